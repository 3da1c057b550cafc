import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { readIfThere, writeAtomically } from '../atomic-file.js';

/** What was said about a file when its upload was announced. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly announcedAt: number;
  /** Milliseconds since 1970; without it the file stays. */
  readonly expiresAt?: number;
  /** The header `X-Fal-Object-Lifecycle` as it came. */
  readonly lifecycle?: string;
}

export class UploadTooLarge extends Error {
  override readonly name = 'UploadTooLarge';
}

const mostRemembered = 500;
const uploadId = /^[0-9a-f-]{36}$/;

/** fal's storage: files that clients uploaded, in `uploads/`, each beside a description. */
export class UploadFolder {
  readonly #folder: string;
  readonly #latest: UploadedFile[] = [];

  constructor(
    folder: string,
    private readonly now: () => number,
    /** The largest file taken, in bytes. */
    private readonly limit: number,
  ) {
    this.#folder = join(folder, 'uploads');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** The latest announced by this process, oldest first. */
  latest(): readonly UploadedFile[] {
    return this.#latest;
  }

  announce(file: Omit<UploadedFile, 'id' | 'announcedAt'>): UploadedFile {
    const described = { ...file, id: randomUUID(), announcedAt: this.now() };
    writeAtomically(this.#description(described.id), JSON.stringify(described));
    this.#latest.push(described);
    if (this.#latest.length > mostRemembered) this.#latest.shift();
    return described;
  }

  /** The file as announced, whether its content has come or not; `undefined` when unknown or expired. */
  announced(id: string): UploadedFile | undefined {
    if (!uploadId.test(id)) return undefined;
    const text = readIfThere(this.#description(id));
    if (text === undefined) return undefined;
    const file = JSON.parse(text) as UploadedFile;
    if (file.expiresAt !== undefined && this.now() >= file.expiresAt) {
      rmSync(this.contentPath(id), { force: true });
      return undefined;
    }
    return file;
  }

  /** Only files that are complete and not expired. */
  find(id: string): UploadedFile | undefined {
    const file = this.announced(id);
    return file !== undefined && existsSync(this.contentPath(id)) ? file : undefined;
  }

  /** @throws UploadTooLarge when there are more bytes than the limit; nothing is kept then. */
  async receive(id: string, bodies: readonly ReadableStream[]): Promise<void> {
    const draft = `${this.contentPath(id)}.${randomUUID()}.tmp`;
    let bytes = 0;
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length;
        if (bytes > this.limit) done(new UploadTooLarge(`More than ${this.limit} bytes`));
        else done(null, chunk);
      },
    });
    const all = Readable.from(
      (async function* () {
        for (const body of bodies) yield* Readable.fromWeb(body);
      })(),
      { objectMode: false },
    );
    try {
      await pipeline(all, counted, createWriteStream(draft, { mode: 0o600 }));
      renameSync(draft, this.contentPath(id));
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Where the file is served, below the address of the server. */
  servedPath({ id, name }: UploadedFile): string {
    return `/files/uploads/${id}/${encodeURIComponent(name)}`;
  }

  contentPath(id: string): string {
    return join(this.#folder, `${id}.bin`);
  }

  #description(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
