import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { IncomingFile } from '../incoming-files.js';
import { refusalIn, S3Refused } from './s3-refused.js';
import { bodyOf, type S3Requests } from './s3-requests.js';
import { firstTag, hasTag, insideOf } from './s3-xml.js';

interface S3Sizes {
  /** From so many bytes on a file goes in parts: one that breaks off is sent again alone. */
  readonly whole: number;
  /** Of a part: 10,000 are the most, 5 MiB the least; R2 wants all but the last of one size. */
  readonly part: number;
}
const usualSizes: S3Sizes = { whole: 64_000_000, part: 16 * 2 ** 20 };
/** What S3 gives at once. */
const pageKeys = 1000;

/** What is known of an object without reading it. */
interface S3Head {
  readonly bytes: number;
  /** As it was noted when it came. */
  readonly sha256: string | null;
  /** Of the copy that put it there. */
  readonly copy: string | null;
}

interface S3Object {
  readonly key: string;
  readonly bytes: number;
  readonly writtenAt: Date;
}

interface PutOptions {
  readonly contentType: string;
  /** Only where nothing is; the object is marked with this. */
  readonly copy?: string;
}

/** Objects of one bucket, below the prefix of this installation. Every method may throw S3Refused. */
export class S3Bucket {
  constructor(
    private readonly requests: S3Requests,
    private readonly sizes: S3Sizes = usualSizes,
  ) {}

  /** Puts a whole file; it becomes visible when all of it has come and its hash is right. `false`: something was there. */
  async put(key: string, file: IncomingFile, { contentType, copy }: PutOptions): Promise<boolean> {
    const headers = {
      'content-type': contentType,
      'x-amz-meta-sha256': file.sha256,
      ...(copy === undefined ? {} : { 'x-amz-meta-copy': copy }),
    };
    const write = (condition: Readonly<Record<string, string>>) =>
      file.bytes < this.sizes.whole
        ? this.#putWhole(key, file, { ...headers, ...condition })
        : this.#putInParts(key, file, headers, condition);
    if (copy === undefined) {
      await write({});
      return true;
    }
    try {
      await write({ 'if-none-match': '*' });
      return true;
    } catch (error) {
      if (!(error instanceof S3Refused)) throw error;
      // A try that broke off may have succeeded, and then it is ours that is there.
      if (error.status === 412 || error.status === 409) return (await this.head(key))?.copy === copy;
      if (error.status !== 501) throw error;
    }
    // Some servers do not know the condition: then the look that came before has to do.
    if ((await this.head(key)) !== null) return false;
    await write({});
    return true;
  }

