import { createLogger } from '../adapters/observability/pino-logger.js';
import { connectionShortage } from '../adapters/postgres/connection/connection-shares.js';
import { systemClock } from '../adapters/system/system-clock.js';
import type { Logger } from '../application/ports/logger.js';
import { BucketUnavailable, claimBucket } from '../composition/checks/check-bucket.js';
import { proveImageLibrary } from '../composition/checks/prove-image-library.js';
import { closeFiles } from '../composition/close-files.js';
import { type Composed, compose, hostedBy } from '../composition/composition-root.js';
import { services } from '../composition/identifiers.js';
import { warnOfLosses } from '../composition/settings/check-prices.js';
import { type Config, secretsOf } from '../composition/settings/config.js';
import { type Sole, takeForItself } from '../composition/sole-process.js';
import { pictureBounds } from '../domain/generation/picture-price.js';
import { startUpBox } from './start-up-box.js';
import { untilToldToStop } from './until-told-to-stop.js';

/**
 * Runs the service with its roles until SIGTERM or SIGINT, then ends what is at hand and closes.
 * @param settingsFile the `.env` that was read, for the box
 */
export async function serve(config: Config, settingsFile: string | null): Promise<void> {
  const log = createLogger({
    level: config.logLevel,
    secrets: secretsOf(config),
  });
  const sole = await takeForItself(config, log);
  try {
    await run(config, log, sole, settingsFile);
  } finally {
    await sole.release();
  }
}

async function run(
  config: Config,
  log: Logger,
  { http, ports }: Sole,
  settingsFile: string | null,
): Promise<void> {
  await proveImageLibrary();
  const composed = await compose(config, log, {
    fal: config.roles.has('worker'),
    telegram: config.roles.has('bot') || config.roles.has('worker'),
    http,
  });
  const { resources } = composed;
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
    await bucketAtHand(composed, log);
    const shortage = await connectionShortage(resources.pool, true);
    if (shortage !== null) log.warn(`connections: ${shortage.detail}. ${shortage.advice}`);
    warnOfLosses(resources, systemClock.now());
    for (const service of hostedBy(composed)) {
      stops.push(() => service.stop());
      await service.start();
    }
    process.stdout.write(
      startUpBox(config, { ports, settingsFile, pictures: pictureBounds(resources.prices) }),
    );
    await untilToldToStop();
    log.info('stopping: what is at hand is finished first');
  } finally {
    await stopAll();
  }
}

/** A bucket that media are only copied to or from must not keep the service from its work. */
async function bucketAtHand({ container, resources }: Composed, log: Logger): Promise<void> {
  const { s3 } = container.get(services.openMedia);
  if (s3 === null) return;
  try {
    await claimBucket(s3, resources.pool);
  } catch (error) {
    if (!(error instanceof BucketUnavailable) || resources.config.mediaStore === 's3') throw error;
    log.warn(error.message);
  }
}
