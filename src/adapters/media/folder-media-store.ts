import { link, mkdir, open, readdir, readFile, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import type { MediaStore } from '../../application/ports/media-store.js';
import type { CopyableMedia } from '../../application/ports/operator/copyable-media.js';
import type { StoredImage } from '../../domain/stored-image.js';
import { asMissing, isGone, isInUse, isThere, nothingIfGone } from './file-errors.js';
import { otherNames } from './image-content.js';
import { IncomingFiles, type IncomingSettings } from './incoming-files.js';
import { checkKey, isKey, isShard, shardOf } from './media-key.js';
import { sha256Of } from './sha256-of.js';
import { someAtOnce } from './some-at-once.js';

/** As many as Node has threads for files, and some that wait for one. */
const removedAtOnce = 8;

/** How often a file is put into a folder that others take away because it is empty. */
const placingTries = 50;

/**
 * Media as files in a folder. A key `images/7f3a/0.jpg` is the file `<root>/<2 hex digits>/images/7f3a/0.jpg`;
 * the digits spread the files so that no folder grows too large. A file appears under its name whole, synced to
 * the disk, or not at all.
 */
export class FolderMediaStore implements MediaStore, CopyableMedia {
  readonly #root: string;
  readonly #incoming: IncomingFiles;

  constructor(settings: IncomingSettings) {
    this.#root = resolve(settings.root);
    this.#incoming = new IncomingFiles({ ...settings, root: this.#root });
  }

  async saveImage(name: string, body: AsyncIterable<Uint8Array>): Promise<StoredImage> {
    checkKey(name);
    return this.#incoming.picture(body, async (picture) => {
      const { width, height, contentType, bytes, sha256, extension } = picture;
      const mediaKey = name + extension;
      const thumbnailKey = `${name}.thumbnail.jpg`;
      await this.#publish(picture.thumbnail.path, thumbnailKey);
      const others = otherNames(name, extension);
      const removed = others.map((key) => unlink(this.#path(key)).catch(nothingIfGone));
      await Promise.all([this.#publish(picture.path, mediaKey), ...removed]);
      return { mediaKey, thumbnailKey, width, height, contentType, bytes, sha256 };
    });
  }

  async save(key: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
    checkKey(key);
    return this.#incoming.file(body, async ({ path, bytes, sha256 }) => {
      await this.#publish(path, key);
      return { bytes, sha256 };
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

  /** A folder has none. */
  async link(key: string): Promise<null> {
    checkKey(key);
    return null;
  }

  async remove(key: string): Promise<void> {
    const path = this.#path(key);
    await unlink(path).catch(nothingIfGone);
    await this.#removeEmpty(dirname(path));
  }

  removeAll(keys: Iterable<string>): Promise<void> {
    return someAtOnce(keys, removedAtOnce, (key) => this.remove(key));
  }

  async *writtenBefore(time: Date): AsyncGenerator<string, void, undefined> {
    for await (const { key, writtenAt } of this.#files()) if (writtenAt < time) yield key;
  }

  async *list(): AsyncGenerator<{ key: string; bytes: number }, void, undefined> {
    for await (const { key, bytes } of this.#files()) yield { key, bytes };
  }

  async has(key: string): Promise<boolean> {
    return (await stat(this.#path(key)).catch(nothingIfGone)) !== null;
  }

  sha256(key: string): Promise<string | null> {
    return sha256Of(this, key);
  }

  async addCopy(key: string, body: AsyncIterable<Uint8Array>) {
    const place = this.#path(key);
    return this.#incoming.file(body, async ({ path, bytes, sha256 }) => {
      try {
        // Unlike a rename it takes nobody's place.
        await this.#place(key, () => link(path, place));
      } catch (error) {
        if (isThere(error)) return null;
        throw error;
      }
      const { ino } = await stat(path);
      const takeBack = async () => {
        const there = await stat(place).catch(nothingIfGone);
        if (there?.ino === ino) await this.remove(key);
      };
      return { bytes, sha256, readBack: () => sha256Of(this, key), takeBack };
    });
  }

  async *#files(): AsyncGenerator<{ key: string; bytes: number; writtenAt: Date }, void, undefined> {
    for (const shard of await entriesOf(this.#root)) {
      if (!shard.isDirectory() || !isShard(shard.name)) continue;
      const folder = join(this.#root, shard.name);
      for (const entry of await entriesOf(folder, true)) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const found = await stat(path).catch(nothingIfGone);
        const key = relative(folder, path).split(sep).join('/');
        if (found !== null && isKey(key)) yield { key, bytes: found.size, writtenAt: found.mtime };
      }
    }
  }

  #path(key: string): string {
    checkKey(key);
    return join(this.#root, shardOf(key), key);
  }

  #publish(file: string, key: string): Promise<void> {
    return this.#place(key, () => rename(file, this.#path(key)));
  }

  async #place(key: string, put: () => Promise<void>): Promise<void> {
    // Nearly always its folder is there. If not, it is made, and somebody else may find it empty and remove it.
    for (let tries = 1; ; tries += 1)
      try {
        if (tries > 1) await mkdir(dirname(this.#path(key)), { recursive: true, mode: 0o700 });
        return await put();
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
}

/** Nothing when the folder is gone, or was never made. */
async function entriesOf(folder: string, recursive = false) {
  try {
    return await readdir(folder, { withFileTypes: true, recursive });
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}
