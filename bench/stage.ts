import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '../src/adapters/postgres/connection/open-pool.js';
import { openEmbeddedCluster } from '../src/adapters/postgres/embedded/embedded-cluster.js';
import { PostgresDatabase } from '../src/adapters/postgres/postgres-database.js';
import { migrate } from '../src/adapters/postgres/schema/migrate.js';
import { avatarId, userId } from '../src/domain/ids.js';
import type { Checkouts, OpenStandIns, StandInReport } from './stand-ins.js';

/**
 * A database, the stand-ins in their own process, and the program in its own.
 * @param settings more of PostgreSQL's
 */
export async function openStage(
  options: Omit<OpenStandIns, 'folder'>,
  settings: Readonly<Record<string, string>> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-bench-'));
  const cluster = await openEmbeddedCluster({ dataDir: folder, settings });
  const pool = openPool(cluster.connectionString, () => undefined, 10);
  await migrate(pool);
  const database = new PostgresDatabase(pool);
  await settle(database, options.people);
  const standIns = fork(new URL('./stand-ins.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  const ask = async <Answer>(message: object): Promise<Answer> => {
    const answer = once(standIns, 'message');
    standIns.send(message);
    const [value] = (await answer) as [Answer];
    return value;
  };
  const urls = await ask<Record<'falUrl' | 'queueUrl' | 'restUrl' | 'telegramUrl' | 'token', string>>({
    do: 'open',
    options: { ...options, folder },
  });
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    MODE: 'live',
    TELEGRAM_BOT_TOKEN: urls.token,
    TELEGRAM_API_URL: urls.telegramUrl,
    FAL_KEY: 'bench',
    FAL_QUEUE_URL: urls.queueUrl,
    FAL_REST_URL: urls.restUrl,
    FAL_MEDIA_HOSTS: new URL(urls.falUrl).host,
    DATABASE_URL: cluster.connectionString,
    DATA_DIR: folder,
    HTTP_PORT: '0',
    LOG_LEVEL: 'warn',
    CONFIRM_FIRST_ORDERS: '0',
    // The local Telegram takes what it gets.
    TELEGRAM_MESSAGES_PER_SECOND: '1000',
    MAX_IN_FLIGHT: '400',
    MAX_IN_FLIGHT_PER_USER: '400',
    MAX_OPEN_PER_USER: '10000',
  };
  const port = String(20_000 + (process.pid % 20_000));
  return {
    folder,
    pool,
    database,
    environment,
    /** What a process is given besides, so that fal calls it. */
    webhooks: { PUBLIC_URL: `http://127.0.0.1:${port}`, HTTP_PORT: port },
    falKey: environment.FAL_KEY ?? '',
    queueUrl: urls.queueUrl,
    say: (person: number, text: string) => void standIns.send({ do: 'text', person, text }),
    report: () => ask<StandInReport>({ do: 'report' }),
    /** How many pictures have reached Telegram. */
    photos: () => ask<number>({ do: 'photos' }),
    chatter: (people: number, seconds: number) => ask<number[]>({ do: 'chatter', people, seconds }),
    burst: (people: number, each: number) => ask<number[]>({ do: 'burst', people, each }),
    /** Checkouts at an even pace; nothing else may be asked for until they are over. */
    pay: (people: number, rate: number, seconds: number) =>
      ask<Checkouts>({ do: 'pay', people, rate, seconds }),
    /** Telegram answers after so long from now on, and one chat's calls after a minute. */
    slow: (milliseconds: number, hanging?: number) => ask<boolean>({ do: 'slow', milliseconds, hanging }),
    async close() {
      const gone = once(standIns, 'exit');
      standIns.send({ do: 'close' });
      await gone;
      await database.close();
      await cluster.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** As `npm start` has them, and what a profile needs: `PROGRAM_FLAGS="--cpu-prof" npm run bench load`. */
const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const flags = `${scripts.start} ${process.env.PROGRAM_FLAGS ?? ''}`
  .split(' ')
  .filter((word) => word.startsWith('--'));

/**
 * Starts the built program, or another one; resolves when its box is printed.
 * @param started `niceness` as of `nice -n`
 */
export async function startProgram(
  environment: NodeJS.ProcessEnv,
  {
    command = ['dist/main.js', 'start'],
    niceness = 0,
  }: { command?: readonly string[]; niceness?: number } = {},
): Promise<ChildProcess> {
  const child = spawn('nice', ['-n', String(niceness), process.execPath, ...flags, ...command], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the program ended with ${code} instead of starting`);
    }),
  ]);
  return child;
}

export async function stopProgram(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Peak resident memory of a running process so far, in MB (Linux). */
export const peakMegabytes = (program: ChildProcess): Promise<number> => megabytes(program, 'VmHWM');

/** Resident memory of a running process now, in MB (Linux). */
export const residentMegabytes = (program: ChildProcess): Promise<number> => megabytes(program, 'VmRSS');

async function megabytes({ pid }: ChildProcess, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/** The value below which `share` of the sorted values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function settle(database: PostgresDatabase, people: number): Promise<void> {
  const now = new Date();
  await database.transaction(async (stores) => {
    for (let id = 1; id <= people; id += 1) {
      const owner = userId(String(id));
      await stores.users.ensure({ id: owner, now });
      const grant = { user: owner, kind: 'grant', amount: 1_000_000, reason: `grant:bench:${id}` } as const;
      await stores.ledger.write([grant], now);
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
        // Held as those of a training are: others would be fetched, one after the other, all the time.
        model: {
          kind: 'lora',
          url: `https://v3.fal.media/files/bench/${id}.safetensors`,
          mediaKey: `weights/${id}.safetensors`,
        },
      });
    }
  });
}
