import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Bucket } from '../../../src/adapters/media/s3/s3-bucket.js';
import { S3MediaStore } from '../../../src/adapters/media/s3/s3-media-store.js';
import type { S3Settings } from '../../../src/adapters/media/s3/s3-refused.js';
import { type S3Manners, S3Requests } from '../../../src/adapters/media/s3/s3-requests.js';
import { type S3Server, startS3 } from './s3-server.js';

export const settingsOf = ({ endpoint, bucket, account }: S3Server): S3Settings => ({
  ...account,
  endpoint,
  bucket,
  prefix: '',
  pathStyle: true,
});

/** A media store on a local S3 of its own, and nobody waits between tries. */
export async function aBucket(changes: Partial<S3Settings> = {}, manners: S3Manners = {}) {
  const server = await startS3();
  const root = await mkdtemp(join(tmpdir(), 's3-incoming-'));
  const waits: number[] = [];
  const settings = { ...settingsOf(server), ...changes };
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  const bucket = new S3Bucket(new S3Requests(settings, { sleep, ...manners }), {
    whole: 8_000_000,
    part: 5 * 2 ** 20,
  });
  return {
    server,
    settings,
    bucket,
    waits,
    store: new S3MediaStore({ bucket, incoming: { root, maximumImagePixels: 1_000_000 } }),
    /** What waits on this disk. */
    leftovers: () => readdir(join(root, '.incoming')),
    async close() {
      await server.close();
      await rm(root, { recursive: true });
    },
  };
}
