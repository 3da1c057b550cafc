import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { BadDownload } from '../../src/application/ports/image-downloads.js';
import { type MediaStore, NoRoom, NoSuchFile } from '../../src/application/ports/media-store.js';
import type { CopyableMedia } from '../../src/application/ports/operator/copyable-media.js';
import type { StoredImage } from '../../src/domain/stored-image.js';

const types = {
  jpeg: { extension: '.jpg', contentType: 'image/jpeg' },
  png: { extension: '.png', contentType: 'image/png' },
  webp: { extension: '.webp', contentType: 'image/webp' },
} as const;

/** A media store that forgets. It looks at pictures as the real one does, so tests bring real ones. */
export class MemoryMediaStore implements MediaStore, CopyableMedia {
  readonly files = new Map<string, Buffer>();
  /** When each was written, by the clock on the wall; those put here by hand are as old as can be. */
  readonly writtenAt = new Map<string, Date>();

  /** Keys of what was asked for as one piece. */
  readonly heldWhole: string[] = [];

  /** Nothing more can be kept. */
  isFull = false;

  constructor(private readonly maximumPixels = 50_000_000) {}

  async saveImage(name: string, body: AsyncIterable<Uint8Array>): Promise<StoredImage> {
    checkKey(name);
    const bytes = await whole(body);
    // As on a disk: the file itself finds no room, before anybody can look at it.
    if (this.isFull) throw new NoRoom();
    const { type, width, height, thumbnail } = await look(bytes, this.maximumPixels);
    for (const { extension } of Object.values(types)) this.files.delete(name + extension);
    const mediaKey = name + types[type].extension;
    const thumbnailKey = `${name}.thumbnail.jpg`;
    this.write(thumbnailKey, thumbnail);
    this.write(mediaKey, bytes);
    const { contentType } = types[type];
    return { mediaKey, thumbnailKey, width, height, contentType, ...summary(bytes) };
  }

  async save(key: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
    checkKey(key);
    const bytes = await whole(body);
    this.write(key, bytes);
    return summary(bytes);
  }

  async read(key: string): Promise<Readable> {
    return Readable.from([this.find(key)]);
  }

  async bytes(key: string): Promise<Buffer> {
    this.heldWhole.push(key);
    return this.find(key);
  }

  async link(key: string): Promise<null> {
    checkKey(key);
    return null;
  }

  private find(key: string): Buffer {
    const file = this.files.get(key);
    if (file === undefined) throw new NoSuchFile(key);
    return file;
  }

  async remove(key: string): Promise<void> {
    this.files.delete(key);
  }

  async removeAll(keys: Iterable<string>): Promise<void> {
    for (const key of keys) await this.remove(key);
  }

  async *writtenBefore(time: Date): AsyncGenerator<string, void, undefined> {
    for (const key of [...this.files.keys()]) if ((this.writtenAt.get(key) ?? new Date(0)) < time) yield key;
  }

  async *list(): AsyncGenerator<{ key: string; bytes: number }, void, undefined> {
    for (const [key, { byteLength: bytes }] of [...this.files]) yield { key, bytes };
  }

  async has(key: string): Promise<boolean> {
    return this.files.has(key);
  }

  async sha256(key: string): Promise<string | null> {
    const file = this.files.get(key);
    return file === undefined ? null : summary(file).sha256;
  }

  async addCopy(key: string, body: AsyncIterable<Uint8Array>) {
    checkKey(key);
    const file = await whole(body);
    if (this.files.has(key)) return null;
    this.write(key, file);
    const takeBack = async () => {
      if (this.files.get(key) === file) this.files.delete(key);
    };
    return { ...summary(file), readBack: () => this.sha256(key), takeBack };
  }

  private write(key: string, bytes: Buffer): void {
    if (this.isFull) throw new NoRoom();
    this.files.set(key, bytes);
    this.writtenAt.set(key, new Date());
  }
}

function checkKey(key: string): void {
  if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(key)) throw new Error(`Not a key of the media store: ${key}`);
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function look(bytes: Buffer, maximumPixels: number) {
  try {
    const image = sharp(bytes, { failOn: 'truncated', limitInputPixels: maximumPixels });
    const { format, width, height } = await image.metadata();
    if (format !== 'jpeg' && format !== 'png' && format !== 'webp') throw new Error(`a ${format}`);
    return {
      type: format,
      width,
      height,
      thumbnail: await image.resize(320, 320, { fit: 'inside' }).jpeg().toBuffer(),
    };
  } catch (cause) {
    throw new BadDownload('no whole picture', true, { cause });
  }
}

const summary = (bytes: Buffer) => ({
  bytes: bytes.byteLength,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
