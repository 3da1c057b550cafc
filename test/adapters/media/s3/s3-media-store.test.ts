import { randomBytes } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { S3Settings } from '../../../../src/adapters/media/s3/s3-refused.js';
import type { S3Manners } from '../../../../src/adapters/media/s3/s3-requests.js';
import { NoRoom, NoSuchFile } from '../../../../src/application/ports/media-store.js';
import { copyableMediaContract } from '../../../contracts/copyable-media.js';
import { inChunks, mediaStoreContract, picture } from '../../../contracts/media-store.js';
import { aBucket } from '../../../support/s3/a-bucket.js';
import { S3Fault } from '../../../support/s3/s3-fault.js';

mediaStoreContract('S3MediaStore', () => aBucket());
mediaStoreContract('S3MediaStore with a prefix', () => aBucket({ prefix: 'aisha/live/' }));
copyableMediaContract('S3MediaStore with a prefix', () => aBucket({ prefix: 'aisha/live/' }));

describe('S3MediaStore', () => {
  let world: Awaited<ReturnType<typeof aBucket>>;
  const open = async (changes?: Partial<S3Settings>, manners?: S3Manners) => {
    world = await aBucket(changes, manners);
    return world;
  };
  afterEach(() => world.close());
  const body = (words: string | Uint8Array) => inChunks(Buffer.from(words), 65_536);

  it('works with the bucket in the name of the host', async () => {
    const loopback: S3Manners['lookup'] = (_, options, done) =>
      options.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
    const { server } = await import('../../../support/s3/s3-server.js').then(async ({ startS3 }) => ({
      server: await startS3(),
    }));
    const { port } = new URL(server.endpoint);
    await open({ endpoint: `http://s3.example:${port}`, pathStyle: false }, { lookup: loopback });
    await world.store.save('a/b', body('by name'));
    expect(await text(await world.store.read('a/b'))).toBe('by name');
    expect([...server.store.objects.keys()]).toEqual(['a/b']);
    expect(server.requests).toEqual(['PUT /a/b', 'GET /a/b']);
    await server.close();
  });

  it('shows nothing of a file that has not come whole, and leaves nothing on this disk', async () => {
    const { store, server, leftovers } = await open();
    const seen: number[] = [];
    const slow = async function* () {
      yield Buffer.from('first half');
      seen.push(server.store.objects.size);
      yield Buffer.from('second half');
      seen.push(server.store.objects.size);
    };
    await store.save('a', slow());
    expect(seen).toEqual([0, 0]);
    const refused = store.saveImage('b', inChunks((await picture('jpeg')).subarray(0, 3000)));
    await expect(refused).rejects.toThrow();
    expect([...server.store.objects.keys()]).toEqual(['a']);
    expect(await leftovers()).toEqual([]);
  });

  it('is refused by the server when what arrives is not what was sent, and keeps what was there', async () => {
    const { store, server } = await open();
    await store.save('a', body('before'));
    // What a faulty line would do: the hash that was signed is another one.
    server.trouble = (request) => {
      if (request.method === 'PUT') {
        const push = request.push.bind(request);
        request.push = (chunk: Buffer | null) => push(chunk === null ? null : Buffer.from(chunk).fill('x'));
      }
      return null;
    };
    await expect(store.save('a', body('after!'))).rejects.toThrow(NoRoom);
    expect(await text(await store.read('a'))).toBe('before');
  });

  it('sends a large file in parts, and takes a success with an error in it for none', async () => {
    const { store, server } = await open();
    const weights = randomBytes(12_000_000);
    const { sha256 } = await store.save('weights/1', body(weights));
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(3);
    expect((await store.bytes('weights/1')).equals(weights)).toBe(true);
    expect(await store.sha256('weights/1')).toBe(sha256);
    expect(server.store.uploads.size).toBe(0);
    const complete = server.store.complete.bind(server.store);
    server.store.complete = async () => {
      throw new S3Fault(200, 'InternalError');
    };
    await expect(store.save('weights/2', body(weights))).rejects.toThrow(NoRoom);
    expect(await store.has('weights/2')).toBe(false);
    expect(server.store.uploads.size).toBe(0);
    server.store.complete = complete;
    expect((await store.addCopy('weights/1', body(weights)))?.sha256).toBeUndefined();
  });

  it('tries again what may pass, for a while, and not what will stay', async () => {
    const { store, server, waits } = await open();
    const answers: (S3Fault | 'drop')[] = [
      new S3Fault(503, 'SlowDown'),
      'drop',
      new S3Fault(500, 'InternalError'),
    ];
    server.trouble = () => answers.shift() ?? null;
    await store.save('a', body('in the end'));
    expect(await text(await store.read('a'))).toBe('in the end');
    expect(waits).toHaveLength(3);
    server.trouble = () => new S3Fault(503, 'SlowDown');
    await expect(store.bytes('a')).rejects.toThrow('503 SlowDown');
    expect(waits).toHaveLength(6);
    server.trouble = () => new S3Fault(403, 'AccessDenied');
    await expect(store.bytes('a')).rejects.toThrow('403 AccessDenied');
    await expect(store.save('a', body('x'))).rejects.toThrow(NoRoom);
    await expect(store.remove('a')).rejects.toThrow('403 AccessDenied');
    expect(waits).toHaveLength(6);
  });

  it.each([
    [507, 'InsufficientStorage'],
    [500, 'XMinioStorageFull'],
    [503, 'QuotaExceeded'],
  ])('does not try again at once where the bucket is full: %i %s', async (status, code) => {
    const { store, server, waits } = await open();
    server.trouble = () => new S3Fault(status, code);
    await expect(store.save('a', body('x'))).rejects.toThrow(NoRoom);
    expect([waits, server.requests]).toEqual([[], ['PUT /media/a']]);
  });

  it('has removed what was not there, also where the server calls that missing', async () => {
    const { store, server } = await open();
    server.trouble = ({ method }) => (method === 'DELETE' ? new S3Fault(404, 'NoSuchKey') : null);
    await store.remove('a');
    await store.removeAll(['a', 'b']);
    server.trouble = () => new S3Fault(404, 'NoSuchBucket');
    await expect(store.remove('a')).rejects.toThrow('404 NoSuchBucket');
  });

  it('reads anew what a file hashes to that somebody else put there', async () => {
    const { store, server } = await open();
    const { sha256 } = await store.save('a', body('by hand'));
    const { headers: _, ...object } = server.store.find('a');
    server.store.objects.set('a', { ...object, headers: {} });
    expect(await store.sha256('a')).toBe(sha256);
  });

  it('never takes its own notes for files of ours that nobody knows', async () => {
    const { store, bucket } = await open({ prefix: 'live/' });
    await bucket.writeNote('installation', 'ours');
    await store.save('a', body('x'));
    const old: string[] = [];
    for await (const key of store.writtenBefore(new Date(Date.now() + 60_000))) old.push(key);
    expect(old).toEqual(['a']);
  });

  it('signs addresses for a while, and no longer than a quarter of an hour', async () => {
    const { store, server } = await open({ prefix: 'live/' });
    await store.save('a', body('shared'));
    const link = new URL((await store.link('a', 99_999)) ?? '');
    expect(link.pathname).toBe('/media/live/a');
    expect(link.searchParams.get('X-Amz-Expires')).toBe('900');
    expect(await (await fetch(link)).text()).toBe('shared');
    link.pathname = '/media/live/b';
    expect((await fetch(link)).status).toBe(403);
    // The bucket itself is private, whoever knows the key.
    expect((await fetch(`${server.endpoint}/media/live/a`)).status).toBe(403);
    const brief = (await store.link('a', 60)) ?? '';
    server.now = () => Date.now() + 50_000;
    expect((await fetch(brief)).status).toBe(200);
    server.now = () => Date.now() + 61_000;
    expect((await fetch(brief)).status).toBe(403);
  });

  it('gives up a server that says nothing', async () => {
    const { store, server } = await open({}, { silenceMilliseconds: 50 });
    server.trouble = () => 'hang';
    await expect(store.bytes('a')).rejects.toThrow('did not answer: silent for 0.05 s');
  });

  it('reads on where a connection breaks off, and mixes no two files', async () => {
    const { store, server } = await open();
    const bytes = randomBytes(1_000_000);
    await store.save('a', body(bytes));
    server.breakAfter = 300_000;
    expect((await store.bytes('a')).equals(bytes)).toBe(true);
    expect(server.requests.filter((line) => line.startsWith('GET'))).toHaveLength(2);
    server.breakAfter = 300_000;
    const reading = (await store.read('a'))[Symbol.asyncIterator]();
    await reading.next();
    await store.save('a', body(randomBytes(1_000_000)));
    const rest = async () => {
      for (let next = await reading.next(); next.done !== true; ) next = await reading.next();
    };
    await expect(rest()).rejects.toThrow('412');
  });

  it('takes a bucket that is gone for no missing file', async () => {
    const { store } = await open({ bucket: 'other' });
    await expect(store.bytes('a')).rejects.toThrow('404 NoSuchBucket');
    await expect(store.bytes('a')).rejects.not.toThrow(NoSuchFile);
  });

  it('lists more than one page, and no page of somebody else for an empty bucket', async () => {
    const { store, server } = await open();
    await store.save('seed', body('x'));
    const seed = server.store.find('seed');
    for (let index = 0; index < 2500; index += 1) server.store.objects.set(`many/${index}`, seed);
    server.store.objects.set('.hidden/of others', seed);
    const keys = new Set<string>();
    for await (const { key } of store.list()) keys.add(key);
    expect(keys.size).toBe(2501);
    expect(server.requests.filter((line) => line.includes('list-type'))).toHaveLength(3);
    server.trouble = () => new S3Fault(200, 'Login');
    await expect(store.list().next()).rejects.toThrow('200 Login');
  });

  it('copies beside a server that does not know If-None-Match', async () => {
    const { store, server } = await open();
    server.trouble = ({ headers }) =>
      headers['if-none-match'] === undefined ? null : new S3Fault(501, 'NotImplemented');
    expect(await store.addCopy('a', body('x'))).toMatchObject({ bytes: 1 });
    expect(await store.addCopy('a', body('y'))).toBeNull();
    expect((await buffer(await store.read('a'))).toString()).toBe('x');
  });

  it('knows its own copy again when the answer to it was lost', async () => {
    const { store, server } = await open();
    const put = server.store.put.bind(server.store);
    let isFirst = true;
    server.store.put = async (key, object, onlyNew) => {
      await put(key, object, onlyNew);
      if (isFirst) {
        isFirst = false;
        throw new S3Fault(500, 'InternalError');
      }
    };
    expect(await store.addCopy('a', body('x'))).toMatchObject({ bytes: 1 });
  });
});
