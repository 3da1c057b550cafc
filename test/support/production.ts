import type { Container, ServiceIdentifier } from 'inversify';
import pg from 'pg';
import { createHttpServer } from '../../src/adapters/http/http-server.js';
import { SessionConnection } from '../../src/adapters/postgres/connection/session-connection.js';
import type { Composed } from '../../src/composition/composition-root.js';
import { services as s } from '../../src/composition/identifiers.js';
import type { Resources } from '../../src/composition/resources.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import { wire } from '../../src/composition/wiring.js';
import { usualPrices } from '../../src/domain/provider-prices.js';
import { FakeAvatarTrainer } from '../fakes/fake-avatar-trainer.js';
import { FakeBroadcastChannel } from '../fakes/fake-broadcast-channel.js';
import { FakeClock } from '../fakes/fake-clock.js';
import { FakeDisk } from '../fakes/fake-disk.js';
import { FakeImageGenerator } from '../fakes/fake-image-generator.js';
import { InMemoryDatabase } from '../fakes/in-memory-database.js';
import { InMemoryWorkerRegistry } from '../fakes/in-memory-worker-registry.js';
import { MemoryMediaStore } from '../fakes/memory-media-store.js';
import { RecordingLogger } from '../fakes/recording-logger.js';
import { RecordingTransport } from '../fakes/recording-transport.js';
import { photograph } from './photographs.js';

/** What a process of all roles has opened, though nothing of it is there: whoever asks anything of it is refused. */
export function nothingOpened(): Resources {
  const nowhere = 'http://127.0.0.1:1';
  const log = new RecordingLogger();
  const pool = new pg.Pool({ connectionString: 'postgres://127.0.0.1:1/nothing' });
  const config = loadConfig({
    MODE: 'live',
    TELEGRAM_BOT_TOKEN: '7000002:telegram-token',
    FAL_KEY: 'test-key',
    FAL_QUEUE_URL: nowhere,
    FAL_REST_URL: nowhere,
    FAL_ADMIN_KEY: 'test-admin-key',
    FAL_API_URL: nowhere,
    DATABASE_URL: 'postgres://127.0.0.1:1/nothing',
    DATA_DIR: '/nowhere',
    LOOK_AT_FACES: 'false',
    ADMIN_USER_IDS: '7000001',
  });
  return {
    config,
    log,
    workerId: 'worker-1',
    pool,
    session: new SessionConnection(pool),
    mediaDir: '/nowhere',
    localFal: null,
    localTelegram: null,
    examples: async () => null,
    offers: [],
    prices: { ...config.policy, picturePrices: [], training: config.trainingPolicy.prices },
    providerPrices: usualPrices,
    wordRules: null,
    http: createHttpServer({ port: 0, log }),
    telegramAccount: { token: '7000002:telegram-token', url: nowhere },
    close: () => pool.end(),
  };
}

/** The way in that stands for Telegram. */
class FakeTelegram extends RecordingTransport {
  readonly role = 'bot';

  constructor() {
    super('telegram');
  }

  readonly broadcasts = new FakeBroadcastChannel();
  webhook = async () => new Response();
  complaint = () => null;
  isContested = () => false;
  pager = () => ({ send: async () => undefined });
  needsRestart = () => null;
}

type Fakes = {
  readonly [Name in keyof typeof s]?: (typeof s)[Name] extends ServiceIdentifier<infer Service>
    ? Service
    : never;
};

/** The production container with these in place of what it binds under their names. */
export async function productionWith(fakes: Fakes): Promise<Container> {
  const container = await wire(nothingOpened());
  for (const [name, fake] of Object.entries(fakes))
    container.rebind(s[name as keyof Fakes] as ServiceIdentifier<unknown>).toConstantValue(fake);
  return container;
}

/**
 * The production container, with fakes over the driven ports: no fal, no Telegram, no PostgreSQL, no disk.
 * @param others in place of these fakes, or of what else is bound
 */
export async function productionWithFakes(others: Fakes = {}) {
  const database = new InMemoryDatabase();
  const generator = new FakeImageGenerator();
  const media = new MemoryMediaStore();
  const telegram = new FakeTelegram();
  const clock = new FakeClock();
  const picture = await photograph(64, 64);
  const downloads = {
    open: async () =>
      (async function* () {
        yield picture;
      })(),
  };
  const container = await productionWith({
    clock,
    database,
    workerRegistry: new InMemoryWorkerRegistry(),
    media,
    disk: new FakeDisk(),
    generator,
    trainer: new FakeAvatarTrainer(),
    downloads,
    weightsDownloads: downloads,
    telegram,
    ...others,
  });
  const resources = container.get(s.resources);
  const composed: Composed = { container, resources };
  return {
    ...composed,
    composed,
    database,
    generator,
    media,
    telegram,
    clock,
    /** Does what a worker of this process does for the jobs of the queue, until none is due. */
    async work(): Promise<void> {
      const handlers = container.get(s.handlers);
      for (let jobs = database.takeJobs(); jobs.length > 0; jobs = database.takeJobs())
        for (const { job } of jobs) {
          const handle: (job: never) => Promise<unknown> = handlers[job.task];
          await handle(job as never);
        }
    },
  };
}
