import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, InlineKeyboard } from 'grammy';
import type { Container, ServiceIdentifier } from 'inversify';
import type pg from 'pg';
import sharp from 'sharp';
import { expect, onTestFinished } from 'vitest';
import { SharpContactSheet } from '../../../src/adapters/photos/sharp-contact-sheet.js';
import { SharpProofComposer } from '../../../src/adapters/photos/sharp-proof-composer.js';
import { PostgresSystemStats } from '../../../src/adapters/postgres/stores/jobs/postgres-system-stats.js';
import { systemClock } from '../../../src/adapters/system/system-clock.js';
import { TelegramMoneyChannel } from '../../../src/adapters/telegram/delivery/money/telegram-money-channel.js';
import { TelegramMessenger } from '../../../src/adapters/telegram/delivery/telegram-messenger.js';
import { starsApi, TelegramStars } from '../../../src/adapters/telegram/payments/telegram-stars.js';
import type { TelegramDependencies } from '../../../src/adapters/telegram/telegram-dependencies.js';
import {
  createTelegramTransport,
  type TelegramTransport,
} from '../../../src/adapters/telegram/telegram-transport.js';
import { type TelegramUseCases, telegramUseCases } from '../../../src/adapters/telegram/use-cases.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { CollectImages } from '../../../src/application/generation/collect-images.js';
import { DeliverOutcome } from '../../../src/application/generation/deliver-outcome.js';
import { SubmitNext } from '../../../src/application/generation/submit-next.js';
import { noWatch } from '../../../src/application/jobs/provider-watch.js';
import { SendBroadcasts } from '../../../src/application/operator/broadcasts/send-broadcasts.js';
import type { WordRules } from '../../../src/application/policy/check-words.js';
import type { Policy } from '../../../src/application/policy/policy.js';
import type { ImageDownloads } from '../../../src/application/ports/image-downloads.js';
import { NoAssistance, type PromptAssistant } from '../../../src/application/ports/prompt-assistant.js';
import type { Database } from '../../../src/application/ports/stores/stores.js';
import { services } from '../../../src/composition/identifiers.js';
import type { Avatar } from '../../../src/domain/avatar/avatar.js';
import { type GenerationId, userId } from '../../../src/domain/ids.js';
import { usualPrices } from '../../../src/domain/provider-prices.js';
import {
  type LocalTelegram,
  type LocalTelegramOptions,
  startLocalTelegram,
} from '../../../src/sandbox/telegram/local-telegram.js';
import { FakeImageGenerator } from '../../fakes/fake-image-generator.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { aTrainingPolicy } from '../../support/builders/a-training.js';
import { noQuotas, plenty } from '../../support/builders/allowances.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { openMigratedDatabase } from '../../support/migrated-database.js';
import { productionWith } from '../../support/production.js';
import { RandomIds } from './random-ids.js';

export const policy: Policy = {
  priceImage: 5,
  picturePrices: [],
  priceUpscale: 10,
  providerPrices: usualPrices,
  admins: new Set(),
  welcomeCredits: 0,
  confirmFirstOrders: 0,
  inFlightTotal: 20,
  inFlightPerUser: 4,
  openPerUser: 10,
  webhooks: false,
  rerollBlocked: false,
  allowances: plenty,
  quotas: noQuotas,
  allowedUsers: new Set(),
  localAddresses: true,
};

/** The production bot on a local Telegram and a real database, with a generator that buys nothing. */
export interface BotWorld {
  readonly telegram: LocalTelegram;
  readonly transport: TelegramTransport;
  readonly database: Database;
  readonly pool: pg.Pool;
  readonly media: MemoryMediaStore;
  readonly generator: FakeImageGenerator;
  readonly log: RecordingLogger;
  readonly metrics: RecordingMetrics;
  readonly dependencies: TelegramDependencies;
  /** Whether "fal" takes the key. */
  readonly provider: { takesKey: 'yes' | 'no' | 'unknown' };
  /** The pictures that "fal" serves from now on; bytes of an image. */
  serve(bytes: Buffer): void;
  /** Sends what waits to the generator. */
  submit(): Promise<void>;
  /** Lets every job end and brings it home, and hands nothing over. */
  collect(): Promise<void>;
  /** Lets every job end (done, unless `generator` was told otherwise) and hands it over. */
  finish(): Promise<void>;
  /** Hands one over that was brought home. */
  deliver(id: GenerationId): Promise<void>;
  /** Sends what is due of broadcasts. */
  sendBroadcasts(): Promise<void>;
  /** Brings home and hands over what has ended. */
  settle(): Promise<void>;
}

/** Has nothing to say: everybody's own words are used. */
const silentAssistant: PromptAssistant = {
  improve: () => Promise.reject(new NoAssistance('busy')),
  describe: () => Promise.reject(new NoAssistance('busy')),
};

