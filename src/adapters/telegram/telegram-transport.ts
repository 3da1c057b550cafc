import type { Update } from 'grammy/types';
import type { HostedService } from '../../application/ports/hosted-service.js';
import type { AlertChannel } from '../../application/ports/operator/alert-channel.js';
import type { BroadcastChannel } from '../../application/ports/operator/broadcast-channel.js';
import type { DeliveryReport, Notification, Transport } from '../../application/ports/transport.js';
import type { UserId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { admitFailure } from './admit-failure.js';
import { Background } from './background.js';
import { createBot } from './bot.js';
import { CommandMenus } from './bot-commands.js';
import type { BotServices } from './bot-services.js';
import { TelegramBroadcasts } from './delivery/broadcasts/telegram-broadcasts.js';
import { ChatTurns } from './delivery/chat-turns.js';
import { DraftMessages } from './delivery/drafts/draft-messages.js';
import { FloodWaits } from './delivery/flood-waits.js';
import { transportName } from './delivery/job-address.js';
import { OnlyWhileOurs } from './delivery/only-while-ours.js';
import { OperatorPager } from './delivery/operator-pager.js';
import { OwnPictures } from './delivery/own-pictures.js';
import { FollowUps } from './delivery/results/follow-ups.js';
import { PhotoFiles } from './delivery/results/photo-files.js';
import { ProgressMessages } from './delivery/results/progress-messages.js';
import { TelegramDelivery } from './delivery/results/telegram-delivery.js';
import { SendRateLimiter } from './delivery/send-rate-limiter.js';
import { TrainingDelivery } from './delivery/trainings/training-delivery.js';
import { bestEffortApi, deliveryApi, patientApi, plainApi } from './delivery-api.js';
import { GridPictures } from './features/gallery/grid-pictures.js';
import { Checkouts } from './payments/checkouts.js';
import { PhotoIngest } from './photos/photo-ingest.js';
import { TelegramFiles } from './photos/telegram-files.js';
import { VerdictMessages } from './photos/verdict-messages.js';
import { HeldUpdates } from './reception/held-updates.js';
import { Inbox } from './reception/inbox.js';
import { Polling } from './reception/polling.js';
import { Reception } from './reception/reception.js';
import { Session } from './reception/session.js';
import { UpdateFetcher } from './reception/update-fetcher.js';
import { WebhookEndpoint, type WebhookRequest, webhookPath, webhookSecret } from './reception/webhook.js';
import type { TelegramDependencies } from './telegram-dependencies.js';
import { systemTiming } from './timing.js';
import { loadTexts } from './wording/translator.js';

export interface TelegramTransport extends Transport, HostedService {
  /** Answers `POST /webhooks/telegram`: 401 without the secret, else 200 at once. */
  readonly webhook: (request: WebhookRequest) => Promise<Response>;
  /** How broadcasts leave, also from a process without the bot. */
  readonly broadcasts: BroadcastChannel;
  /** Why messages do not arrive, for readiness; `null` when they do. */
  complaint(): string | null;
  /** Whether another program fetches the updates of this bot. */
  isContested(): boolean;
  /** Tells this operator of troubles. */
  pager(operator: UserId): AlertChannel;
  /** Why they will not before this process is started again; `null` when they may. */
  needsRestart(): string | null;
}

const tickMilliseconds = 3000;
/** What came just now is being dealt with. */
const inHandSeconds = 1;
/** What a killed process left to send is looked for every so many ticks: it waits for minutes anyway. */
const ticksBetweenLooks = 20;
/** Edits per tick: far below Telegram's limit, so that deliveries have the rest. */
const editsPerTick = 20;

/** The bot. Nothing is called before `start` or `deliver`. */
export function createTelegramTransport(dependencies: TelegramDependencies): TelegramTransport {
  const { token, publicUrl, database, media, policy, clock, log } = dependencies;
  const source = `telegram:${token.split(':')[0]}`;
  const textsIn = loadTexts();
  const timing = dependencies.timing ?? systemTiming;
  const floodWaits = new FloodWaits(timing);
  const calling = { token, apiUrl: dependencies.apiUrl, floodWaits };
  const api = bestEffortApi(calling);
  const limiter = new SendRateLimiter(dependencies.messagesPerSecond, dependencies.sharedBy);
  const turn = (chat: string) => limiter.turn(chat);
  const ours = new OnlyWhileOurs();
  const delivering = { ...calling, beforeSend: ours.transformer };
  const uploads = deliveryApi(delivering, turn);
  const files = new PhotoFiles(source, database, media, log, dependencies.uploadLimit);
  const progress = new ProgressMessages(source, api, dependencies, textsIn);
  const background = new Background(log);
  const telegramFiles = new TelegramFiles(api, dependencies);
  const draftMessages = new DraftMessages(api, uploads, dependencies);
  const verdicts = new VerdictMessages(uploads, dependencies);
  const sends = { api, uploads, floodWaits, draftMessages };
  const ownPictures = new OwnPictures(source, database);
  const shared = { ...dependencies, ...sends, source, background, textsIn, telegramFiles, ownPictures };
  const photoIngest = new PhotoIngest({ ...shared, verdicts });
  const plain = plainApi(delivering);
  const trainings = new TrainingDelivery(source, plain, draftMessages, dependencies, textsIn);
  const patient = patientApi(calling, turn);
  const sending = { source, api: patient, database, clock, log, files, prices: policy, textsIn };
  const followUps = new FollowUps(sending);
  const unasked = deliveryApi(calling, (chat) => limiter.unaskedTurn(chat));
  const delivery = new TelegramDelivery({
    turns: new ChatTurns(dependencies.sendsAtOnce, limiter, timing),
    api: plain,
    unasked,
    files,
    followUps,
    progress,
    trainings,
    prices: policy,
    textsIn,
  });
  const broadcasts = new TelegramBroadcasts({
    source,
    api: plainApi(calling),
    bestEffort: api,
    limiter,
    textsIn,
  });
  const held = new HeldUpdates(source, dependencies);
  const gridPictures = new GridPictures(media, dependencies.proofComposer);
  const menus = new CommandMenus(api, textsIn, {
    ...{ admins: policy.admins, log },
    isSelling: dependencies.sales.offers.length > 0,
  });
  const parts = { progress, files, gridPictures, photoIngest, trainings, held, menus };
  const services: BotServices = { ...shared, ...parts };
  const bot = createBot(services);
  const handle = (update: Update) => bot.handleUpdate(update);
  const receiving = { ...dependencies, held };
  const inbox = new Inbox(handle, source, receiving, admitFailure(uploads, textsIn), () => bot.isInited());
  const checkouts = new Checkouts({ ...shared, timing, checkCheckout: dependencies.checkCheckout });
  const keep = (updates: readonly Update[]) => inbox.keep(checkouts.take(updates));
  const deal = (update: Update) => inbox.deal(update);
  const reception = new Reception(timing, log);
  const session = new Session({
    bot,
    announce: () => menus.announce(),
    polling: new Polling({
      fetcher: new UpdateFetcher(bot.api, reception, timing),
      keep,
      deal,
      reception,
      timing,
      log,
    }),
    webhook:
      publicUrl === null
        ? null
        : { url: `${publicUrl.replace(/\/$/, '')}${webhookPath}`, secret: webhookSecret(token) },
    reception,
    timing,
    log,
  });
  const webhookEndpoint = new WebhookEndpoint(webhookSecret(token), keep, deal, log);
  let ticking: NodeJS.Timeout | null = null;
  let tick: Promise<void> = Promise.resolve();
  let ticks = 0;

  const onTick = async () => {
    try {
      // Mostly nothing is left: one look finds that out for both.
      const sources = [source, photoIngest.inboxName];
      const isAnyOpen = await database.stores.updates.hasOpen(
        sources,
        secondsAfter(clock.now(), -inHandSeconds),
      );
      if (isAnyOpen) await inbox.takeUp();
      await progress.showDue(editsPerTick);
      if (isAnyOpen) photoIngest.takeUp();
      if (ticks % ticksBetweenLooks === 0) background.start('what follows results', () => followUps.takeUp());
      ticks += 1;
    } catch (error) {
      log.warn('the regular look after updates and progress failed; it comes again', { error });
    }
  };

  return {
    name: transportName,
    role: 'bot',
    broadcasts,
    async start() {
      session.start();
      ticking = setInterval(() => {
        tick = tick.then(onTick);
      }, tickMilliseconds);
    },
    async stop() {
      if (ticking !== null) clearInterval(ticking);
      await session.stop();
      // Finishes what was acknowledged: Telegram will not send it again.
      await inbox.drain();
      await background.stop();
      await tick;
    },
    deliver: (notification: Notification, stillOurs): Promise<DeliveryReport> =>
      ours.during(stillOurs, () => delivery.deliver(notification)),
    webhook: (request) => webhookEndpoint.receive(request),
    complaint: () => reception.complaint() ?? inbox.complaint() ?? telegramFiles.complaint(),
    isContested: () => reception.isContested(),
    pager: (operator) => new OperatorPager(operator, { api: unasked, database, textsIn, log }),
    needsRestart: () => reception.needsRestart(),
  };
}
