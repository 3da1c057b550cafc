import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { RequestFolder } from '../queue/request-folder.js';
import { endOf, isJobError, outcomeOf, type RequestRecord, stageOf } from '../queue/request-record.js';
import type { UploadFolder } from './upload-folder.js';

/** Made in memory when somebody asks. */
export interface MadeFile {
  readonly contentType: string;
  readonly bytes: () => Promise<Buffer>;
}

/** Lies on disk. */
export interface StoredFile {
  readonly contentType: string;
  readonly path: string;
  readonly size: number;
}

/** Makes a file of a finished request; `undefined` when its output has no file of that name. */
export type OutputFiles = (record: RequestRecord, name: string) => MadeFile | undefined;

const pathForm = /^\/files\/(uploads|outputs)\/([0-9a-f-]{36})\/([^/]+)$/;

/** Everything under `/files/`: uploads, and the outputs of finished requests while they live. */
export class ServedFiles {
  constructor(
    private readonly requests: RequestFolder,
    private readonly uploads: UploadFolder,
    private readonly outputs: OutputFiles,
    private readonly now: () => number,
  ) {}

  find(path: string): MadeFile | StoredFile | undefined {
    const [, kind, id = '', name = ''] = pathForm.exec(path) ?? [];
    if (kind === 'uploads') return this.#uploaded(id);
    return kind === 'outputs' ? this.#output(id, decodeURIComponent(name)) : undefined;
  }

  has(path: string): boolean {
    return this.find(path) !== undefined;
  }

  /** `undefined` when there is none or it is larger than `limit` bytes. */
  async read(path: string, limit: number): Promise<Buffer | undefined> {
    const file = this.find(path);
    if (file === undefined) return undefined;
    if ('bytes' in file) return file.bytes();
    return file.size > limit ? undefined : readFile(file.path);
  }

  #uploaded(id: string): MadeFile | StoredFile | undefined {
    const file = this.uploads.find(id);
    if (file === undefined) return undefined;
    const path = this.uploads.contentPath(id);
    return { contentType: file.contentType, path, size: statSync(path).size };
  }

  #output(id: string, name: string): MadeFile | StoredFile | undefined {
    const record = this.requests.read(id);
    if (record === undefined || stageOf(record, this.now()) !== 'COMPLETED') return undefined;
    const expiresAt = (endOf(record) ?? 0) + (record.filesLiveMilliseconds ?? Number.POSITIVE_INFINITY);
    if (isJobError(outcomeOf(record)) || this.now() >= expiresAt) return undefined;
    return this.outputs(record, name);
  }
}
