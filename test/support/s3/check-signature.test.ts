import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { S3Settings } from '../../../src/adapters/media/s3/s3-refused.js';
import { bodyOf, S3Requests } from '../../../src/adapters/media/s3/s3-requests.js';
import { settingsOf } from './a-bucket.js';
import { checkSignature } from './check-signature.js';
import { type S3Server, startS3 } from './s3-server.js';

let server: S3Server;

beforeEach(async () => {
  server = await startS3();
});
afterEach(() => server.close());

const put = (changes: Partial<S3Settings> = {}) =>
  new S3Requests({ ...settingsOf(server), ...changes }, { tries: 1 }).ask({
    method: 'PUT',
    path: 'a',
    body: bodyOf(Buffer.from('x')),
  });

test('takes what is signed with the right keys, and keeps nothing of the rest', async () => {
  await expect(put({ secretAccessKey: 'guessed' })).rejects.toMatchObject({
    status: 403,
    code: 'SignatureDoesNotMatch',
  });
  await expect(put({ accessKeyId: 'OTHER' })).rejects.toMatchObject({ code: 'InvalidAccessKeyId' });
  await expect(put({ region: 'eu-other-1' })).rejects.toMatchObject({
    status: 400,
    code: 'AuthorizationHeaderMalformed',
    region: 'eu-local-1',
  });
  await expect(put({ bucket: 'other' })).rejects.toMatchObject({ status: 404, code: 'NoSuchBucket' });
  expect(server.store.objects.size).toBe(0);
  await put();
  expect([...server.store.objects.keys()]).toEqual(['a']);
});

test('refuses a request without a signature, or one that was changed on its way', async () => {
  const address = `${server.endpoint}/media/a`;
  expect((await fetch(address)).status).toBe(403);
  let seen: Record<string, string> = {};
  server.trouble = ({ headers }) => {
    seen = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    return null;
  };
  await put();
  const { host: _, 'content-length': __, connection: ___, ...signed } = seen;
  const again = (path: string, changes: Record<string, string> = {}) =>
    fetch(`${server.endpoint}${path}`, { method: 'PUT', body: 'x', headers: { ...signed, ...changes } });
  expect((await again('/media/a')).status).toBe(200);
  expect((await again('/media/b')).status).toBe(403);
  const otherBody = { 'x-amz-content-sha256': createHash('sha256').update('y').digest('hex') };
  expect((await again('/media/a', otherBody)).status).toBe(403);
  expect((await again('/media/a', { 'x-amz-date': '20200101T000000Z' })).status).toBe(403);
});

test('takes an address that was signed, for as long as it says and for nothing else', async () => {
  await put();
  const link = await new S3Requests(settingsOf(server)).link('a', 60);
  expect(await (await fetch(link)).text()).toBe('x');
  expect((await fetch(link.replace('/a?', '/b?'))).status).toBe(403);
  expect((await fetch(link.replace('Expires=60', 'Expires=600'))).status).toBe(403);
  expect((await fetch(link, { method: 'DELETE' })).status).toBe(403);
  const long = new URL(await new S3Requests(settingsOf(server)).link('a', 999_999));
  expect(long.searchParams.get('X-Amz-Expires')).toBe('900');
});

test('agrees with the example in Amazon’s description of the signature', () => {
  // Of "Signature Calculations for the Authorization Header", GET Object, whose time is long gone.
  const request = {
    method: 'GET',
    url: '/test.txt',
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-amz-date': '20130524T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    },
  };
  const account = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
  };
  const at = Date.parse('2013-05-24T00:00:00Z');
  expect(() => checkSignature(request as never, account, at)).not.toThrow();
  const other = { ...account, secretAccessKey: `${account.secretAccessKey}.` };
  expect(() => checkSignature(request as never, other, at)).toThrow('SignatureDoesNotMatch');
});
