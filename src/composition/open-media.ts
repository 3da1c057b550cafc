import { FolderMediaStore } from '../adapters/media/folder-media-store.js';
import { LayeredMediaStore } from '../adapters/media/layered-media-store.js';
import { BucketHealth } from '../adapters/media/s3/bucket-health.js';
import { S3Bucket } from '../adapters/media/s3/s3-bucket.js';
import { S3MediaStore } from '../adapters/media/s3/s3-media-store.js';
import type { S3Settings } from '../adapters/media/s3/s3-refused.js';
import { S3Requests } from '../adapters/media/s3/s3-requests.js';
import type { Clock } from '../application/ports/clock.js';
import type { CopyableMedia } from '../application/ports/copyable-media.js';
import type { Logger } from '../application/ports/logger.js';
import type { MediaStore } from '../application/ports/media-store.js';
import type { Config } from './settings/config.js';

interface OpenBucket {
  readonly bucket: S3Bucket;
  readonly health: BucketHealth;
}

/** The places of media, and the one store that everything works with. */
export interface OpenMedia {
  readonly store: MediaStore;
  /** What can be copied from or to; `null`: no bucket is named in the settings. */
  readonly places: { readonly folder: CopyableMedia; readonly s3: CopyableMedia | null };
  readonly bucket: OpenBucket | null;
}

interface Parts {
  readonly config: Pick<Config, 'mediaStore' | 's3'>;
  /** The folder of media; also where files of a bucket wait until they are whole. */
  readonly mediaDir: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}

/** Nothing is asked of the bucket yet. */
export function openMedia({ config, mediaDir, clock, log }: Parts): OpenMedia {
  const folder = new FolderMediaStore({ root: mediaDir });
  if (config.s3 === null) return { store: folder, places: { folder, s3: null }, bucket: null };
  const opened = openBucket(config.s3, clock, log);
  const s3 = new S3MediaStore({ bucket: opened.bucket, incoming: { root: mediaDir } });
  // What is still at the other place is found there.
  const layers = config.mediaStore === 's3' ? { first: s3, second: folder } : { first: folder, second: s3 };
  return { store: new LayeredMediaStore(layers), places: { folder, s3 }, bucket: opened };
}

export function openBucket(settings: S3Settings, clock: Pick<Clock, 'now'>, log: Logger): OpenBucket {
  const bucket = new S3Bucket(new S3Requests(settings));
  return { bucket, health: new BucketHealth({ bucket, settings, clock, log }) };
}
