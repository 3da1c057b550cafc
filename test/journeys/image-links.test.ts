import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { s3Environment } from '../support/s3/s3-environment.js';
import { type S3Server, startS3 } from '../support/s3/s3-server.js';
import { aisha, type Service, startService } from '../support/spawned.js';

let folder: string;
let database: TestDatabase;
let s3: S3Server;
let program: Service;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-image-links-'));
  database = await createTestDatabase();
  s3 = await startS3();
});
afterAll(async () => {
  await program.stop();
  await s3.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const settings = () => ({
  DATA_DIR: join(folder, 'data'),
  DATABASE_URL: database.connectionString,
  ...s3Environment(s3),
});

const sha256 = (bytes: ArrayBuffer) => createHash('sha256').update(Buffer.from(bytes)).digest('hex');

test('a program is sent to the bucket for a picture it ordered, for a minute, where the operator lets it', async () => {
  program = await startService({ ...settings(), API_IMAGE_LINKS: 'true' }, folder);
  const words = ['api-key', 'create', '--user', '1', '--name', 'mine', '--json'];
  const made = await aisha(words, settings(), folder);
  expect(made.code, made.stderr).toBe(0);
  const { key } = JSON.parse(made.stdout) as { key: string };
  const send = (path: string, more: RequestInit & { headers?: Record<string, string> } = {}) =>
    fetch(`http://127.0.0.1:${program.port()}${path}`, {
      redirect: 'manual',
      ...more,
      headers: { authorization: `Bearer ${key}`, ...more.headers },
    });

  const ordered = await send('/v1/generations', {
    method: 'POST',
    body: JSON.stringify({ prompt: 'in medieval armor' }),
    headers: { 'content-type': 'application/json', 'idempotency-key': 'image-links-1' },
  });
  expect(ordered.status).toBe(202);
  const { id } = (await ordered.json()) as { id: string };
  const done = async () => (await (await send(`/v1/generations/${id}?wait=30`)).json()) as Done;
  await expect.poll(async () => (await done()).status).toBe('done');
  const [image] = (await done()).images;
  const path = `/v1/images/${image?.id}`;
  const whole = await send(path);
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const hash = sha256(await whole.arrayBuffer());
  expect(whole.headers.get('etag')).toBe(`"${hash}"`);

  const sent = await send(`${path}?redirect=1`);
  const link = sent.headers.get('location') ?? '';
  expect([sent.status, sent.headers.get('cache-control')]).toEqual([302, 'no-store']);
  expect(link.startsWith(`${s3.endpoint}/${s3.bucket}/`)).toBe(true);
  expect(link).not.toContain(key);
  const given = await fetch(link);
  expect([given.status, sha256(await given.arrayBuffer())]).toEqual([200, hash]);
  const followed = await send(`${path}?redirect=1`, { redirect: 'follow' });
  expect([followed.redirected, sha256(await followed.arrayBuffer())]).toEqual([true, hash]);

  s3.now = () => Date.now() + 61_000;
  const late = await fetch(link);
  expect([late.status, (await late.text()).includes('AccessDenied')]).toEqual([403, true]);
  s3.now = () => Date.now();
  expect(program.output()).not.toContain('X-Amz-Signature');

  await program.stop();
  program = await startService(settings(), folder);
  const here = await send(`${path}?redirect=1`);
  expect([here.status, sha256(await here.arrayBuffer())]).toEqual([200, hash]);
});

interface Done {
  readonly status: string;
  readonly images: readonly { readonly id: string }[];
}
