import { BadDownload, type ImageDownloads } from '../../../application/ports/image-downloads.js';
import { isAllowed } from './allowed-hosts.js';

export interface FalDownloadsSettings {
  /**
   * `host[:port][/first part of the path]` each; `*.host` for all names below it. Only https is read, except from
   * loopback hosts that are listed with their port (a local stand-in for fal).
   */
  readonly allowedHosts: readonly string[];
  /** 100 MB: an enlarged picture is a PNG of 17 megapixels, which has 20 to 36 and never more than 70. */
  readonly maximumBytes?: number;
  /** 15 s without a byte. */
  readonly silenceMilliseconds?: number;
  /** 120 s for the whole file. */
  readonly totalMilliseconds?: number;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Names that fal's CDN has had so far: `fal.media`, `v2.`, `v3.` and `v3b.fal.media`. */
export const falMediaHosts = ['fal.media', '*.fal.media'] as const;

const maximumRedirects = 3;

/** Reads result files from fal's CDN. Addresses may be signed: messages name the host only. */
export class FalDownloads implements ImageDownloads {
  constructor(private readonly settings: FalDownloadsSettings) {}

  async open(address: string): Promise<AsyncIterable<Uint8Array>> {
    const deadlines = new Deadlines(this.settings);
    try {
      const response = await this.#follow(address, deadlines);
      const size = sizeOf(response);
      if (size !== null) this.#checkSize(size);
      return this.#chunks(response, size, deadlines);
    } catch (error) {
      deadlines.end();
      throw asBadDownload(error);
    }
  }

  async #follow(address: string, deadlines: Deadlines): Promise<Response> {
    const { fetch = globalThis.fetch } = this.settings;
    let url = this.#checked(address);
    for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
      const response = await deadlines.within(() =>
        // Compressed, a length would say nothing about what arrives; images do not shrink anyway.
        fetch(url, {
          redirect: 'manual',
          signal: deadlines.signal,
          headers: { 'Accept-Encoding': 'identity' },
        }),
      );
      if (response.ok) return response;
      await response.body?.cancel();
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        throw new BadDownload(`${url.host} answered ${response.status}`, mayPass(response.status));
      }
      url = this.#checked(location, url);
    }
    throw new BadDownload(`${url.host} redirected more than ${maximumRedirects} times`, false);
  }

  #checked(address: string, base?: URL): URL {
    if (!URL.canParse(address, base?.href))
      throw new BadDownload('the address of the file is malformed', false);
    const url = new URL(address, base);
    if (!isAllowed(url, this.settings.allowedHosts))
      throw new BadDownload(`files may not be read from ${url.protocol}//${url.host}`, false);
    return url;
  }

  async *#chunks(response: Response, size: number | null, deadlines: Deadlines) {
    const reader = response.body?.getReader();
    let received = 0;
    try {
      for (;;) {
        const part = await deadlines.within(async () => reader?.read());
        if (part?.value === undefined) break;
        received += part.value.byteLength;
        this.#checkSize(received);
        yield part.value;
      }
      if (size !== null && received !== size)
        throw new BadDownload(`the file ended after ${received} of ${size} bytes`, true);
    } catch (error) {
      throw asBadDownload(error);
    } finally {
      deadlines.end();
      // Without effect when all was read: the connection is kept. Of one that broke this repeats the reason, which
      // is on its way to the caller already.
      await reader?.cancel().catch(() => undefined);
    }
  }

  #checkSize(bytes: number): void {
    const { maximumBytes = 100_000_000 } = this.settings;
    if (bytes > maximumBytes) throw new BadDownload(`the file is larger than ${maximumBytes} bytes`, false);
  }
}

/** Breaks the connection when nothing comes for too long, or the whole takes too long. */
class Deadlines {
  readonly #connection = new AbortController();
  readonly #total: NodeJS.Timeout;
  readonly #silenceMilliseconds: number;

  constructor({ silenceMilliseconds = 15_000, totalMilliseconds = 120_000 }: FalDownloadsSettings) {
    this.#silenceMilliseconds = silenceMilliseconds;
    this.#total = setTimeout(() => this.#giveUp('took too long'), totalMilliseconds);
  }

  get signal(): AbortSignal {
    return this.#connection.signal;
  }

  /** Only the other side's silence counts, not the time our own disk takes between two chunks. */
  async within<T>(wait: () => Promise<T>): Promise<T> {
    const silence = setTimeout(() => this.#giveUp('fell silent'), this.#silenceMilliseconds);
    try {
      return await wait();
    } finally {
      clearTimeout(silence);
    }
  }

  end(): void {
    clearTimeout(this.#total);
  }

  #giveUp(what: string): void {
    this.#connection.abort(new BadDownload(`the download ${what}`, true));
  }
}

function sizeOf(response: Response): number | null {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? null : Number(length);
}

/** A forbidden address stays so; trouble of the server may pass, and so may a file that is not everywhere yet. */
const mayPass = (status: number): boolean =>
  status >= 500 || status === 404 || status === 408 || status === 429;

/** Whatever else `fetch` throws is a broken connection. */
const asBadDownload = (error: unknown): BadDownload =>
  error instanceof BadDownload ? error : new BadDownload('the connection broke', true, { cause: error });
