import type { Api } from '../adapters/api/api-services.js';
import { createHttpServer, type HttpAnswers, type HttpServer } from '../adapters/http/http-server.js';
import type { PrometheusMetrics } from '../adapters/observability/prometheus-metrics.js';
import { complaintOf } from '../adapters/postgres/connection/cure.js';
import { proveWritable } from '../adapters/postgres/schema/installation.js';
import type { TelegramTransport } from '../adapters/telegram/telegram-transport.js';
import type { ProviderHealth } from '../application/jobs/provider-health.js';
import type { DiskSpace } from '../application/policy/disk-space.js';
import type { Logger } from '../application/ports/logger.js';
import type { Needs } from '../application/ports/needs.js';
import type { ProviderWebhooks } from '../application/ports/provider-webhooks.js';
import type { WorkerRegistry } from '../application/ports/stores/jobs/worker-registry.js';
import type { ReceiveWebhook } from '../application/upkeep/receive-webhook.js';
import { describeRetired } from '../application/upkeep/retired-endpoints.js';
import type { OpenMedia } from './media/open-media.js';
import type { Resources } from './resources.js';
import type { Config } from './settings/config.js';
import type { Vitals } from './vitals.js';

type Parts = Needs<'endpoints', 'log' | 'metrics'> & {
  readonly resources: Resources;
  readonly vitals: Vitals;
  readonly prometheus: PrometheusMetrics;
  /** Not in a process without a bot. */
  readonly telegram: TelegramTransport | undefined;
  readonly workerRegistry: WorkerRegistry;
  readonly health: ProviderHealth;
  readonly disk: DiskSpace;
  readonly openMedia: Pick<OpenMedia, 's3'>;
  readonly providerWebhooks: ProviderWebhooks;
  readonly receiveWebhook: ReceiveWebhook;
  readonly api: Api;
};

/** The web server, with nothing to answer yet. */
export const httpServerOf = (
  { httpPort: port, httpHost: host, statusPort }: Config,
  log: Logger,
): HttpServer => createHttpServer({ port, host, statusPort, log });

/** What the web server answers for this process: health, metrics, webhooks and, in the sandbox, the chat. */
export function httpAnswersOf(parts: Parts): HttpAnswers {
  const { resources, vitals, telegram, workerRegistry, health, disk, metrics, log } = parts;
  const { config, localTelegram, pool } = resources;
  const retired = async () => describeRetired(await parts.database.stores.endpoints.troubled());
  return {
    beyondRecovery: () => vitals.beyondRecovery(),
    readiness: async () => {
      const alive = await countAlive(async () => {
        // A database that can only be read (a failover) answers every question and keeps nothing.
        await proveWritable(pool);
        return workerRegistry.countAlive();
      }, log);
      const reasons = [
        alive.reason,
        alive.count === 0 ? 'no worker is alive' : null,
        config.roles.has('worker') ? health.complaint() : null,
        await disk.complaint(),
        config.mediaStore === 's3' ? ((await parts.openMedia.s3?.health.complaint()) ?? null) : null,
        ...(alive.reason === null ? (await retired()).missed : []),
        config.roles.has('bot') ? (telegram?.complaint() ?? null) : null,
        ...(await vitals.beyondRecovery()),
      ];
      return [...new Set(reasons)].filter((reason) => reason !== null);
    },
    // Asked every second where a proxy chooses between several: the log has it from /readyz.
    databaseReadiness: () =>
      pool.query('select 1').then(
        () => [],
        (error: unknown) => [complaintOf(error)],
      ),
    notes: async () => (await retired()).replaced,
    metrics: () => parts.prometheus.scrape(),
    ...(config.publicUrl === null
      ? {}
      : { falWebhook: { webhooks: parts.providerWebhooks, receive: parts.receiveWebhook, metrics, log } }),
    // Only where the bot runs: elsewhere nobody would deal with the update.
    ...(config.publicUrl === null || telegram === undefined || !config.roles.has('bot')
      ? {}
      : { telegramWebhook: telegram.webhook }),
    api: parts.api,
    ...(localTelegram === null ? {} : { sandbox: localTelegram.app }),
  };
}

async function countAlive(
  count: () => Promise<number>,
  log: Logger,
): Promise<{ count: number | null; reason: string | null }> {
  try {
    return { count: await count(), reason: null };
  } catch (error) {
    const reason = complaintOf(error);
    log.warn(`not ready: ${reason}`, { error });
    return { count: null, reason };
  }
}
