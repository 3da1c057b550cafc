import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadDownload } from '../../src/application/ports/image-downloads.js';
import { type MediaStore, NoSuchFile } from '../../src/application/ports/media-store.js';

export interface MediaStoreWorld {
  /** Takes pictures of at most a million pixels. */
  readonly store: MediaStore;
  close(): Promise<void>;
}

/** Chunks as they come from a download. */
export async function* inChunks(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

/** A picture with something in it, so that its file is not tiny. */
export function picture(format: 'jpeg' | 'png' | 'webp' | 'gif', width = 400, height = 300): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#000', noise } })
    .toFormat(format)
    .toBuffer();
}

const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>',
);

/** Holds for every MediaStore. */
export function mediaStoreContract(name: string, open: () => Promise<MediaStoreWorld>): void {
  describe(`${name} as a MediaStore`, () => {
    let world: MediaStoreWorld;
    let store: MediaStore;
    beforeEach(async () => {
      world = await open();
      store = world.store;
    });
    afterEach(() => world.close());

    it.each([
      ['jpeg', '.jpg', 'image/jpeg'],
      ['png', '.png', 'image/png'],
      ['webp', '.webp', 'image/webp'],
    ] as const)('keeps a %s by its content and says what it is', async (format, extension, contentType) => {
      const bytes = await picture(format);
      const stored = await store.saveImage('images/1/0', inChunks(bytes));
      expect(stored).toEqual({
        mediaKey: `images/1/0${extension}`,
        thumbnailKey: stored.thumbnailKey,
        width: 400,
        height: 300,
        contentType,
        bytes: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      expect((await store.bytes(stored.mediaKey)).equals(bytes)).toBe(true);
    });

    it('makes a JPEG thumbnail of 320 pixels', async () => {
      const { thumbnailKey } = await store.saveImage('images/1/0', inChunks(await picture('png', 400, 800)));
      expect(await sharp(await store.bytes(thumbnailKey)).metadata()).toMatchObject({
        format: 'jpeg',
        width: 160,
        height: 320,
      });
    });

    it('replaces a picture of the same name, also one of another type', async () => {
      const first = await store.saveImage('images/1/0', inChunks(await picture('png')));
      const second = await store.saveImage('images/1/0', inChunks(await picture('jpeg', 100, 100)));
      expect((await sharp(await store.bytes(second.mediaKey)).metadata()).width).toBe(100);
      await expect(store.bytes(first.mediaKey)).rejects.toThrow();
    });

    it.each(['jpeg', 'png', 'webp'] as const)('refuses half a %s and keeps nothing of it', async (format) => {
      const bytes = await picture(format);
      const half = bytes.subarray(0, bytes.byteLength / 2);
      await expect(store.saveImage('images/1/0', inChunks(half))).rejects.toThrow(BadDownload);
      for (const extension of ['.jpg', '.png', '.webp'])
        await expect(store.bytes(`images/1/0${extension}`)).rejects.toThrow();
    });

    it.each([
      ['nothing', async () => Buffer.alloc(0)],
      ['a page', async () => Buffer.from('<html>not here</html>')],
      ['an SVG', async () => svg],
      ['a GIF', () => picture('gif', 8, 8)],
      ['the first bytes of a JPEG alone', async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
      ['more pixels than allowed', () => picture('jpeg', 1001, 1000)],
    ])('refuses %s as a picture', async (_, bytes) => {
      await expect(store.saveImage('images/1/0', inChunks(await bytes()))).rejects.toThrow(BadDownload);
    });

    it('passes on what goes wrong with the stream', async () => {
      const broken = async function* () {
        yield (await picture('jpeg')).subarray(0, 100);
        throw new BadDownload('the connection broke', true);
      };
      await expect(store.saveImage('images/1/0', broken())).rejects.toThrow('the connection broke');
      await expect(store.save('weights/1.safetensors', broken())).rejects.toThrow('the connection broke');
      await expect(store.bytes('weights/1.safetensors')).rejects.toThrow();
    });

    it('keeps any other file under its key, and replaces it', async () => {
      const key = 'weights/a1/lora.safetensors';
      expect(await store.save(key, inChunks(Buffer.from('weights')))).toEqual({
        bytes: 7,
        sha256: createHash('sha256').update('weights').digest('hex'),
      });
      expect(await text(await store.read(key))).toBe('weights');
      await store.save(key, inChunks(Buffer.from('others')));
      expect((await store.bytes(key)).toString()).toBe('others');
    });

    it('has an address that leads to the file, or none, and none for what is not there', async () => {
      await store.save('a/b', inChunks(Buffer.from('shared')));
      expect(await store.link('a/c', 60)).toBeNull();
      const link = await store.link('a/b', 60);
      if (link !== null) expect(await (await fetch(link)).text()).toBe('shared');
      await expect(store.link('../up', 60)).rejects.toThrow('Not a key');
    });

    it('names the files that were written before a time, and no others', async () => {
      const all = async (time: number) => {
        const keys: string[] = [];
        for await (const key of store.writtenBefore(new Date(time))) keys.push(key);
        return keys.sort();
      };
      const begun = Date.now();
      expect(await all(begun + 60_000)).toEqual([]);
      await store.save('weights/a1/lora.safetensors', inChunks(Buffer.from('weights')));
      const { mediaKey, thumbnailKey } = await store.saveImage('photos/1/2', inChunks(await picture('png')));
      await store.save('gone', inChunks(Buffer.from('x')));
      await store.remove('gone');
      expect(await all(begun - 60_000)).toEqual([]);
      expect(await all(begun + 60_000)).toEqual([mediaKey, thumbnailKey, 'weights/a1/lora.safetensors']);
    });

    it('removes many at once, those included that are not there, and no others', async () => {
      const keys = Array.from({ length: 30 }, (_, number) => `many/${number}`);
      for (const key of [...keys, 'other']) await store.save(key, inChunks(Buffer.from('x')));
      await store.removeAll(new Set(['gone', ...keys]));
      for (const key of keys) await expect(store.bytes(key)).rejects.toThrow(NoSuchFile);
      expect(String(await store.bytes('other'))).toBe('x');
    });

    it('has no file that was not saved, or was removed', async () => {
      await store.save('a/b', inChunks(Buffer.from('x')));
      await store.remove('a/b');
      await store.remove('a/b');
      await expect(store.bytes('a/b')).rejects.toThrow(NoSuchFile);
      await expect(store.read('a/b')).rejects.toThrow(NoSuchFile);
    });

    it.each([
      '',
      '/etc/passwd',
      '../up',
      'a/../../up',
      'a//b',
      'a\\b',
      'a/',
      '.hidden',
      'a/.hidden',
      'a\0b',
      'é',
    ])('refuses the key %j', async (key) => {
      await expect(store.save(key, inChunks(Buffer.from('x')))).rejects.toThrow('Not a key');
      await expect(store.saveImage(key, inChunks(await picture('png', 8, 8)))).rejects.toThrow('Not a key');
    });
  });
}
