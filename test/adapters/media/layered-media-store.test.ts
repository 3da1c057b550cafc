import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderMediaStore } from '../../../src/adapters/media/folder-media-store.js';
import { LayeredMediaStore } from '../../../src/adapters/media/layered-media-store.js';
import { NoRoom, NoSuchFile } from '../../../src/application/ports/media-store.js';
import { CopyMedia } from '../../../src/application/upkeep/copy-media.js';
import { inChunks, mediaStoreContract, picture } from '../../contracts/media-store.js';
import { aBucket } from '../../support/s3/a-bucket.js';
import { S3Fault } from '../../support/s3/s3-fault.js';

async function open() {
  const root = await mkdtemp(join(tmpdir(), 'layers-'));
  const world = await aBucket();
  const folder = new FolderMediaStore({ root, maximumImagePixels: 1_000_000 });
  return {
    folder,
    s3: world.store,
    server: world.server,
    store: new LayeredMediaStore({ first: world.store, second: folder }),
    async close() {
      await world.close();
      await rm(root, { recursive: true });
    },
  };
}

mediaStoreContract('LayeredMediaStore', open);

describe('LayeredMediaStore', () => {
  let world: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.close());
  const body = (words: string) => inChunks(Buffer.from(words));
  const copy = () =>
    new CopyMedia({ places: { open: async (place) => world[place] } }).execute(
      { from: 'folder', to: 's3' },
      () => undefined,
    );

  it('reads what is still in the folder, and the bucket first', async () => {
    const { store, folder, s3 } = world;
    await folder.save('old', body('old'));
    expect(String(await store.bytes('old'))).toBe('old');
    await s3.save('old', body('new'));
    expect(String(await store.bytes('old'))).toBe('new');
  });

  it('removes from both, so that what was deleted comes back from neither', async () => {
    const { store, folder, s3 } = world;
    for (const place of [folder, s3]) for (const key of ['a', 'b']) await place.save(key, body('x'));
    await store.remove('a');
    await store.removeAll(['b']);
    for (const place of [folder, s3]) for (const key of ['a', 'b']) expect(await place.has(key)).toBe(false);
    await copy();
    await expect(store.bytes('a')).rejects.toThrow(NoSuchFile);
  });

  it('leaves nothing in the folder of what a new picture replaces', async () => {
    const { store, folder } = world;
    const old = await folder.saveImage('images/1', inChunks(await picture('png')));
    const replaced = await store.saveImage('images/1', inChunks(await picture('jpeg')));
    await store.removeAll([replaced.mediaKey, replaced.thumbnailKey]);
    for (const key of [old.mediaKey, old.thumbnailKey])
      await expect(store.bytes(key)).rejects.toThrow(NoSuchFile);
    await folder.save('weights/1', body('old'));
    await store.save('weights/1', body('new'));
    expect(await folder.has('weights/1')).toBe(false);
  });

  it('has an address for what is in the bucket, in use or not, and names old files of both', async () => {
    const { folder, s3 } = world;
    const before = new LayeredMediaStore({ first: folder, second: s3 });
    await folder.save('here', body('x'));
    await s3.save('there', body('x'));
    expect(await before.link('there', 60)).toContain('/there?');
    expect(await before.link('here', 60)).toBeNull();
    const old: string[] = [];
    for await (const key of before.writtenBefore(new Date(Date.now() + 60_000))) old.push(key);
    expect(old.sort()).toEqual(['here', 'there']);
  });

  it('finds a file that passes from the folder to the bucket while it is looked for', async () => {
    const { store, folder, s3 } = world;
    await folder.save('a', body('before'));
    const read = folder.bytes.bind(folder);
    folder.bytes = async (key) => {
      await s3.save('a', body('after'));
      await folder.remove('a');
      return read(key);
    };
    expect(String(await store.bytes('a'))).toBe('after');
  });

  it('deletes for good what is being copied at this moment, whichever comes first', async () => {
    const { store, folder, s3, server } = world;
    const put = server.store.put.bind(server.store);
    // Between the copy and its look whether the file is still there.
    await folder.save('a', body('face'));
    server.store.put = async (...object) => {
      await put(...object);
      await store.remove('a');
    };
    expect(await copy()).toMatchObject({ copied: 0, gone: 1 });
    // Before the copy arrives.
    await folder.save('b', body('face'));
    server.store.put = async (...object) => {
      await store.remove('b');
      await put(...object);
    };
    expect(await copy()).toMatchObject({ copied: 0, gone: 1 });
    server.store.put = put;
    for (const key of ['a', 'b']) {
      expect(await s3.has(key)).toBe(false);
      await expect(store.bytes(key)).rejects.toThrow(NoSuchFile);
    }
  });

  it('deletes for good what is copied as a whole between its two removals', async () => {
    const { store, folder, s3 } = world;
    const remove = folder.remove.bind(folder);
    folder.remove = async (key) => {
      if (await folder.has(key)) expect(await copy()).toMatchObject({ copied: 1 });
      await remove(key);
    };
    folder.removeAll = async (keys) => {
      for (const key of keys) await folder.remove(key);
    };
    await folder.save('a', body('face'));
    await store.remove('a');
    await folder.save('b', body('face'));
    await store.removeAll(['b']);
    for (const key of ['a', 'b']) expect([await folder.has(key), await s3.has(key)]).toEqual([false, false]);
  });

  it('goes on where a copy was cut off, and everything can be read at any moment', async () => {
    const { store, folder, s3, server } = world;
    const keys = Array.from({ length: 40 }, (_, index) => `images/${index}`);
    for (const key of keys) await folder.save(key, body(`of ${key}`));
    const allThere = async () => {
      for (const key of keys) expect(String(await store.bytes(key))).toBe(`of ${key}`);
    };
    const put = server.store.put.bind(server.store);
    let puts = 0;
    server.store.put = async (...object) => {
      puts += 1;
      if (puts > 15) throw new S3Fault(403, 'AccessDenied');
      if (puts === 10) await allThere();
      await put(...object);
    };
    await expect(copy()).rejects.toThrow(NoRoom);
    await allThere();
    const listed = async () => {
      let count = 0;
      for await (const _ of s3.list()) count += 1;
      return count;
    };
    expect(await listed()).toBe(15);
    server.store.put = put;
    server.requests.length = 0;
    expect(await copy()).toMatchObject({ copied: 25, already: 15, different: [], failed: [] });
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(25);
    await allThere();
    expect(await listed()).toBe(40);
    await folder.removeAll(keys);
    await allThere();
  });

  it('loses nothing that is written anew while the old one is copied, be it the same bytes', async () => {
    const { store, folder, server } = world;
    const put = server.store.put.bind(server.store);
    for (const [key, words] of [
      ['a', 'new'],
      ['b', 'old'],
    ] as const) {
      await folder.save(key, body('old'));
      let isCopy = true;
      server.store.put = async (...object) => {
        if (isCopy) {
          isCopy = false;
          await store.save(key, body(words));
        }
        await put(...object);
      };
      await copy();
      server.store.put = put;
      expect(String(await store.bytes(key))).toBe(words);
    }
    for (const [key, words] of [
      ['c', 'new'],
      ['d', 'old'],
    ] as const) {
      await folder.save(key, body('old'));
      let isCopy = true;
      server.store.put = async (...object) => {
        await put(...object);
        if (!isCopy) return;
        isCopy = false;
        await store.save(key, body(words));
      };
      await copy();
      server.store.put = put;
      expect(String(await store.bytes(key))).toBe(words);
    }
  });
});
