import { randomFillSync } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderMediaStore } from '../../../src/adapters/media/folder-media-store.js';
import { copyableMediaContract } from '../../contracts/copyable-media.js';
import { inChunks, mediaStoreContract, picture } from '../../contracts/media-store.js';
import { claimingJpeg } from '../../support/claiming-jpeg.js';
import { jpegOfManyScans } from '../../support/jpeg-of-many-scans.js';
import { carelessly, sharedBelow } from '../../support/shared-files.js';

const newRoot = () => mkdtemp(join(tmpdir(), 'media-'));

const open = async () => {
  const root = await newRoot();
  return {
    store: new FolderMediaStore({ root, maximumImagePixels: 1_000_000 }),
    close: () => rm(root, { recursive: true }),
  };
};

mediaStoreContract('FolderMediaStore', open);
copyableMediaContract('FolderMediaStore', open);

describe('FolderMediaStore', () => {
  let root: string;
  beforeEach(async () => {
    root = await newRoot();
  });
  afterEach(() => rm(root, { recursive: true }));

  const files = async () =>
    (await readdir(root, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();

  it('puts a picture and its thumbnail under the shard of their name', async () => {
    await new FolderMediaStore({ root }).saveImage('images/7f3a/0', inChunks(await picture('jpeg')));
    expect(await files()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^[0-9a-f]{2}\/images\/7f3a\/0\.jpg$/),
        expect.stringMatching(/^[0-9a-f]{2}\/images\/7f3a\/0\.thumbnail\.jpg$/),
      ]),
    );
    expect(await files()).toHaveLength(2);
  });

  it.skipIf(process.platform === 'win32')('keeps everything to itself, whatever the umask', async () => {
    await carelessly(async () => {
      const store = new FolderMediaStore({ root });
      await store.saveImage('images/a', inChunks(await picture('jpeg')));
      await store.save('weights/b.safetensors', inChunks(Buffer.from('weights')));
    });
    expect(await files()).toHaveLength(3);
    expect(await sharedBelow(root)).toEqual([]);
  });

  it('makes its folders once it can, when it could not at first', async () => {
    await writeFile(join(root, 'media'), 'in the way');
    const store = new FolderMediaStore({ root: join(root, 'media') });
    const save = async () => store.saveImage('a', inChunks(await picture('jpeg')));
    await expect(save()).rejects.toThrow(/EEXIST|ENOTDIR/);
    await rm(join(root, 'media'));
    expect(await save()).toMatchObject({ mediaKey: 'a.jpg' });
  });

  it('refuses a JPEG of very many scans, for good and before it is decoded', async () => {
    const saved = new FolderMediaStore({ root }).saveImage('a', inChunks(jpegOfManyScans(64, 64, 1500)));
    await expect(saved).rejects.toMatchObject({
      retry: false,
      message: expect.stringContaining('1500 scans'),
    });
  });

  it('gives a picture up that takes too long to decode, and goes on with the next', async () => {
    const impatient = new FolderMediaStore({ root, decodingSeconds: 1, maximumScans: 1000 });
    const trap = impatient.saveImage('a', inChunks(jpegOfManyScans(7000, 7000, 500), 65_536));
    await expect(trap).rejects.toMatchObject({ cause: { message: expect.stringMatching(/^timeout/) } });
    expect(await impatient.saveImage('b', inChunks(await picture('jpeg')))).toMatchObject({
      mediaKey: 'b.jpg',
    });
  });

  it('keeps a JPEG that lacks only its end marker, and none that lacks more', async () => {
    const store = new FolderMediaStore({ root });
    const bytes = await picture('jpeg');
    expect(await store.saveImage('a', inChunks(bytes.subarray(0, -2)))).toMatchObject({
      width: 400,
      height: 300,
    });
    const cut = store.saveImage('b', inChunks(bytes.subarray(0, -40)));
    await expect(cut).rejects.toMatchObject({ retry: true });
  });

  it.each([
    ['progressive JPEG', { progressive: true }],
    ['plain JPEG', { progressive: false }],
  ])('decodes a %s of 66 megapixels only if it can be shrunk while it is loaded', async (_, kind) => {
    const grey = { create: { width: 8100, height: 8100, channels: 3, background: '#888' } } as const;
    const saved = new FolderMediaStore({ root }).saveImage(
      'a',
      inChunks(await sharp(grey).jpeg(kind).toBuffer(), 65_536),
    );
    if (kind.progressive) await expect(saved).rejects.toMatchObject({ retry: false });
    else expect(await saved).toMatchObject({ width: 8100, height: 8100 });
  });

  it('refuses a plain JPEG of 121 megapixels, for good and before it is decoded', async () => {
    const saved = new FolderMediaStore({ root }).saveImage('a', inChunks(await claimingJpeg(11_000, 11_000)));
    await expect(saved).rejects.toMatchObject({
      retry: false,
      message: expect.stringContaining('11000x11000'),
    });
  });

  it('keeps an enlarged picture that is larger than a chat takes, with all its pixels', async () => {
    const noise = Buffer.alloc(4096 * 4096 * 3);
    for (let at = 0; at < noise.length; at += 65_536)
      randomFillSync(noise, at, Math.min(65_536, noise.length - at));
    const raw = { width: 4096, height: 4096, channels: 3 } as const;
    const png = await sharp(noise, { raw }).png({ compressionLevel: 0 }).toBuffer();
    expect(png.byteLength).toBeGreaterThan(50_000_000);
    const saved = await new FolderMediaStore({ root }).saveImage('a', inChunks(png, 65_536));
    expect(saved).toMatchObject({ width: 4096, height: 4096, contentType: 'image/jpeg', mediaKey: 'a.jpg' });
    expect(saved.bytes).toBeLessThan(50_000_000);
    expect((await new FolderMediaStore({ root }).bytes('a.jpg')).byteLength).toBe(saved.bytes);
  });

  it('has no addresses', async () => {
    const store = new FolderMediaStore({ root });
    await store.save('a', inChunks(Buffer.from('x')));
    expect(await store.link('a')).toBeNull();
  });

  it('leaves nothing behind when a picture is refused', async () => {
    const store = new FolderMediaStore({ root, maximumImageBytes: 5_000 });
    const bytes = await picture('jpeg');
    await expect(store.saveImage('a', inChunks(bytes))).rejects.toMatchObject({ retry: false });
    await expect(store.saveImage('a', inChunks(bytes.subarray(0, 3_000)))).rejects.toMatchObject({
      retry: true,
    });
    expect(await files()).toEqual([]);
  });

  it('stops reading at the limit and at the first bytes of what is no image', async () => {
    const store = new FolderMediaStore({ root, maximumImageBytes: 5_000 });
    let chunks = 0;
    const endless = async function* (chunk: Uint8Array) {
      for (;;) {
        chunks += 1;
        yield chunk;
      }
    };
    const head = (await picture('jpeg')).subarray(0, 1_000);
    await expect(store.saveImage('a', endless(head))).rejects.toThrow('larger than 5000');
    expect(chunks).toBe(6);
    chunks = 0;
    await expect(store.saveImage('a', endless(Buffer.from('no'.repeat(3))))).rejects.toThrow('neither');
    expect(chunks).toBe(2);
  });

  it.each(['jpeg', 'png', 'webp'] as const)(
    'takes no %s that lacks something of the picture',
    async (format) => {
      const store = new FolderMediaStore({ root });
      const bytes = await picture(format);
      const whole = await sharp(bytes).raw().toBuffer();
      for (const missing of [1, 2, 3, 12, 20, 50, 500]) {
        const cut = bytes.subarray(0, bytes.byteLength - missing);
        // Without its trailer alone a PNG is still whole to look at.
        const stored = await store.saveImage('a', inChunks(cut)).catch(() => null);
        if (stored === null) continue;
        const kept = await sharp(await store.bytes(stored.mediaKey))
          .raw()
          .toBuffer();
        expect(kept.equals(whole), `less ${missing} bytes`).toBe(true);
      }
      const few = bytes.subarray(0, bytes.byteLength - 500);
      await expect(store.saveImage('b', inChunks(few))).rejects.toMatchObject({ retry: true });
    },
  );

  it('says the size of a turned picture as people see it, and turns its thumbnail', async () => {
    const turned = await sharp(await picture('jpeg', 400, 200))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const store = new FolderMediaStore({ root });
    const stored = await store.saveImage('a', inChunks(turned));
    expect(stored).toMatchObject({ width: 200, height: 400 });
    expect(await sharp(await store.bytes(stored.thumbnailKey)).metadata()).toMatchObject({
      width: 160,
      height: 320,
    });
  });

  it('shows the old picture or the new one, never a part', async () => {
    const store = new FolderMediaStore({ root });
    const versions = [await picture('jpeg', 300, 300), await picture('jpeg', 500, 500)];
    await store.saveImage('a', inChunks(versions[0] as Buffer));
    let writing = true;
    const writer = (async () => {
      for (let round = 0; round < 20; round++) {
        await store.saveImage('a', inChunks(versions[round % 2] as Buffer));
      }
      writing = false;
    })();
    while (writing) {
      const seen = await store.bytes('a.jpg');
      expect(versions.some((version) => version.equals(seen))).toBe(true);
    }
    await writer;
  });

  it('leaves no empty folder behind, and takes none that has anything in it', async () => {
    const store = new FolderMediaStore({ root });
    const bytes = () => inChunks(Buffer.from('weights'));
    for (const key of ['avatars/one/1.zip', 'avatars/one/2.zip', 'alone.zip']) await store.save(key, bytes());
    await store.removeAll(['avatars/one/1.zip', 'alone.zip']);
    expect(await files()).toEqual([expect.stringMatching(/^[0-9a-f]{2}\/avatars\/one\/2\.zip$/)]);
    await store.remove('avatars/one/2.zip');
    // Once more, as after a kill before the folders went.
    await store.remove('avatars/one/2.zip');
    expect(await readdir(root)).toEqual(['.incoming']);
  });

  it('loses nothing that is written where others clear up', async () => {
    const store = new FolderMediaStore({ root });
    // One and the same shard.
    const [kept, going] = ['a/b/c.1.zip', 'a/b/c.2.zip'];
    for (let round = 0; round < 40; round += 1) {
      let isWritten = false;
      const clearUp = async () => {
        while (!isWritten) await store.remove(going);
      };
      const save = store.save(kept, inChunks(Buffer.from(`${round}`))).finally(() => {
        isWritten = true;
      });
      await Promise.all([save, clearUp(), clearUp()]);
      expect((await store.bytes(kept)).toString()).toBe(`${round}`);
      await store.remove(kept);
    }
  });

  it('clears away what a killed process left half-written, but not what another is writing', async () => {
    const folder = join(root, '.incoming');
    await mkdir(folder);
    await writeFile(join(folder, 'old'), 'x');
    await utimes(join(folder, 'old'), new Date(0), new Date(0));
    await writeFile(join(folder, 'young'), 'x');
    await new FolderMediaStore({ root }).save('a', inChunks(Buffer.from('x')));
    expect(await readdir(folder)).toEqual(['young']);
  });
});
