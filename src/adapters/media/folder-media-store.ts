import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import sharp from 'sharp';
import { type MediaStore, NoRoom, NoSuchFile } from '../../application/ports/media-store.js';
import type { StoredImage } from '../../domain/stored-image.js';
import { imageTypes, inspect } from './image-content.js';
import { checkKey, isKey, isShard, shardOf } from './media-key.js';
import { receive, toDisk } from './receive.js';
import { Turns } from './turns.js';

interface FolderMediaStoreSettings {
  /** Made if missing. */
  readonly root: string;
  /** 100 MB. */
  readonly maximumImageBytes?: number;
  /** What the format allows. */
  readonly maximumImagePixels?: number;
  /** 64. */
  readonly maximumScans?: number;
  /** 30 for each picture. */
  readonly decodingSeconds?: number;
}

/** Half-written files wait here, on the same file system, until they are whole. */
const incoming = '.incoming';

/** As many as Node has threads for files, and some that wait for one. */
const removedAtOnce = 8;

/** How often a file is put into a folder that others take away because it is empty. */
const placingTries = 50;

/** What a killed process left there is rubbish after this time. */
const leftoverMilliseconds = 3_600_000;

/**
 * Media as files in a folder. A key `images/7f3a/0.jpg` is the file `<root>/<2 hex digits>/images/7f3a/0.jpg`;
 * the digits spread the files so that no folder grows too large. A file appears under its name whole, synced to
 * the disk, or not at all.
 */
export class FolderMediaStore implements MediaStore {
  readonly #root: string;
  /** A decoded picture takes tens of megabytes, and decoding more at once than there are cores is not faster. */
  readonly #decoding = new Turns(availableParallelism());
  #prepared: Promise<void> | null = null;

  constructor(private readonly settings: FolderMediaStoreSettings) {
    this.#root = resolve(settings.root);
    // For the whole process: libvips would keep 50 MB of results, and no picture is looked at twice here.
    sharp.cache(false);
  }

  async saveImage(name: string, body: AsyncIterable<Uint8Array>): Promise<StoredImage> {
    checkKey(name);
    const { maximumImageBytes = 100_000_000, maximumImagePixels: pixels } = this.settings;
    const { decodingSeconds: seconds, maximumScans: scans } = this.settings;
    return this.#whileIncoming(async (picture, thumbnail) => {
      const received = await receive(body, picture, { maximumBytes: maximumImageBytes, image: true });
      const look = async () => {
        const content = await this.#decoding.take(() => inspect(picture, { pixels, seconds, scans }));
        await writeFile(thumbnail, content.thumbnail, { flag: 'wx', mode: 0o600, flush: true });
        if (content.mended === null) return { ...content, ...received };
        await writeFile(picture, content.mended, { flush: true });
        return { ...content, ...summaryOf(content.mended) };
      };
      // The disk takes the picture while it is looked at.
      const [content] = await Promise.all([look(), toDisk(picture)]);
      const { extension, contentType } = imageTypes[content.type];
      const mediaKey = name + extension;
      const thumbnailKey = `${name}.thumbnail.jpg`;
      await this.#publish(thumbnail, thumbnailKey);
      await Promise.all([this.#publish(picture, mediaKey), this.#removeOtherTypes(name, extension)]);
      const { width, height, bytes, sha256 } = content;
      return { mediaKey, thumbnailKey, width, height, contentType, bytes, sha256 };
    });
  }

