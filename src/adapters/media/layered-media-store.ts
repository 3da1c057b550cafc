import type { Readable } from 'node:stream';
import { type MediaStore, NoSuchFile } from '../../application/ports/media-store.js';
import type { CopyableMedia } from '../../application/ports/operator/copyable-media.js';
import type { StoredImage } from '../../domain/stored-image.js';
import { otherNames } from './image-content.js';

type Store = MediaStore & CopyableMedia;

interface Layers {
  /** Where files are kept. */
  readonly first: Store;
  /** Where they were kept before, or shall be: what is not there yet is read here, until it was copied. */
  readonly second: Store;
}

/**
 * Two stores that look like one, while files move from one to the other. A file is written to the first and removed
 * from both, so nothing is lost on the way and nothing that was deleted comes back.
 */
export class LayeredMediaStore implements MediaStore {
  readonly #first: Store;
  readonly #second: Store;

  constructor({ first, second }: Layers) {
    this.#first = first;
    this.#second = second;
  }

  async saveImage(name: string, body: AsyncIterable<Uint8Array>): Promise<StoredImage> {
    const stored = await this.#first.saveImage(name, body);
    // What it replaces would be read again as soon as the new one is removed.
    await this.#second.removeAll([...otherNames(name, ''), stored.thumbnailKey]);
    return stored;
  }

  async save(key: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
    const saved = await this.#first.save(key, body);
    await this.#second.remove(key);
    return saved;
  }

  read(key: string): Promise<Readable> {
    return this.#fromEither((store) => store.read(key));
  }

  bytes(key: string): Promise<Buffer> {
    return this.#fromEither((store) => store.bytes(key));
  }

  async link(key: string, seconds: number): Promise<string | null> {
    return (await this.#first.link(key, seconds)) ?? this.#second.link(key, seconds);
  }

  /**
   * The copy takes from the second what it puts into the first, and looks afterwards whether it is still there: so
   * the second goes first, and a copy that is just being made is taken back there or removed here.
   */
  async remove(key: string): Promise<void> {
    await this.#second.remove(key);
    await this.#first.remove(key);
  }

  async removeAll(keys: Iterable<string>): Promise<void> {
    const all = [...keys];
    await this.#second.removeAll(all);
    await this.#first.removeAll(all);
  }

  async *writtenBefore(time: Date): AsyncGenerator<string, void, undefined> {
    yield* this.#first.writtenBefore(time);
    yield* this.#second.writtenBefore(time);
  }

  async #fromEither<Found>(from: (store: MediaStore) => Promise<Found>): Promise<Found> {
    // Once more at last: it may have been written to the first while it was looked for in the second.
    for (const store of [this.#first, this.#second])
      try {
        return await from(store);
      } catch (error) {
        if (!(error instanceof NoSuchFile)) throw error;
      }
    return from(this.#first);
  }
}
