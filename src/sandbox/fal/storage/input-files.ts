import { open } from 'node:fs/promises';
import type { MadeFile, ServedFiles, StoredFile } from './served-files.js';
import type { ByteSource } from './zip-listing.js';

/** Addresses of this server, whatever port an earlier process had. */
const ownFile = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/files\//;
const loopback = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//;
const fetchMilliseconds = 10_000;
/** The largest file that is taken into memory, in bytes: a photo, or a small archive of another server. */
const largestInMemory = 64 * 2 ** 20;

/** The files that inputs name: own ones straight from the folder, data URIs, and other servers on loopback. */
export class InputFiles {
  constructor(private readonly served: ServedFiles) {}

  /**
   * Weights anywhere outside are believed to exist, because the sandbox never goes out to look, unless the
   * path says `missing`: that is how to try `file_download_error`.
   */
  weightsMayExist(url: string): boolean {
    const path = new URL(url).pathname;
    if (/missing/i.test(path)) return false;
    return !ownFile.test(url) || this.served.find(path) !== undefined;
  }

  /** The whole file; `undefined` when it cannot be had: gone, expired, too large, or not on this machine. */
  async read(url: string): Promise<Buffer | undefined> {
    const source = await this.source(url);
    return source === undefined || source.size > largestInMemory ? undefined : source.read(0, source.size);
  }

  /** The file to be read in parts: an archive of own storage may be larger than memory. */
  async source(url: string): Promise<ByteSource | undefined> {
    if (url.startsWith('data:')) return inMemory(decodeDataUri(url));
    const { pathname } = new URL(url);
    if (/missing/i.test(pathname)) return undefined;
    if (ownFile.test(url)) return sourceOf(this.served.find(pathname));
    return loopback.test(url) ? inMemory(await download(url)) : undefined;
  }
}

async function sourceOf(file: MadeFile | StoredFile | undefined): Promise<ByteSource | undefined> {
  if (file === undefined) return undefined;
  return 'bytes' in file ? inMemory(await file.bytes()) : onDisk(file);
}

function onDisk({ path, size }: StoredFile): ByteSource {
  return {
    size,
    read: async (offset, length) => {
      const file = await open(path);
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

function inMemory(bytes: Buffer | undefined): ByteSource | undefined {
  return (
    bytes && { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) }
  );
}

async function download(url: string): Promise<Buffer | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchMilliseconds) });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.length;
      if (!response.ok || size > largestInMemory) return undefined;
      parts.push(part);
    }
    return response.ok ? Buffer.concat(parts) : undefined;
  } catch {
    // Refused, reset, too slow: for the one who asked it is all one, the file cannot be had.
    return undefined;
  }
}

function decodeDataUri(uri: string): Buffer | undefined {
  const match = /^data:[^,]*?(;base64)?,(.*)$/s.exec(uri);
  if (match?.[2] === undefined) return undefined;
  return match[1] === undefined ? Buffer.from(decodeURIComponent(match[2])) : Buffer.from(match[2], 'base64');
}
