import { CopyMedia } from '../application/upkeep/copy-media.js';
import { claimBucket } from './checks/check-bucket.js';
import type { OpenMedia } from './open-media.js';
import type { Resources } from './resources.js';
import { ConfigError } from './settings/config.js';

interface Parts {
  readonly openMedia: OpenMedia;
  readonly resources: Pick<Resources, 'pool'>;
}

type Place = keyof OpenMedia['places'];

/** A copy between the places of media, once it is sure that the bucket is ours. @throws ConfigError, BucketUnavailable */
export const mediaCopyOf =
  ({ openMedia, resources: { pool } }: Parts) =>
  async (from: Place, to: Place): Promise<CopyMedia> => {
    const { folder, s3 } = openMedia.places;
    if (s3 === null)
      throw new ConfigError([
        'No bucket is named: set S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
      ]);
    await claimBucket(openMedia, pool);
    const places = { folder, s3 };
    return new CopyMedia({ from: places[from], to: places[to] });
  };
