import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type MediaStore, NoRoom, NoSuchFile } from '../../../application/ports/media-store.js';
import type { CopyableMedia } from '../../../application/ports/operator/copyable-media.js';
import type { StoredImage } from '../../../domain/stored-image.js';
import { contentTypeOf, otherNames } from '../image-content.js';
import { IncomingFiles, type IncomingSettings } from '../incoming-files.js';
import { checkKey, isKey } from '../media-key.js';
import { sha256Of } from '../sha256-of.js';
import { someAtOnce } from '../some-at-once.js';
import type { S3Bucket } from './s3-bucket.js';
import { S3Refused } from './s3-refused.js';

const removedAtOnce = 16;
/** How often a file that breaks off in the middle is read on. */
const readingTries = 4;

interface Parts {
  readonly bucket: S3Bucket;
  /** Where files wait until they are whole. */
  readonly incoming: IncomingSettings;
}

/**
 * Media as objects in a bucket of S3 or of what speaks like it, under their keys. A file is received and looked at on
 * this disk, and then put at once: nobody sees a part of it.
 */
export class S3MediaStore implements MediaStore, CopyableMedia {
  readonly #bucket: S3Bucket;
  readonly #incoming: IncomingFiles;

  constructor({ bucket, incoming }: Parts) {
    this.#bucket = bucket;
    this.#incoming = new IncomingFiles(incoming);
  }

  async saveImage(name: string, body: AsyncIterable<Uint8Array>): Promise<StoredImage> {
    checkKey(name);
    return this.#incoming.picture(body, async (picture) => {
      const { width, height, contentType, bytes, sha256, extension, thumbnail } = picture;
      const mediaKey = name + extension;
      const thumbnailKey = `${name}.thumbnail.jpg`;
      await orNoRoom(async () => {
        await this.#bucket.put(thumbnailKey, thumbnail, { contentType: contentTypeOf(thumbnailKey) });
        const others = otherNames(name, extension).map((key) => this.#removeIfThere(key));
        await Promise.all([this.#bucket.put(mediaKey, picture, { contentType }), ...others]);
      });
      return { mediaKey, thumbnailKey, width, height, contentType, bytes, sha256 };
    });
  }

  async save(key: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
    checkKey(key);
    return this.#incoming.file(body, async (file) => {
      await orNoRoom(() => this.#bucket.put(key, file, { contentType: contentTypeOf(key) }));
      return { bytes: file.bytes, sha256: file.sha256 };
    });
  }

  async read(key: string): Promise<Readable> {
    checkKey(key);
    const first = await this.#get(key);
    // Also when nobody has begun to read.
    return Readable.from(this.#whole(key, first), { objectMode: false }).once('close', () => first.destroy());
  }

  async bytes(key: string): Promise<Buffer> {
    return buffer(await this.read(key));
  }

  async link(key: string, seconds: number): Promise<string | null> {
    checkKey(key);
    return (await this.#bucket.head(key)) === null ? null : this.#bucket.link(key, seconds);
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    await this.#bucket.remove(key);
  }

  /** Each by itself: not all who speak like S3 know its way to remove a thousand, and each wants another checksum for it. */
  removeAll(keys: Iterable<string>): Promise<void> {
    return someAtOnce(keys, removedAtOnce, (key) => this.remove(key));
  }

  async *writtenBefore(time: Date): AsyncGenerator<string, void, undefined> {
    for await (const { key, writtenAt } of this.#bucket.list()) if (isKey(key) && writtenAt < time) yield key;
  }

  async *list(): AsyncGenerator<{ key: string; bytes: number }, void, undefined> {
    for await (const { key, bytes } of this.#bucket.list()) if (isKey(key)) yield { key, bytes };
  }

  async has(key: string): Promise<boolean> {
    checkKey(key);
    return (await this.#bucket.head(key)) !== null;
  }

  async sha256(key: string): Promise<string | null> {
    checkKey(key);
    const head = await this.#bucket.head(key);
    if (head === null) return null;
    return head.sha256 ?? sha256Of(this, key);
  }

  async addCopy(key: string, body: AsyncIterable<Uint8Array>) {
    checkKey(key);
    return this.#incoming.file(body, async (file) => {
      const copy = randomUUID();
      const options = { contentType: contentTypeOf(key), copy };
      if (!(await orNoRoom(() => this.#bucket.put(key, file, options)))) return null;
      const takeBack = async () => {
        if ((await this.#bucket.head(key))?.copy === copy) await this.#bucket.remove(key);
      };
      const readBack = () => sha256Of(this, key);
      return { bytes: file.bytes, sha256: file.sha256, readBack, takeBack };
    });
  }

  async #get(key: string, from?: { byte: number; etag: string }) {
    try {
      return await this.#bucket.get(key, from);
    } catch (error) {
      throw error instanceof S3Refused && error.isNoSuchKey ? new NoSuchFile(key, { cause: error }) : error;
    }
  }

  /** Reads on where a connection broke off, as long as it is the same object. */
  async *#whole(key: string, first: Awaited<ReturnType<S3Bucket['get']>>): AsyncGenerator<Buffer> {
    const { etag } = first.headers;
    let byte = 0;
    let answer = first;
    for (let tries = 1; ; tries += 1)
      try {
        for await (const chunk of answer as AsyncIterable<Buffer>) {
          byte += chunk.byteLength;
          yield chunk;
        }
        return;
      } catch (error) {
        if (tries === readingTries || etag === undefined) throw error;
        answer = await this.#get(key, { byte, etag });
      }
  }

  /** Asked first: where old versions are kept, every removal of nothing would leave a mark. */
  async #removeIfThere(key: string): Promise<void> {
    if ((await this.#bucket.head(key)) !== null) await this.#bucket.remove(key);
  }
}

/** Whatever the bucket has against it, the file itself is well and may come again. */
async function orNoRoom<Kept>(write: () => Promise<Kept>): Promise<Kept> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof S3Refused)) throw error;
    throw new NoRoom({ cause: error }, `the file cannot be kept now: ${error.message}`);
  }
}
