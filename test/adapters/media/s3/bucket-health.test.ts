import { afterEach, expect, test } from 'vitest';
import { BucketHealth } from '../../../../src/adapters/media/s3/bucket-health.js';
import type { S3Settings } from '../../../../src/adapters/media/s3/s3-refused.js';
import { FakeClock } from '../../../fakes/fake-clock.js';
import { RecordingLogger } from '../../../fakes/recording-logger.js';
import { aBucket } from '../../../support/s3/a-bucket.js';
import { S3Fault } from '../../../support/s3/s3-fault.js';

let world: Awaited<ReturnType<typeof aBucket>>;
afterEach(() => world.close());

async function health(changes: Partial<S3Settings> = {}) {
  world = await aBucket(changes);
  const clock = new FakeClock();
  const log = new RecordingLogger();
  return { clock, log, health: new BucketHealth({ ...world, clock, log }) };
}

test('a bucket that lists, takes, gives and deletes is well, and nothing stays in it', async () => {
  const { health: bucket } = await health();
  expect(await bucket.trial()).toBeNull();
  expect(await bucket.complaint()).toBeNull();
  expect(world.server.store.objects.size).toBe(0);
});

test.each([
  ['no such bucket', { bucket: 'other' }, ['there is no bucket other', 'S3_BUCKET']],
  ['an unknown key', { accessKeyId: 'OTHER' }, ['does not know S3_ACCESS_KEY_ID']],
  ['another secret', { secretAccessKey: 'other-secret' }, ['S3_SECRET_ACCESS_KEY does not belong']],
  ['another region', { region: 'eu-other-1' }, ['not in the region eu-other-1', 'S3_REGION=eu-local-1']],
  ['nobody there', { endpoint: 'http://127.0.0.1:1' }, ['out of reach', 'S3_ENDPOINT', 'ECONNREFUSED']],
] as const)('says in words what is wrong: %s', async (_, changes, words) => {
  const { health: bucket } = await health(changes);
  const complaint = await bucket.trial();
  for (const word of words) expect(complaint).toContain(word);
  expect(complaint).not.toContain(world.settings.secretAccessKey);
  expect(await bucket.complaint()).toBe(complaint);
});

test.each([
  ['GET', 403, 'AccessDenied', 'to list the bucket and to get, put and delete'],
  ['PUT', 403, 'AccessDenied', 'to list the bucket and to get, put and delete'],
  ['DELETE', 403, 'AccessDenied', 'to list the bucket and to get, put and delete'],
  ['PUT', 507, 'XMinioStorageFull', 'takes no more'],
  ['GET', 301, 'PermanentRedirect', 'not in the region'],
  ['GET', 307, '', 'sends us elsewhere'],
  ['GET', 403, 'RequestTimeTooSkewed', 'the clock of this machine'],
  ['GET', 405, 'MethodNotAllowed', 'answers 405 MethodNotAllowed'],
])('finds out that %s is answered with %i %s', async (method, status, code, words) => {
  const { health: bucket } = await health();
  world.server.trouble = (request) => (request.method === method ? new S3Fault(status, code) : null);
  expect(await bucket.trial()).toContain(words);
});

test('asks seldom, and tells the log once of each change', async () => {
  const { health: bucket, clock, log } = await health();
  const asked = () => world.server.requests.length;
  await bucket.complaint();
  await bucket.complaint();
  expect(asked()).toBe(1);
  world.server.trouble = () => new S3Fault(403, 'AccessDenied');
  clock.advance(20);
  expect(await bucket.complaint()).toContain('403 AccessDenied');
  clock.advance(20);
  await bucket.complaint();
  expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  world.server.trouble = () => null;
  clock.advance(20);
  expect(await bucket.complaint()).toBeNull();
  expect(log.lines.at(-1)?.message).toBe('the bucket answers again');
});