  /** The answer, its body still to be read. `from`: without the bytes before it, if it is still the same object. */
  async get(key: string, from?: { readonly byte: number; readonly etag: string }): Promise<IncomingMessage> {
    const headers: Record<string, string> =
      from === undefined ? {} : { range: `bytes=${from.byte}-`, 'if-match': from.etag };
    return this.requests.send({ method: 'GET', path: this.#path(key), headers });
  }

  async head(key: string): Promise<S3Head | null> {
    try {
      const { headers } = await this.requests.ask({ method: 'HEAD', path: this.#path(key) });
      return {
        bytes: Number(headers['content-length']),
        sha256: headerOf(headers['x-amz-meta-sha256']),
        copy: headerOf(headers['x-amz-meta-copy']),
      };
    } catch (error) {
      if (error instanceof S3Refused && error.isNoSuchKey) return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await this.requests.ask({ method: 'DELETE', path: this.#path(key) });
    } catch (error) {
      // Not S3's answer, but that of some who speak like it.
      if (!(error instanceof S3Refused && error.isNoSuchKey)) throw error;
    }
  }

  async *list(): AsyncGenerator<S3Object, void, undefined> {
    for (let token: string | null = null; ; ) {
      const page = await this.#page(pageKeys, token);
      yield* page.objects;
      if (page.next === null) return;
      token = page.next;
    }
  }

  link(key: string, seconds: number): Promise<string> {
    return this.requests.link(this.#path(key), seconds);
  }

  /** A small text of our own, out of the way of all keys; `null`: there is none. */
  async note(name: string): Promise<string | null> {
    try {
      return (await this.requests.ask({ method: 'GET', path: this.#path(noteKey(name)) })).text;
    } catch (error) {
      if (error instanceof S3Refused && error.isNoSuchKey) return null;
      throw error;
    }
  }

  async writeNote(name: string, text: string): Promise<void> {
    const body = bodyOf(Buffer.from(text));
    const headers = { 'content-type': 'text/plain' };
    await this.requests.ask({ method: 'PUT', path: this.#path(noteKey(name)), body, headers });
  }

  /** Lists, as whoever is allowed nothing cannot. */
  async look(): Promise<void> {
    await this.#page(1, null);
  }

  /** Does everything once that will be needed. */
  async tryAll(): Promise<void> {
    const name = `trial-${randomUUID()}`;
    await this.look();
    await this.writeNote(name, name);
    const read = await this.note(name);
    await this.remove(noteKey(name));
    if (read !== name) throw new S3Refused(0, '', null, { cause: new Error('it forgets what it took') });
  }

  /** Whether deleted objects stay as old versions; `null`: the keys may not ask. */
  async keepsVersions(): Promise<boolean | null> {
    try {
      const { text } = await this.requests.ask({ method: 'GET', path: '', query: { versioning: '' } });
      return firstTag(text, 'Status') === 'Enabled';
    } catch (error) {
      if (error instanceof S3Refused && !error.mayPass) return null;
      throw error;
    }
  }

  async #putWhole(key: string, file: IncomingFile, headers: Readonly<Record<string, string>>): Promise<void> {
    const body = { ...file, open: () => createReadStream(file.path) };
    await this.requests.ask({ method: 'PUT', path: this.#path(key), headers, body });
  }

  async #putInParts(
    key: string,
    file: IncomingFile,
    headers: Readonly<Record<string, string>>,
    condition: Readonly<Record<string, string>>,
  ): Promise<void> {
    const path = this.#path(key);
    const { text } = await this.requests.ask({ method: 'POST', path, query: { uploads: '' }, headers });
    const uploadId = firstTag(text, 'UploadId');
    if (uploadId === null) throw refusalIn(200, text);
    try {
      const parts = await this.#sendParts(path, uploadId, file);
      const body = bodyOf(Buffer.from(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`));
      const done = await this.requests.ask({
        ...{ method: 'POST', path, query: { uploadId }, body },
        headers: { 'content-type': 'application/xml', ...condition },
      });
      // It may say 200 first and find out later that it went wrong.
      if (!hasTag(done.text, 'CompleteMultipartUploadResult')) throw refusalIn(200, done.text);
    } catch (error) {
      // What stays all the same goes by the bucket's own rule, after a day.
      await this.requests.ask({ method: 'DELETE', path, query: { uploadId } }).catch(() => undefined);
      throw error;
    }
  }

  async #sendParts(path: string, uploadId: string, { path: file, bytes }: IncomingFile): Promise<string> {
    const source = await open(file);
    const { part: partBytes } = this.sizes;
    let parts = '';
    try {
      for (let at = 0, number = 1; at < bytes; at += partBytes, number += 1) {
        const part = Buffer.alloc(Math.min(partBytes, bytes - at));
        await source.read(part, 0, part.byteLength, at);
        const { headers } = await this.requests.ask({
          ...{ method: 'PUT', path, body: bodyOf(part) },
          query: { partNumber: String(number), uploadId },
        });
        parts += `<Part><PartNumber>${number}</PartNumber><ETag>${headers.etag}</ETag></Part>`;
      }
    } finally {
      await source.close();
    }
    return parts;
  }

  async #page(most: number, token: string | null): Promise<{ objects: S3Object[]; next: string | null }> {
    const { prefix } = this.requests.settings;
    const { text } = await this.requests.ask({
      method: 'GET',
      path: '',
      query: {
        ...{ 'list-type': '2', 'max-keys': String(most), prefix },
        ...(token === null ? {} : { 'continuation-token': token }),
      },
    });
    // A proxy's page is no empty bucket.
    if (!hasTag(text, 'ListBucketResult')) throw refusalIn(200, text);
    const objects = insideOf(text, 'Contents').map((object) => ({
      key: (firstTag(object, 'Key') ?? '').slice(prefix.length),
      bytes: Number(firstTag(object, 'Size')),
      writtenAt: new Date(firstTag(object, 'LastModified') ?? 0),
    }));
    return { objects, next: firstTag(text, 'NextContinuationToken') };
  }

  #path(key: string): string {
    return this.requests.settings.prefix + key;
  }
}

const headerOf = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' ? header : null;

/** No key begins with a dot. */
const noteKey = (name: string): string => `.aisha/${name}`;
