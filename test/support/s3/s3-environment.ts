import type { S3Server } from './s3-server.js';

/** What the program is told so that it keeps its media there. */
export const s3Environment = ({
  endpoint,
  bucket,
  account,
}: Pick<S3Server, 'endpoint' | 'bucket' | 'account'>) => ({
  MEDIA_STORE: 's3',
  S3_ENDPOINT: endpoint,
  S3_BUCKET: bucket,
  S3_REGION: account.region,
  S3_ACCESS_KEY_ID: account.accessKeyId,
  S3_SECRET_ACCESS_KEY: account.secretAccessKey,
  S3_PATH_STYLE: 'true',
});