export async function aBot(
  changes: Partial<Policy> = {},
  {
    promptAssistant = silentAssistant,
    wordRules = null,
    ...options
  }: Partial<TelegramDependencies> & {
    readonly promptAssistant?: PromptAssistant;
    readonly wordRules?: WordRules | null;
  } = {},
  telegramOptions: Partial<LocalTelegramOptions> = {},
): Promise<BotWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'bot-telegram-'));
  const telegram = await startLocalTelegram({ folder, ...telegramOptions });
  const { database, pool, close } = await openMigratedDatabase();
  const media = new MemoryMediaStore();
  const generator = new FakeImageGenerator();
  const log = new RecordingLogger();
  const clock = { ...systemClock, now: () => (options.clock ?? systemClock).now() };
  const ids = new RandomIds();
  const rules = { ...policy, ...changes };
  const metrics = new RecordingMetrics();
  const provider: BotWorld['provider'] = { takesKey: 'yes' };
  const trainingPolicy = options.trainingPolicy ?? aTrainingPolicy();
  let picture = await aPicture(1024, 1024);
  const downloads: ImageDownloads = {
    open: async () =>
      (async function* () {
        yield picture;
      })(),
  };
  const payments = options.payments ?? new TelegramStars(starsApi(telegram));
  const sales = options.sales ?? { offers: [], refundDays: 14, referralCredits: 0 };
  const messenger = new TelegramMessenger({
    api: starsApi(telegram),
    database,
    supportContact: options.supportContact ?? null,
    textsIn: loadTexts(),
  });
  const moneyChannel = new TelegramMoneyChannel({
    api: starsApi(telegram),
    ...{ database, sales },
    supportContact: options.supportContact ?? null,
    textsIn: loadTexts(),
  });
  const container = await productionWith({
    database,
    messenger,
    moneyChannel,
    payments,
    sales,
    media,
    clock,
    ids,
    log,
    metrics,
    policy: rules,
    trainingPolicy,
    generator,
    downloads,
    library: { publish: async (mediaKey: string) => `https://v3.fal.media/files/${mediaKey}` },
    generationWatch: noWatch,
    worker: 'test-worker',
    sleep: async () => undefined,
    promptAssistant,
    wordRules,
    stats: new PostgresSystemStats(pool, { countAlive: async () => 1 }, clock),
    providerCheck: { takesKey: async () => provider.takesKey },
  });
  const dependencies: TelegramDependencies = {
    token: telegram.token,
    apiUrl: telegram.url,
    publicUrl: null,
    messagesPerSecond: 1000,
    sendsAtOnce: 32,
    sharedBy: async () => 1,
    examples: async () => null,
    filesDir: null,
    downloadLimit: 20 * 2 ** 20,
    uploadLimit: 50 * 2 ** 20,
    workerId: 'worker-1',
    database,
    media,
    proofComposer: new SharpProofComposer(),
    contactSheet: new SharpContactSheet(),
    disk: { isShort: async () => false },
    policy: rules,
    supportContact: null,
    trainingPolicy,
    payments,
    sales,
    clock,
    ids,
    log,
    metrics,
    ...useCasesIn(container),
    ...options,
  };
  const transport = createTelegramTransport(dependencies);
  onTestFinished(async () => {
    await transport.stop();
    await telegram.close();
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  await transport.start();
  await expect.poll(() => transport.complaint(), { interval: 5 }).toBeNull();

  container.rebind(services.telegram).toConstantValue(transport);
  const submitNext = container.get(SubmitNext);
  const collect = container.get(CollectImages);
  const deliver = container.get(DeliverOutcome);
  const submit = async () => {
    while (await submitNext.execute());
  };
  const { generations } = database.stores;
  const finishBought = async () => {
    await submit();
    for (const { ticket } of generator.bought)
      if ((await generator.check(ticket)).kind === 'pending') generator.finish(ticket);
  };
  const bringHome = async () => {
    for (const { id } of await generations.list({ status: 'submitted', limit: 100 }))
      await collect.execute(id);
  };
  const settle = async () => {
    await bringHome();
    for (const status of ['collected', 'blocked', 'failed', 'cancelled'] as const)
      for (const { id } of await generations.list({ status, limit: 100 })) await deliver.execute(id);
  };
  return {
    telegram,
    transport,
    database,
    pool,
    media,
    generator,
    log,
    metrics,
    dependencies,
    provider,
    serve: (bytes) => {
      picture = bytes;
    },
    submit,
    deliver: (id) => deliver.execute(id),
    settle,
    sendBroadcasts: () => container.get(SendBroadcasts).execute(),
    async collect() {
      await finishBought();
      await bringHome();
    },
    async finish() {
      await finishBought();
      await settle();
    },
  };
}

const useCasesIn = (container: Container): TelegramUseCases =>
  Object.fromEntries(
    Object.entries(telegramUseCases).map(([name, useCase]) => [
      name,
      container.get(useCase as ServiceIdentifier<unknown>),
    ]),
  ) as TelegramUseCases;

export const aPicture = (width: number, height: number, background = '#3478c6'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** A person of the local Telegram with credits and a main avatar. */
export async function aPainter(
  { database }: BotWorld,
  person = 1,
  {
    credits = 100,
    ...avatar
  }: { credits?: number } & Partial<Omit<Extract<Avatar, { status: 'ready' }>, 'status'>> = {},
): Promise<Avatar> {
  const owner = userId(String(person));
  await givenUser(database.stores, { id: owner, displayName: null, language: null, credits });
  return givenAvatar(database.stores, { owner, isMain: true, ...avatar });
}

/** A message with buttons of somebody else's, labelled with their data: what a forged client could make. Its id. */
export async function forgedFor(bot: BotWorld, person: number, data: readonly string[]): Promise<number> {
  const { telegram } = bot;
  telegram.drive.start(person);
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const keyboard = new InlineKeyboard(data.map((one) => [{ text: one, callback_data: one }]));
  return (await api.sendMessage(person, 'forged', { reply_markup: keyboard })).message_id;
}
