import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import type { HttpServer } from '../adapters/http/http-server.js';
import { labelled } from '../adapters/postgres/connection/connection-shares.js';
import { openPool } from '../adapters/postgres/connection/open-pool.js';
import { NoMoreConnections } from '../adapters/postgres/connection/patient-pool.js';
import { SessionConnection } from '../adapters/postgres/connection/session-connection.js';
import { inFolder } from '../adapters/postgres/embedded/cluster-error.js';
import { openEmbeddedCluster } from '../adapters/postgres/embedded/embedded-cluster.js';
import type { WordRules } from '../application/policy/check-words.js';
import type { OpenExamples } from '../application/ports/examples.js';
import type { Logger } from '../application/ports/logger.js';
import type { Prices } from '../domain/operator/price-list.js';
import type { Offer } from '../domain/payments/offer.js';
import type { ProviderPrice } from '../domain/provider-prices.js';
import type { LocalFal } from '../sandbox/fal/local-fal-options.js';
import type { LocalTelegram } from '../sandbox/telegram/local-telegram.js';
import { localAccount, openLocalTelegram, type TelegramAccount } from './local-account.js';
import { openExamples } from './open-examples.js';
import { openOffers } from './open-offers.js';
import { prepareDatabase } from './prepare-database.js';
import type { Config } from './settings/config.js';
import { openPrices } from './settings/open-price-list.js';
import { openProviderPrices } from './settings/open-provider-prices.js';
import { openWordRules } from './settings/open-word-rules.js';

/** What of the sandbox this process needs to run itself. */
export interface Wanted {
  /** Does it submit to fal? */
  readonly fal: boolean;
  /** Does it talk to people in Telegram? */
  readonly telegram: boolean;
  /** The web server, which listens already; without one nothing is answered. */
  readonly http?: HttpServer | null;
  /** What only looks makes no installation. Default: false. */
  readonly onlyExisting?: boolean;
}

/** What has to be opened before anything can be wired, and closed when all is over. */
export interface Resources {
  readonly config: Config;
  readonly log: Logger;
  readonly workerId: string;
  readonly pool: pg.Pool;
  /** For locks that hold as long as this process lives. */
  readonly session: SessionConnection;
  /** A folder of our own for images, thumbnails, weights and photos. */
  readonly mediaDir: string;
  /** The stand-ins of the sandbox; null in live mode. */
  readonly localFal: LocalFal | null;
  /** Where the bot runs; another process talks to that one. */
  readonly localTelegram: LocalTelegram | null;
  readonly http: HttpServer | null;
  /** What this process sells. */
  readonly offers: readonly Offer[];
  readonly prices: Prices;
  readonly providerPrices: readonly ProviderPrice[];
  /** What is asked about or refused of the words of a prompt; null: nothing is. */
  readonly wordRules: WordRules | null;
  /** What the bot shows somebody who has nothing yet. */
  readonly examples: OpenExamples;
  /** With which Telegram this process talks; null when it never does. */
  readonly telegramAccount: TelegramAccount | null;
  close(): Promise<void>;
}

/**
 * Opens database, media folder and, in the sandbox, the stand-ins.
 * @throws ClusterError, DatabaseUnavailable
 */
export async function openResources(config: Config, log: Logger, wanted: Wanted): Promise<Resources> {
  const closers: Array<() => Promise<unknown>> = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    // Wrong ones are told before anything is opened.
    const examples =
      config.roles.has('bot') && wanted.telegram ? await openExamples(config) : async () => null;
    const offers = wanted.telegram ? await openOffers(config) : [];
    const prices = await openPrices(config);
    const providerPrices = await openProviderPrices(config);
    const wordRules = await openWordRules(config);
    const connectionString = await openDatabase(config, log, closers);
    const pool = openPool(connectionString, troubleTo(log), config.databaseConnections);
    closers.push(() => (pool.ended ? Promise.resolve() : pool.end()));
    const session = new SessionConnection(pool);
    closers.push(() => session.close());
    const isLocal = config.mode === 'sandbox' && wanted.telegram && config.telegram.token === null;
    await prepareDatabase(pool, config, wanted.onlyExisting === true);
    const mediaDir = resolve(config.dataDir, 'media');
    if (wanted.onlyExisting !== true)
      await inFolder(mediaDir, () => mkdir(mediaDir, { recursive: true, mode: 0o700 }));
    const sandbox = config.mode === 'sandbox';
    const localFal = sandbox && wanted.fal ? await openLocalFal(config, log) : null;
    if (localFal !== null) closers.push(() => localFal.close());
    const localTelegram =
      isLocal && config.roles.has('bot') ? await openLocalTelegram(config, log, localFal) : null;
    if (localTelegram !== null) closers.push(() => localTelegram.close());
    const telegramAccount = isLocal
      ? (localTelegram ?? (await localAccount(config)))
      : liveTelegram(config.telegram);
    return {
      config,
      log,
      workerId: `worker-${randomUUID()}`,
      pool,
      session,
      mediaDir,
      localFal,
      localTelegram,
      http: wanted.http ?? null,
      examples,
      offers,
      prices,
      providerPrices,
      wordRules,
      telegramAccount,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openDatabase(
  config: Config,
  log: Logger,
  closers: Array<() => Promise<unknown>>,
): Promise<string> {
  if (config.databaseUrl !== null) return labelled(config.databaseUrl, config.databaseConnections);
  const cluster = await openEmbeddedCluster({ dataDir: config.dataDir, log: (line) => log.debug(line) });
  closers.push(() => cluster.close());
  return cluster.connectionString;
}

const troubleTo = (log: Logger) => (error: Error) =>
  error instanceof NoMoreConnections
    ? log.warn(`the database gives no more connections: ${error.message}`, { error })
    : log.warn('a database connection was lost', { error });

/** The key that the local fal shows its bill to. */
export const sandboxAdminKey = 'sandbox-admin';

/** The stand-ins are read only where they are used. */
async function openLocalFal(config: Config, log: Logger): Promise<LocalFal> {
  const { startLocalFal } = await import('../sandbox/fal/local-fal.js');
  const folder = resolve(config.dataDir, 'sandbox');
  await inFolder(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  // What fal was asked, for whoever wants to see it; not to be found among the program's own lines.
  const asked = createWriteStream(join(folder, 'fal.log'), { flags: 'a', mode: 0o600 });
  asked.on('error', (error) => log.warn('the log of the local fal cannot be written', { error }));
  const fal = await startLocalFal({
    folder: join(folder, 'fal'),
    imageMilliseconds: config.sandboxImageMilliseconds,
    adminKey: sandboxAdminKey,
    log: (line) => void asked.write(`${JSON.stringify(line)}\n`),
  });
  return { ...fal, close: () => fal.close().finally(() => asked.end()) };
}

const liveTelegram = ({ token, apiUrl: url }: Config['telegram']): TelegramAccount | null =>
  token === null ? null : { token, url };
