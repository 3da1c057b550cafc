import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { openPool } from '../../../src/adapters/postgres/connection/open-pool.js';
import { openEmbeddedCluster } from '../../../src/adapters/postgres/embedded/embedded-cluster.js';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import { migrate } from '../../../src/adapters/postgres/schema/migrate.js';
import { avatarId, userId } from '../../../src/domain/ids.js';
import type { FaultRule } from '../../../src/sandbox/fal/faults/fault-rule.js';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import type { LocalFalLogLine } from '../../../src/sandbox/fal/local-fal-options.js';
import { startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { freePort } from '../free-port.js';
import { oddNames } from './odd-texts.js';
import { floorMegabytes, smallDisk } from './small-disk.js';
import { trainees } from './trainees.js';

export interface WorldOptions {
  readonly seed: number;
  readonly people: number;
  /** Credits each person starts with. */
  readonly credits: number;
  readonly imageMilliseconds: number;
  readonly falFaults: readonly FaultRule[];
  /** Fast pictures, for load. */
  readonly preparedPictures?: boolean;
  /** Those of them who, from the first on, have photos ready for a training. */
  readonly trainees?: number;
  /** A small disk for the media, so that it can be full. */
  readonly ownDisk?: boolean;
  /** The checkout of an older release, which makes the tables; without it this one does. */
  readonly release?: string | null;
}

/** Everything around the program: a real PostgreSQL, the local fal, the local Telegram and people with avatars. */
export async function openWorld(options: WorldOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-chaos-'));
  const cluster = await openEmbeddedCluster({ dataDir: folder });
  const pool = openPool(cluster.connectionString, () => undefined, 6);
  await (await migrationOf(options.release ?? null))(pool);
  const database = new PostgresDatabase(pool);
  const mediaDir = join(folder, 'media');
  const disk = options.ownDisk === true ? smallDisk(mediaDir) : null;
  const people = Array.from({ length: options.people }, (_, index) => ({
    id: index + 1,
    firstName: oddNames[index] ?? `Person ${index + 1}`,
    languageCode: index % 2 === 0 ? 'en' : 'ru',
  }));
  /** Who runs the bot, and somebody who will block it; neither asks for anything. */
  const [operator, leaver] = [options.people + 1, options.people + 2];
  const falExchanges: LocalFalLogLine[] = [];
  const fal = await startLocalFal({
    folder: join(folder, 'fal'),
    imageMilliseconds: options.imageMilliseconds,
    faults: options.falFaults,
    faultSeed: options.seed,
    trainingMilliseconds: 3000,
    concurrency: 20,
    webhookRetryMilliseconds: [500, 1000, 2000, 4000, 8000, 16_000],
    preparedPictures: options.preparedPictures ?? false,
    log: (line) => {
      if (line.step === 'submit' || line.step === 'webhook') falExchanges.push(line);
    },
  });
  const telegram = await startLocalTelegram({
    folder: join(folder, 'telegram'),
    token: '7000001:chaos',
    people: [
      ...people,
      { id: operator, firstName: 'Olga', languageCode: 'en' },
      { id: leaver, firstName: 'Gleb', languageCode: 'ru' },
    ],
    keptCalls: 200_000,
  });
  telegram.faults.seed(options.seed);
  await settle(database, people, options.credits);
  await trainees(database, mediaDir, people.slice(0, options.trainees ?? 0));
  const httpPort = await freePort();
  const environment: NodeJS.ProcessEnv = {
    MODE: 'live',
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    FAL_KEY: 'chaos',
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_REST_URL: fal.restUrl,
    FAL_MEDIA_HOSTS: new URL(fal.url).host,
    DATABASE_URL: cluster.connectionString,
    DATA_DIR: folder,
    HTTP_PORT: String(httpPort),
    LOG_LEVEL: 'info',
    CONFIRM_FIRST_ORDERS: '0',
    LOOK_AT_FACES: 'false',
    ...(disk === null ? {} : { DISK_FLOOR_MB: String(floorMegabytes) }),
  };
  return {
    folder,
    people,
    operator,
    leaver,
    fal,
    /** Submits and webhooks, in the order in which they ended. */
    falExchanges,
    telegram,
    database,
    pool,
    disk,
    httpPort,
    environment,
    /** Kills one server process of PostgreSQL: it throws everybody out and recovers, as after a power cut. */
    async crashDatabase() {
      const client = await connected(cluster.connectionString);
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      process.kill(rows[0]?.pid ?? Number.NaN, 'SIGKILL');
    },
    async close() {
      await telegram.close();
      await fal.close();
      await database.close();
      await cluster.close();
      disk?.takeAway();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function migrationOf(release: string | null): Promise<typeof migrate> {
  if (release === null) return migrate;
  const file = join(release, 'src/adapters/postgres/schema/migrate.ts');
  return ((await import(pathToFileURL(file).href)) as { migrate: typeof migrate }).migrate;
}

/** It may still recover from the crash before. */
async function connected(connectionString: string): Promise<pg.Client> {
  for (let tries = 1; ; tries += 1) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries === 40) throw error;
      await sleep(250);
    }
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** People with a trained avatar and credits. */
async function settle(database: PostgresDatabase, people: ReadonlyArray<{ id: number }>, credits: number) {
  const now = new Date();
  await database.transaction(async (stores) => {
    for (const { id } of people) {
      const owner = userId(String(id));
      await stores.users.ensure({ id: owner, now });
      const grant = { user: owner, kind: 'grant', amount: credits, reason: `grant:chaos:${id}` } as const;
      if (credits > 0) await stores.ledger.write([grant], now);
      await stores.avatars.save({
        id: avatarId(`00000000-0000-4000-8000-${String(id).padStart(12, '0')}`),
        owner,
        name: `avatar ${id}`,
        type: 'portrait',
        trigger: 'TOK',
        isMain: true,
        defaultStrength: null,
        createdAt: now,
        status: 'ready',
        model: { kind: 'lora', url: `https://v3.fal.media/files/chaos/${id}.safetensors` },
      });
    }
  });
}
