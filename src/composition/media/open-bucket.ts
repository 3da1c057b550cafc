import { BucketHealth } from '../../adapters/media/s3/bucket-health.js';
import { S3Bucket } from '../../adapters/media/s3/s3-bucket.js';
import type { S3Settings } from '../../adapters/media/s3/s3-refused.js';
import { S3Requests } from '../../adapters/media/s3/s3-requests.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Logger } from '../../application/ports/logger.js';

export interface OpenBucket {
  readonly bucket: S3Bucket;
  readonly health: BucketHealth;
}

/** Nothing is asked of it yet. */
export function openBucket(settings: S3Settings, clock: Pick<Clock, 'now'>, log: Logger): OpenBucket {
  const bucket = new S3Bucket(new S3Requests(settings));
  return { bucket, health: new BucketHealth({ bucket, settings, clock, log }) };
}
