import { createHttpServer, type HttpAnswers, type HttpServer } from '../adapters/http/http-server.js';
import { complaintOf } from '../adapters/postgres/connection/cure.js';
import { proveWritable } from '../adapters/postgres/schema/installation.js';
import type { Logger } from '../application/ports/logger.js';
import { describeRetired } from '../application/upkeep/retired-endpoints.js';
import type { Composed } from '../composition/composition-root.js';
import { services } from '../composition/identifiers.js';
import type { Config } from '../composition/settings/config.js';
import { vitalsOf } from '../composition/vitals.js';

/** The web server, with nothing to answer yet. */
export const httpServerOf = (
  { httpPort: port, httpHost: host, statusPort }: Config,
  log: Logger,
): HttpServer => createHttpServer({ port, host, statusPort, log });

/** What the web server answers for this process: health, metrics, webhooks and, in the sandbox, the chat. */
export function httpAnswersOf(composed: Composed): HttpAnswers {
  const { container, resources } = composed;
  const vitals = vitalsOf(composed);
  const { config, localTelegram, log } = resources;
  const metrics = container.get(services.metrics);
  const telegram = container.isBound(services.telegram) ? container.get(services.telegram) : null;
  const registry = container.get(services.workerRegistry);
  const health = container.get(services.health);
  const disk = container.get(services.disk);
  const retired = async () =>
    describeRetired(await container.get(services.database).stores.endpoints.troubled());
  return {
    beyondRecovery: () => vitals.beyondRecovery(),
    readiness: async () => {
      const alive = await countAlive(async () => {
        // A database that can only be read (a failover) answers every question and keeps nothing.
        await proveWritable(resources.pool);
        return registry.countAlive();
      }, log);
      const reasons = [
        alive.reason,
        alive.count === 0 ? 'no worker is alive' : null,
        config.roles.has('worker') ? health.complaint() : null,
        await disk.complaint(),
        ...(alive.reason === null ? (await retired()).missed : []),
        config.roles.has('bot') ? (telegram?.complaint() ?? null) : null,
        ...(await vitals.beyondRecovery()),
      ];
      return [...new Set(reasons)].filter((reason) => reason !== null);
    },
    notes: async () => (await retired()).replaced,
    metrics: () => container.get(services.prometheus).scrape(),
    ...(config.publicUrl === null
      ? {}
      : {
          falWebhook: {
            webhooks: container.get(services.providerWebhooks),
            receive: container.get(services.receiveWebhook),
            metrics,
            log,
          },
        }),
    // Only where the bot runs: elsewhere nobody would deal with the update.
    ...(config.publicUrl === null || telegram === null || !config.roles.has('bot')
      ? {}
      : { telegramWebhook: telegram.webhook }),
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
