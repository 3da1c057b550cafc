import { startS3 } from './s3-server.js';

/** Runs the local S3 until it is told to stop: `npx tsx test/support/s3/main.ts [port]`. */
const { endpoint, bucket, account, close } = await startS3({ port: Number(process.argv[2] ?? 9000) });
const settings = {
  MEDIA_STORE: 's3',
  S3_ENDPOINT: endpoint,
  S3_BUCKET: bucket,
  S3_REGION: account.region,
  S3_ACCESS_KEY_ID: account.accessKeyId,
  S3_SECRET_ACCESS_KEY: account.secretAccessKey,
  S3_PATH_STYLE: 'true',
};
for (const [name, value] of Object.entries(settings)) process.stdout.write(`${name}=${value}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
