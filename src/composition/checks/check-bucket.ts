import type pg from 'pg';
import type { Finding } from '../../adapters/cli/cli-host.js';
import { installationId } from '../../adapters/postgres/schema/installation.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Logger } from '../../application/ports/logger.js';
import { type OpenBucket, openBucket } from '../media/open-bucket.js';
import type { Config } from '../settings/config.js';

/** Media cannot be kept in the bucket of the settings. Its message says why and what to do, without the keys. */
export class BucketUnavailable extends Error {
  override readonly name = 'BucketUnavailable';
}

/**
 * Sees that the bucket takes and gives files, and that no other installation has it: each would delete the other's
 * files as nobody's.
 * @throws BucketUnavailable
 */
export async function claimBucket({ bucket, health }: OpenBucket, pool: pg.Pool): Promise<void> {
  const trouble = await health.trial();
  if (trouble !== null) throw new BucketUnavailable(`Media cannot be kept: ${trouble}`);
  const id = await installationId(pool);
  if ((await bucket.note('installation')) === null) await bucket.writeNote('installation', id);
  if ((await bucket.note('installation')) !== id)
    throw new BucketUnavailable(
      'Media cannot be kept: the bucket, below S3_PREFIX, belongs to another installation. Give this one another ' +
        'S3_PREFIX or bucket. If the other is gone for good, delete the object .aisha/installation there.',
    );
}

interface Parts {
  readonly config: Pick<Config, 's3' | 'mediaStore'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}

/** Nothing to say where no bucket is named. */
export async function checkBucket({ config: { s3, mediaStore }, clock, log }: Parts): Promise<Finding[]> {
  if (s3 === null) return [];
  const subject = 'media in S3';
  const { bucket, health } = openBucket(s3, clock, log);
  const trouble = await health.trial();
  if (trouble !== null)
    return [{ subject, ok: false, detail: trouble, advice: 'See "Media in S3" in docs/operations.md.' }];
  const use = mediaStore === 's3' ? 'in use' : 'beside the folder, which is in use';
  const detail = `${s3.bucket} at ${s3.endpoint} lists, takes, gives and deletes; ${use}`;
  if ((await bucket.keepsVersions()) !== true) return [{ subject, ok: true, detail }];
  return [
    {
      ...{
        subject,
        ok: true,
        isWarning: true,
        detail: `${detail}; it keeps old versions of what is deleted`,
      },
      advice:
        'Deleted pictures and faces stay there until a lifecycle rule ends old versions: set one, see "Media in S3" in docs/operations.md.',
    },
  ];
}
