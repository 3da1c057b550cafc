import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Turns } from '../../application/policy/turns.js';
import { NoRoom } from '../../application/ports/media-store.js';
import type { StoredImage } from '../../domain/stored-image.js';
import { isFull } from './file-errors.js';
import { imageTypes, inspect } from './image-content.js';
import { receive, toDisk } from './receive.js';

export interface IncomingSettings {
  /** Of the media folder, made if missing. */
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

/** A file that is whole. */
export interface IncomingFile {
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** A picture that was looked at, and its thumbnail beside it. */
export interface IncomingPicture extends IncomingFile {
  readonly thumbnail: IncomingFile;
  /** Of its type, with a dot. */
  readonly extension: string;
  readonly contentType: StoredImage['contentType'];
  readonly width: number;
  readonly height: number;
}

/** Half-written files wait here until they are whole. */
const incoming = '.incoming';

/** What a killed process left there is rubbish after this time. */
const leftoverMilliseconds = 3_600_000;

/** Files on their way in: received on this disk and looked at, before anybody else can see them. */
export class IncomingFiles {
  readonly #folder: string;
  /** A decoded picture takes tens of megabytes, and decoding more at once than there are cores is not faster. */
  readonly #decoding = new Turns(availableParallelism());
  #prepared: Promise<void> | null = null;

  constructor(private readonly settings: IncomingSettings) {
    this.#folder = join(settings.root, incoming);
    // For the whole process: libvips would keep 50 MB of results, and no picture is looked at twice here.
    sharp.cache(false);
  }

  /**
   * Receives a picture, decodes it once and makes its thumbnail; whatever `keep` has not moved away is removed.
   * @throws BadDownload when it is no such picture; NoRoom when the disk is full
   */
  async picture<Kept>(
    body: AsyncIterable<Uint8Array>,
    keep: (picture: IncomingPicture) => Promise<Kept>,
  ): Promise<Kept> {
    const { maximumImageBytes = 100_000_000, maximumImagePixels: pixels } = this.settings;
    const { decodingSeconds: seconds, maximumScans: scans } = this.settings;
    return this.#whileIncoming(async (path, thumbnailPath) => {
      const received = await receive(body, path, { maximumBytes: maximumImageBytes, image: true });
      const look = async () => {
        const content = await this.#decoding.take(() => inspect(path, { pixels, seconds, scans }));
        await writeFile(thumbnailPath, content.thumbnail, { flag: 'wx', mode: 0o600, flush: true });
        if (content.mended === null) return { ...content, ...received };
        await writeFile(path, content.mended, { flush: true });
        return { ...content, ...summaryOf(content.mended) };
      };
      // The disk takes the picture while it is looked at.
      const [{ type, width, height, bytes, sha256, thumbnail }] = await Promise.all([look(), toDisk(path)]);
      return keep({
        ...{ path, bytes, sha256, width, height, ...imageTypes[type] },
        thumbnail: { path: thumbnailPath, ...summaryOf(thumbnail) },
      });
    });
  }

  /** The same for a file of any kind. @throws NoRoom */
  async file<Kept>(
    body: AsyncIterable<Uint8Array>,
    keep: (file: IncomingFile) => Promise<Kept>,
  ): Promise<Kept> {
    return this.#whileIncoming(async (path) => {
      const received = await receive(body, path);
      await toDisk(path);
      return keep({ path, ...received });
    });
  }

  /** Gives two names to write to; whatever is left under them afterwards goes away. */
  async #whileIncoming<T>(work: (first: string, second: string) => Promise<T>): Promise<T> {
    const first = join(this.#folder, randomUUID());
    const second = `${first}.thumbnail`;
    try {
      this.#prepared ??= this.#prepare();
      await this.#prepared;
      return await work(first, second);
    } catch (error) {
      throw isFull(error) ? new NoRoom({ cause: error }) : error;
    } finally {
      await Promise.all([rm(first, { force: true }), rm(second, { force: true })]);
    }
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      // Once there is room it shall be tried anew.
      this.#prepared = null;
      throw error;
    });
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      // Another process may be writing here, or sweeping too.
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > leftoverMilliseconds) await rm(path, { force: true });
    }
  }
}

const summaryOf = (file: Uint8Array) => ({
  bytes: file.byteLength,
  sha256: createHash('sha256').update(file).digest('hex'),
});