  async save(key: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
    checkKey(key);
    return this.#whileIncoming(async (file) => {
      const received = await receive(body, file);
      await toDisk(file);
      await this.#publish(file, key);
      return received;
    });
  }

  async read(key: string): Promise<Readable> {
    // Opened before it is returned, so that a missing file is an error here and not in the stream.
    const file = await open(this.#path(key)).catch((error: unknown) => {
      throw asMissing(key, error);
    });
    return file.createReadStream();
  }

  async bytes(key: string): Promise<Buffer> {
    return readFile(this.#path(key)).catch((error: unknown) => {
      throw asMissing(key, error);
    });
  }

  async remove(key: string): Promise<void> {
    const path = this.#path(key);
    await unlink(path).catch(nothingIfGone);
    await this.#removeEmpty(dirname(path));
  }

  async removeAll(keys: Iterable<string>): Promise<void> {
    // All take from the same row: nobody waits for a slow one.
    const next = keys[Symbol.iterator]();
    const removeSome = async () => {
      for (let key = next.next(); key.done !== true; key = next.next()) await this.remove(key.value);
    };
    await Promise.all(Array.from({ length: removedAtOnce }, removeSome));
  }

  async *writtenBefore(time: Date): AsyncGenerator<string, void, undefined> {
    for (const shard of await entriesOf(this.#root)) {
      if (!shard.isDirectory() || !isShard(shard.name)) continue;
      const folder = join(this.#root, shard.name);
      for (const entry of await entriesOf(folder, true)) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const written = await stat(path).catch(nothingIfGone);
        const key = relative(folder, path).split(sep).join('/');
        if (written !== null && written.mtime < time && isKey(key)) yield key;
      }
    }
  }

  #path(key: string): string {
    checkKey(key);
    return join(this.#root, shardOf(key), key);
  }

  /** Gives two names to write to; whatever is left under them afterwards goes away. */
  async #whileIncoming<T>(work: (first: string, second: string) => Promise<T>): Promise<T> {
    const first = join(this.#root, incoming, randomUUID());
    const second = `${first}.thumbnail`;
    try {
      this.#prepared ??= this.#prepare();
      await this.#prepared;
      return await work(first, second);
    } catch (error) {
      await Promise.all([rm(first, { force: true }), rm(second, { force: true })]);
      throw isFull(error) ? new NoRoom({ cause: error }) : error;
    }
  }

  async #prepare(): Promise<void> {
    const folder = join(this.#root, incoming);
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      // Once there is room it shall be tried anew.
      this.#prepared = null;
      throw error;
    });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      // Another process may be writing here, or sweeping too.
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > leftoverMilliseconds) await rm(path, { force: true });
    }
  }

  async #publish(file: string, key: string): Promise<void> {
    const path = this.#path(key);
    // Nearly always its folder is there. If not, it is made, and somebody else may find it empty and remove it.
    for (let tries = 1; ; tries += 1)
      try {
        if (tries > 1) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        return await rename(file, path);
      } catch (error) {
        if (!isGone(error) || tries === placingTries) throw error;
      }
  }

  /** The folder and those above it, as far as nothing is in them. The system removes none that has anything in it. */
  async #removeEmpty(folder: string): Promise<void> {
    for (let empty = folder; empty !== this.#root; empty = dirname(empty))
      try {
        await rmdir(empty);
      } catch (error) {
        if (isInUse(error)) return;
        if (!isGone(error)) throw error;
      }
  }

  /** The same name may have held a picture of another type before. */
  async #removeOtherTypes(name: string, extension: string): Promise<void> {
    const others = Object.values(imageTypes).filter((type) => type.extension !== extension);
    await Promise.all(others.map((type) => unlink(this.#path(name + type.extension)).catch(nothingIfGone)));
  }
}

const summaryOf = (file: Uint8Array) => ({
  bytes: file.byteLength,
  sha256: createHash('sha256').update(file).digest('hex'),
});

/** Nothing when the folder is gone, or was never made. */
async function entriesOf(folder: string, recursive = false) {
  try {
    return await readdir(folder, { withFileTypes: true, recursive });
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.some((code) => code === error.code);

const isFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT');

const isGone = (error: unknown): boolean => hasCode(error, 'ENOENT');

/** What systems say of a folder that has something in it, or that another program works in. */
const isInUse = (error: unknown): boolean => hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EBUSY');

function nothingIfGone(error: unknown): null {
  if (isGone(error)) return null;
  throw error;
}

const asMissing = (key: string, error: unknown): unknown =>
  isGone(error) ? new NoSuchFile(key, { cause: error }) : error;
