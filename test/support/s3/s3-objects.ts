import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { S3Fault } from './s3-fault.js';

export interface S3Object {
  readonly path: string;
  readonly bytes: number;
  readonly etag: string;
  readonly writtenAt: Date;
  readonly headers: Readonly<Record<string, string>>;
}

interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, S3Object>;
}

/** What S3 wants of every part but the last. */
const leastPartBytes = 5 * 2 ** 20;

/** Objects of one bucket; their bytes lie in a folder, what is known of them in memory. */
export class S3Objects {
  readonly objects = new Map<string, S3Object>();
  readonly uploads = new Map<string, Upload>();

  constructor(private readonly folder: string) {}

  /** Takes the body in and checks it; nobody sees it yet. @param sha256 hex; `null`: anything */
  async receive(
    body: Readable,
    sha256: string | null,
    headers: Readonly<Record<string, string>>,
  ): Promise<S3Object> {
    const path = join(this.folder, randomUUID());
    const hashes = { sha256: createHash('sha256'), md5: createHash('md5') };
    body.on('data', (chunk: Buffer) => {
      hashes.sha256.update(chunk);
      hashes.md5.update(chunk);
    });
    await pipeline(body, createWriteStream(path));
    if (sha256 !== null && hashes.sha256.digest('hex') !== sha256) {
      await rm(path);
      throw new S3Fault(400, 'XAmzContentSHA256Mismatch');
    }
    const { size: bytes } = await stat(path);
    return { path, bytes, etag: `"${hashes.md5.digest('hex')}"`, writtenAt: new Date(), headers };
  }

  async put(key: string, object: S3Object, onlyNew: boolean): Promise<void> {
    const before = this.objects.get(key);
    if (onlyNew && before !== undefined) {
      await rm(object.path);
      throw new S3Fault(412, 'PreconditionFailed');
    }
    this.objects.set(key, object);
    if (before !== undefined) await rm(before.path);
  }

  find(key: string): S3Object {
    const object = this.objects.get(key);
    if (object === undefined) throw new S3Fault(404, 'NoSuchKey', { Key: key });
    return object;
  }

  async remove(key: string): Promise<void> {
    const object = this.objects.get(key);
    this.objects.delete(key);
    if (object !== undefined) await rm(object.path);
  }

  begin(key: string, headers: Readonly<Record<string, string>>): string {
    const id = randomUUID();
    this.uploads.set(id, { key, headers, parts: new Map() });
    return id;
  }

  upload(id: string, key: string): Upload {
    const upload = this.uploads.get(id);
    if (upload?.key !== key) throw new S3Fault(404, 'NoSuchUpload');
    return upload;
  }

  /** @param wanted number and ETag of each part, in order */
  async complete(id: string, key: string, wanted: readonly [number, string][], onlyNew: boolean) {
    const { parts, headers } = this.upload(id, key);
    const found = wanted.map(([number, etag]) => {
      const part = parts.get(number);
      if (part?.etag !== etag) throw new S3Fault(400, 'InvalidPart');
      return part;
    });
    if (found.length === 0) throw new S3Fault(400, 'MalformedXML');
    if (found.slice(0, -1).some(({ bytes }) => bytes < leastPartBytes))
      throw new S3Fault(400, 'EntityTooSmall');
    const path = join(this.folder, randomUUID());
    for (const part of found)
      await pipeline(createReadStream(part.path), createWriteStream(path, { flags: 'a' }));
    const sum = createHash('md5').update(found.map(({ etag }) => etag).join(''));
    const object: S3Object = {
      ...{ path, headers, writtenAt: new Date(), etag: `"${sum.digest('hex')}-${found.length}"` },
      bytes: found.reduce((bytes, part) => bytes + part.bytes, 0),
    };
    await this.put(key, object, onlyNew);
    await this.abort(id);
    return object;
  }

  async abort(id: string): Promise<void> {
    for (const { path } of this.uploads.get(id)?.parts.values() ?? []) await rm(path, { force: true });
    this.uploads.delete(id);
  }
}
