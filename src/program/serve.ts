import type { HttpServer } from '../adapters/http/http-server.js';
import { createLogger } from '../adapters/observability/pino-logger.js';
import { connectionShortage } from '../adapters/postgres/connection/connection-shares.js';
import type { FolderLock } from '../adapters/postgres/embedded/folder-lock.js';
import type { Logger } from '../application/ports/logger.js';
import { closeFiles } from '../composition/close-files.js';
import { compose } from '../composition/composition-root.js';
import { services } from '../composition/identifiers.js';
import { type Config, secretsOf } from '../composition/settings/config.js';
import { takeLocks } from '../composition/sole-process.js';
import { trainingServices } from '../composition/training-identifiers.js';
import { startUpBox } from './start-up-box.js';

/**
 * Runs the service with its roles until SIGTERM or SIGINT, then ends what is at hand and closes.
 * @param settingsFile the `.env` that was read, for the box
 */
export async function serve(config: Config, settingsFile: string | null): Promise<void> {
  const log = createLogger({
    level: config.logLevel,
    secrets: secretsOf(config),
  });
  // The port first, then what only one may do: whoever starts a second time by mistake hears so before anything is
  // touched that the first one uses.
  const http = config.roles.has('http')
    ? (await import('./http-server-of.js')).httpServerOf(config, log)
    : null;
  const ports = (await http?.start()) ?? null;
  let locks: readonly FolderLock[] = [];
  try {
    locks = await takeLocks(config);
    await run(config, log, http, () => process.stdout.write(startUpBox(config, { ports, settingsFile })));
  } finally {
    await http?.stop();
    for (const lock of locks) await lock.release();
  }
}

async function run(config: Config, log: Logger, http: HttpServer | null, ready: () => void): Promise<void> {
  const composed = await compose(config, log, {
    fal: config.roles.has('worker'),
    telegram: config.roles.has('bot') || config.roles.has('worker'),
  });
  const { container, resources } = composed;
  // graphile-worker rejects where nobody can listen when the database goes away while it gives jobs back. All state is
  // in the database and every step may be repeated: going on is safer than dying with what is at hand.
  const outlive = (error: unknown) => log.error('a rejection that nobody listened to', { error });
  process.on('unhandledRejection', outlive);
  const stops: Array<() => Promise<unknown>> = [
    async () => process.off('unhandledRejection', outlive),
    () => resources.close(),
    closeFiles(config.dataDir, log),
  ];
  const stopAll = async () => {
    // Whatever cannot be stopped must not keep the others running.
    for (const stop of stops.splice(0).reverse())
      await stop().catch((error: unknown) =>
        log.error('a part of the program could not be stopped', { error }),
      );
  };
  try {
    const shortage = await connectionShortage(resources.pool, true);
    if (shortage !== null) log.warn(`connections: ${shortage.detail}. ${shortage.advice}`);
    if (config.roles.has('worker')) {
      const worker = container.get(services.worker);
      stops.push(
        () => container.get(services.watch).stop(),
        () => container.get(trainingServices.watch).stop(),
        () => worker.stop(),
      );
      await worker.start();
    }
    if (config.roles.has('bot'))
      for (const transport of container.getAll(services.transport)) {
        stops.push(() => transport.stop());
        await transport.start();
      }
    if (http !== null) {
      stops.push(() => http.stop());
      const { httpAnswersOf } = await import('./http-server-of.js');
      http.answer(httpAnswersOf(composed));
    }
    ready();
    await untilToldToStop();
    log.info('stopping: what is at hand is finished first');
  } finally {
    await stopAll();
  }
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
