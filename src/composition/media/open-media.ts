import { FolderMediaStore } from '../../adapters/media/folder-media-store.js';
import { LayeredMediaStore } from '../../adapters/media/layered-media-store.js';
import { S3MediaStore } from '../../adapters/media/s3/s3-media-store.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Logger } from '../../application/ports/logger.js';
import type { MediaStore } from '../../application/ports/media-store.js';
import type { CopyableMedia } from '../../application/ports/operator/copyable-media.js';
import type { Config } from '../settings/config.js';
import { type OpenBucket, openBucket } from './open-bucket.js';

/** The places of media, and the one store that everything works with. */
export interface OpenMedia {
  readonly store: MediaStore;
  readonly folder: CopyableMedia;
  /** `null`: no bucket is named in the settings. */
  readonly s3: (OpenBucket & { readonly store: CopyableMedia }) | null;
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
  if (config.s3 === null) return { store: folder, folder, s3: null };
  const opened = openBucket(config.s3, clock, log);
  const s3 = new S3MediaStore({ bucket: opened.bucket, incoming: { root: mediaDir } });
  // What is still at the other place is found there.
  const layers = config.mediaStore === 's3' ? { first: s3, second: folder } : { first: folder, second: s3 };
  return { store: new LayeredMediaStore(layers), folder, s3: { ...opened, store: s3 } };
}
