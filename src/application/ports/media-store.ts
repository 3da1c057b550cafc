import type { Readable } from 'node:stream';
import type { StoredImage } from '../../domain/stored-image.js';

/** It was deleted, or never was. */
export class NoSuchFile extends Error {
  override readonly name = 'NoSuchFile';

  constructor(key: string, options?: ErrorOptions) {
    super(`there is no file ${key} in the media store`, options);
  }
}

/**
 * Files cannot be kept now: the disk is full, or the bucket takes none. Nothing is wrong with what was to be kept, and
 * it may come again once there is room.
 */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';

  constructor(options?: ErrorOptions, why = 'there is no room left for files') {
    super(why, options);
  }
}

/** Our own copies of everything we keep: images, thumbnails, weights, photos. */
export interface MediaStore {
  /**
   * Streams an image in, checks by its content that it is a JPEG, PNG or WebP within the pixel limit, and makes
   * its thumbnail. Writing the same `name` again replaces it; nothing half-written is ever visible.
   * Throws BadDownload when the bytes are not such an image, NoRoom when it cannot be kept now.
   */
  saveImage(name: string, body: AsyncIterable<Uint8Array>): Promise<StoredImage>;
  /** Streams any file in. `key` is the name it is read by. Returns bytes and hex SHA-256. @throws NoRoom */
  save(key: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }>;
  /** @throws NoSuchFile */
  read(key: string): Promise<Readable>;
  /** The whole file in memory, for a way in that sends files. @throws NoSuchFile */
  bytes(key: string): Promise<Buffer>;
  /**
   * An address under which anybody gets the file itself, for so many seconds, 900 at most: for a way in that sends people
   * there instead of passing the bytes on. `null`: this store has no such addresses, or not for this file, so `read` it.
   */
  link(key: string, seconds: number): Promise<string | null>;
  remove(key: string): Promise<void>;
  /** Some at once: of thousands the store takes a few together. */
  removeAll(keys: Iterable<string>): Promise<void>;
  /** Keys of the files that were last written before this, in no order; what comes or goes meanwhile may be missed. */
  writtenBefore(time: Date): AsyncIterable<string>;
}
