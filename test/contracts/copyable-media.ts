import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaStore } from '../../src/application/ports/media-store.js';
import type { CopyableMedia } from '../../src/application/ports/operator/copyable-media.js';
import { inChunks, picture } from './media-store.js';

interface World {
  readonly store: MediaStore & CopyableMedia;
  close(): Promise<void>;
}

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const body = (words: string) => inChunks(Buffer.from(words));

/** Holds for every store that files can be copied to and from. */
export function copyableMediaContract(name: string, open: () => Promise<World>): void {
  describe(`${name} as CopyableMedia`, () => {
    let world: World;
    let store: World['store'];
    beforeEach(async () => {
      world = await open();
      store = world.store;
    });
    afterEach(() => world.close());

    it('lists every file with its size, and knows its hash', async () => {
      const bytes = await picture('png');
      const { mediaKey, thumbnailKey } = await store.saveImage('images/1/0', inChunks(bytes));
      await store.save('weights/a1', body('weights'));
      await store.save('empty', body(''));
      const found = new Map<string, number>();
      for await (const file of store.list()) found.set(file.key, file.bytes);
      expect([...found.keys()].sort()).toEqual(['empty', mediaKey, thumbnailKey, 'weights/a1']);
      expect([found.get('weights/a1'), found.get('empty'), found.get(mediaKey)]).toEqual([
        7,
        0,
        bytes.byteLength,
      ]);
      expect(await store.sha256('weights/a1')).toBe(hashOf('weights'));
      expect(await store.sha256(mediaKey)).toBe(hashOf(bytes));
      expect(await store.sha256('nothing')).toBeNull();
      expect([await store.has('empty'), await store.has('nothing')]).toEqual([true, false]);
    });

    it('adds a copy where nothing is, and leaves alone what is there', async () => {
      expect(await store.addCopy('a/b', body('first'))).toMatchObject({ bytes: 5, sha256: hashOf('first') });
      expect(await store.addCopy('a/b', body('second'))).toBeNull();
      expect(await text(await store.read('a/b'))).toBe('first');
    });

    it('gives one of many that come at once the place', async () => {
      const many = Array.from({ length: 12 }, (_, index) => store.addCopy('a/b', body(`copy ${index}`)));
      const placed = (await Promise.all(many)).filter((copy) => copy !== null);
      expect(placed).toHaveLength(1);
      expect(await store.sha256('a/b')).toBe(placed[0]?.sha256);
    });

    it('takes a copy back, but not what somebody wrote over it, be it the same bytes', async () => {
      const copy = await store.addCopy('a/b', body('same'));
      expect(await copy?.readBack()).toBe(hashOf('same'));
      await copy?.takeBack();
      expect(await store.has('a/b')).toBe(false);
      expect(await copy?.readBack()).toBeNull();
      await copy?.takeBack();
      const second = await store.addCopy('a/b', body('same'));
      await store.save('a/b', body('same'));
      await second?.takeBack();
      expect(await text(await store.read('a/b'))).toBe('same');
    });

    it('keeps nothing of a copy that breaks off', async () => {
      const broken = async function* () {
        yield Buffer.from('half');
        throw new Error('the line broke');
      };
      await expect(store.addCopy('a/b', broken())).rejects.toThrow('the line broke');
      expect(await store.has('a/b')).toBe(false);
    });

    it('copies no key that leads elsewhere', async () => {
      await expect(store.addCopy('../up', body('x'))).rejects.toThrow('Not a key');
    });
  });
}
