import type { Update } from 'grammy/types';
import type { DeliveryReport, Notice, Transport } from '../../application/ports/transport.js';
import { PurgeImages } from '../../application/purge-images.js';
import { Background } from './background.js';
import { createBot } from './bot.js';
import { announceCommands } from './bot-commands.js';
import { DraftMessages } from './delivery/draft-messages.js';
import { transportName } from './delivery/job-address.js';
import { OpenDrafts } from './delivery/open-drafts.js';
import { Pace } from './delivery/pace.js';
import { PhotoFiles } from './delivery/photo-files.js';
import { PictureLane } from './delivery/picture-lane.js';
import { ProgressMessages } from './delivery/progress-messages.js';
import { TelegramDelivery } from './delivery/telegram-delivery.js';
import { TrainingDelivery } from './delivery/training-delivery.js';
import { courtesyApi, deliveryApi, patientApi, plainApi } from './delivery-api.js';
import { Inbox } from './inbox.js';
import { PhotoDesk } from './photos/photo-desk.js';
import { RefusalMessages } from './photos/refusal-messages.js';
import { TelegramFiles } from './photos/telegram-files.js';
import { Polling, wantedUpdates } from './polling.js';
import type { TelegramDependencies } from './telegram-dependencies.js';
import { asCourtesy } from './telegram-errors.js';
import { type Toolbox, useCasesOf } from './toolbox.js';
import { WebhookDoor, type WebhookRequest, webhookPath, webhookSecret } from './webhook.js';
import { loadWords } from './wording/words.js';

export interface TelegramTransport extends Transport {
  /** Answers `POST /webhooks/telegram`: 401 without the secret, else 200 at once. */
  readonly webhook: (request: WebhookRequest) => Promise<Response>;
  /** Why messages do not arrive, for readiness; `null` when they do. */
  complaint(): string | null;
}

const tickMilliseconds = 3000;
/** Edits per tick: far below Telegram's limit, so that deliveries have the rest. */
const editsPerTick = 20;

/** The bot. Nothing is called before `start` or `deliver`. */
export function createTelegramTransport(dependencies: TelegramDependencies): TelegramTransport {
  const { token, publicUrl, database, media, policy, clock, log } = dependencies;
  const source = `telegram:${token.split(':')[0]}`;
  const wordsIn = loadWords();
  const api = courtesyApi(dependencies);
  const pace = new Pace(dependencies.messagesPerSecond);
  const uploads = deliveryApi(dependencies, pace);
  const files = new PhotoFiles(source, database, media, log);
  const progress = new ProgressMessages(source, api, database, clock, wordsIn, dependencies.disk);
  const background = new Background(log);
  const telegramFiles = new TelegramFiles(api, dependencies);
  const drafts = new OpenDrafts(database);
  const draftMessages = new DraftMessages(api, uploads, dependencies, drafts);
  const refusals = new RefusalMessages(api, uploads, dependencies);
  const desk = new PhotoDesk(
    source,
    dependencies,
    telegramFiles,
    draftMessages,
    refusals,
    background,
    wordsIn,
  );
  const trainings = new TrainingDelivery(source, uploads, draftMessages, dependencies, wordsIn);
  const lane = new PictureLane(plainApi(dependencies), pace);
  const patient = patientApi(dependencies, pace);
  const delivery = new TelegramDelivery(lane, uploads, patient, files, progress, trainings, policy, wordsIn);
  const making = { telegramFiles, drafts, draftMessages, desk, trainings };
  const shared = { source, api, uploads, progress, files, background, wordsIn, ...making };
  const toolbox: Toolbox = { ...dependencies, ...useCasesOf(dependencies), ...shared };
  const purgeImages = new PurgeImages(database, media, clock);
  const bot = createBot(toolbox);
  const inbox = new Inbox((update) => bot.handleUpdate(update), source, dependencies);
  const keep = (updates: readonly Update[]) => inbox.keep(updates);
  const deal = (update: Update) => inbox.deal(update);
  const polling = new Polling(bot, keep, deal, log);
  const door = new WebhookDoor(webhookSecret(token), keep, deal, log);
  let ticking: NodeJS.Timeout | null = null;
  let tick: Promise<void> = Promise.resolve();

  const onTick = async () => {
    try {
      await inbox.takeUp();
      await progress.showDue(editsPerTick);
      desk.takeUp();
      await purgeImages.execute();
      await inbox.forget();
    } catch (error) {
      log.warn('the regular look after updates and progress failed; it comes again', { error });
    }
  };

  return {
    name: transportName,
    async start() {
      await bot.init();
      // The menu of an earlier start serves as well: no reason not to start.
      if (!(await asCourtesy(() => announceCommands(bot.api, wordsIn))))
        log.warn('Telegram did not take the menu of commands');
      if (publicUrl === null) await polling.start();
      else
        await bot.api.setWebhook(`${publicUrl.replace(/\/$/, '')}${webhookPath}`, {
          secret_token: webhookSecret(token),
          allowed_updates: wantedUpdates,
        });
      ticking = setInterval(() => {
        tick = tick.then(onTick);
      }, tickMilliseconds);
    },
    async stop() {
      if (ticking !== null) clearInterval(ticking);
      await polling.stop();
      // Sees through what was acknowledged: Telegram would not send it again.
      await inbox.drain();
      await background.stop();
      await tick;
    },
    deliver: (notice: Notice): Promise<DeliveryReport> => delivery.deliver(notice),
    webhook: (request) => door.receive(request),
    complaint: () => polling.complaint ?? inbox.complaint(),
  };
}
