import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { NoRoom } from '../../../src/application/ports/media-store.js';
import type { MediaPlace } from '../../../src/application/ports/operator/copyable-media.js';
import { CopyMedia } from '../../../src/application/upkeep/copy-media.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';

function twoPlaces(...keys: readonly string[]) {
  const from = new MemoryMediaStore();
  const to = new MemoryMediaStore();
  for (const key of keys) from.files.set(key, Buffer.from(`of ${key}`));
  const told: number[] = [];
  const places = { open: async (place: MediaPlace) => (place === 'folder' ? from : to) };
  const copyMedia = new CopyMedia({ places });
  const copy = (way: object = { from: 'folder', to: 's3' }) =>
    copyMedia.execute(way, ({ files }) => told.push(files));
  return { from, to, told, copy };
}

test('copies every file, tells how far it is, and takes nothing away', async () => {
  const { from, to, told, copy } = twoPlaces('a/1', 'b/2', 'c/3');
  expect(await copy()).toEqual({
    ...{ files: 3, copied: 3, bytes: 18, already: 0, gone: 0 },
    ...{ different: [], failed: [] },
  });
  expect(to.files).toEqual(from.files);
  expect(told).toEqual([1, 2, 3]);
});

test('begun again, it copies only what is missing', async () => {
  const { from, to, copy } = twoPlaces('a', 'b');
  await copy();
  from.files.set('c', Buffer.from('later'));
  to.files.delete('a');
  expect(await copy()).toMatchObject({ copied: 2, already: 1 });
});

test('leaves another file of that name as it is, and says so', async () => {
  const { to, copy } = twoPlaces('a', 'b');
  to.files.set('b', Buffer.from('newer'));
  expect(await copy()).toMatchObject({ copied: 1, different: ['b'] });
  expect(String(to.files.get('b'))).toBe('newer');
});

test('keeps nothing that is not the same when it is read again, and goes on with the others', async () => {
  const { to, copy } = twoPlaces('a', 'b');
  const addCopy = to.addCopy.bind(to);
  to.addCopy = async (key, body) => {
    const copied = await addCopy(key, body);
    return key === 'a' && copied !== null ? { ...copied, readBack: async () => 'other' } : copied;
  };
  expect(await copy()).toMatchObject({
    copied: 1,
    failed: [{ key: 'a', reason: 'what was read back is not what was copied' }],
  });
  expect([...to.files.keys()]).toEqual(['b']);
});

test('leaves what somebody wrote there while it was copied, and says so', async () => {
  const { to, copy } = twoPlaces('a', 'b');
  const addCopy = to.addCopy.bind(to);
  to.addCopy = async (key, body) => {
    const copied = await addCopy(key, body);
    if (key === 'a') await to.save('a', Readable.from([Buffer.from('newer')]));
    return copied;
  };
  expect(await copy()).toMatchObject({ copied: 1, different: ['a'], failed: [] });
  expect(String(to.files.get('a'))).toBe('newer');
});

test('takes back what was deleted while it was copied', async () => {
  const { from, to, copy } = twoPlaces('a', 'b');
  const addCopy = to.addCopy.bind(to);
  to.addCopy = async (key, body) => {
    const copied = await addCopy(key, body);
    from.files.delete('a');
    return copied;
  };
  expect(await copy()).toMatchObject({ copied: 1, gone: 1, failed: [] });
  expect([...to.files.keys()]).toEqual(['b']);
});

test('counts what is gone before it is read, and names what cannot be read', async () => {
  const { from, copy } = twoPlaces('a', 'b', 'c');
  const read = from.read.bind(from);
  from.read = async (key) => {
    if (key === 'a') from.files.delete('a');
    if (key === 'b') throw new Error('the disk is broken here');
    return read(key);
  };
  expect(await copy()).toMatchObject({
    ...{ copied: 1, gone: 1 },
    failed: [{ key: 'b', reason: 'the disk is broken here' }],
  });
});

test('ends when the other place takes nothing more, and keeps what it has', async () => {
  const { to, copy } = twoPlaces('a', 'b');
  await to.save('b', (async function* () {})());
  to.files.set('a', Buffer.from('of a'));
  to.files.delete('b');
  to.isFull = true;
  await expect(copy()).rejects.toThrow(NoRoom);
  expect([...to.files.keys()]).toEqual(['a']);
  to.isFull = false;
  expect(await copy()).toMatchObject({ copied: 1, already: 1 });
});

test('goes the other way as well, and refuses what is no way', async () => {
  const { from, to, copy } = twoPlaces('a');
  to.files.set('b', Buffer.from('b'));
  expect(await copy({ from: 's3', to: 'folder' })).toMatchObject({ copied: 1 });
  expect([...from.files.keys()]).toEqual(['a', 'b']);
  await expect(copy({})).rejects.toMatchObject({
    refusal: { code: 'invalid_input', problems: [{ field: 'from' }, { field: 'to' }] },
  });
  await expect(copy({ from: 's3', to: 's3' })).rejects.toMatchObject({
    refusal: { problems: [{ field: 'to', received: 's3' }] },
  });
});
