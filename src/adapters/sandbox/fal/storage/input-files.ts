import type { ServedFiles } from './served-files.js';

/** Addresses of this server, whatever port an earlier process had. */
const ownFile = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/files\//;
const loopback = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//;
const fetchMilliseconds = 10_000;

/** The files that inputs name: own ones straight from the folder, data URIs, and other servers on loopback. */
export class InputFiles {
  constructor(
    private readonly served: ServedFiles,
    /** The largest file taken, in bytes. */
    private readonly limit: number,
  ) {}

  /**
   * Weights anywhere outside are believed to exist, because the sandbox never goes out to look, unless the
   * path says `missing`: that is how to try `file_download_error`.
   */
  weightsMayExist(url: string): boolean {
    const path = new URL(url).pathname;
    if (/missing/i.test(path)) return false;
    return !ownFile.test(url) || this.served.has(path);
  }

  /** `undefined` when the file cannot be had: gone, expired, too large, or not on this machine. */
  async read(url: string): Promise<Buffer | undefined> {
    if (url.startsWith('data:')) return decodeDataUri(url);
    const { pathname } = new URL(url);
    if (/missing/i.test(pathname)) return undefined;
    if (ownFile.test(url)) return this.served.read(pathname, this.limit);
    return loopback.test(url) ? this.#fetch(url) : undefined;
  }

  async #fetch(url: string): Promise<Buffer | undefined> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(fetchMilliseconds) });
      const announced = Number(response.headers.get('content-length') ?? 0);
      if (!response.ok || announced > this.limit) return undefined;
      return Buffer.from(await response.arrayBuffer());
    } catch {
      // Refused, reset, too slow: for the one who asked it is all one, the file cannot be had.
      return undefined;
    }
  }
}

function decodeDataUri(uri: string): Buffer | undefined {
  const match = /^data:[^,]*?(;base64)?,(.*)$/s.exec(uri);
  if (match?.[2] === undefined) return undefined;
  return match[1] === undefined ? Buffer.from(decodeURIComponent(match[2])) : Buffer.from(match[2], 'base64');
}
