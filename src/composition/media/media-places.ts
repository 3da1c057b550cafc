import type { MediaPlaces } from '../../application/ports/operator/copyable-media.js';
import { claimBucket } from '../checks/check-bucket.js';
import type { Resources } from '../resources.js';
import { ConfigError } from '../settings/config.js';
import type { OpenMedia } from './open-media.js';

interface Parts {
  readonly openMedia: OpenMedia;
  readonly resources: Pick<Resources, 'pool'>;
}

/** The bucket only once it is sure that it is ours. */
export const mediaPlacesOf = ({ openMedia: { folder, s3 }, resources: { pool } }: Parts): MediaPlaces => ({
  async open(place) {
    if (place === 'folder') return folder;
    if (s3 === null)
      throw new ConfigError([
        'No bucket is named: set S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
      ]);
    await claimBucket(s3, pool);
    return s3.store;
  },
});
