import { createHash } from 'node:crypto';
import { Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { refusalIn, S3Refused, type S3Settings } from './s3-refused.js';

/** What is sent: it can be opened anew for every try. */
export interface S3Body {
  readonly bytes: number;
  /** Hex. The server checks it before anything becomes visible. */
  readonly sha256: string;
  open(): Readable;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** With the prefix; empty: the bucket itself. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: S3Body;
}

export interface S3Manners {
  /** So long neither side may be silent. 30,000. */
  readonly silenceMilliseconds?: number;
  /** 4. */
  readonly tries?: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** Where names of hosts lead to. */
  readonly lookup?: LookupFunction;
}

/** More than a worker has in hand at once. */
const mostConnections = 64;
/** An answer that says why it is none. */
const mostErrorBytes = 65_536;
const longestLinkSeconds = 900;
const sha256OfNothing = createHash('sha256').digest('hex');

/** Signs requests for one bucket, sends them, and tries again what may pass. */
export class S3Requests {
  readonly #agent: HttpAgent | HttpsAgent;
  readonly #base: URL;
  readonly #signingKeys = new Map<string, ArrayBuffer>();

  constructor(
    readonly settings: S3Settings,
    private readonly manners: S3Manners = {},
  ) {
    const { endpoint, bucket, pathStyle } = settings;
    this.#base = new URL(endpoint);
    if (pathStyle) this.#base.pathname = `${this.#base.pathname.replace(/\/$/, '')}/${bucket}`;
    else this.#base.host = `${bucket}.${this.#base.host}`;
    const agent = { keepAlive: true, maxSockets: mostConnections };
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(agent) : new HttpAgent(agent);
  }

  /** The answer, its body still to be read. @throws S3Refused */
  async send(request: S3Request): Promise<IncomingMessage> {
    const { tries = 4, sleep: wait = (milliseconds: number) => sleep(milliseconds) } = this.manners;
    for (let count = 1; ; count += 1)
      try {
        return await this.#sendOnce(request);
      } catch (error) {
        if (!(error instanceof S3Refused) || !error.mayPass || error.isFull || count >= tries) throw error;
        // 0.2 to 0.4 s, then four times as long each time: not all processes at the same moment.
        await wait(200 * 4 ** (count - 1) * (1 + Math.random()));
      }
  }

  /** The same, for answers that are short. */
  async ask(request: S3Request): Promise<{ headers: IncomingMessage['headers']; text: string }> {
    const answer = await this.send(request);
    return { headers: answer.headers, text: await textOf(answer) };
  }

  /** An address under which anybody gets the file, for at most 15 minutes. */
  async link(path: string, seconds: number): Promise<string> {
    const url = this.#address(path, {});
    url.searchParams.set('X-Amz-Expires', String(Math.min(seconds, longestLinkSeconds)));
    const { url: signed } = await this.#signer({ method: 'GET', url, signQuery: true }).sign();
    return signed.href;
  }

  /** Ends the connections that wait for more to do. */
  close(): void {
    this.#agent.destroy();
  }

  async #sendOnce({ method, path, query = {}, headers = {}, body }: S3Request) {
    const url = this.#address(path, query);
    const signed = await this.#signer({
      method,
      url,
      headers: { ...headers, 'x-amz-content-sha256': body?.sha256 ?? sha256OfNothing },
    }).sign();
    const answer = await this.#exchange(signed, body).catch((cause: unknown) => {
      throw new S3Refused(0, '', null, { cause });
    });
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const region = answer.headers['x-amz-bucket-region'];
    throw refusalIn(status, await textOf(answer), typeof region === 'string' ? region : null);
  }

  #exchange(
    signed: { method: string; url: URL; headers: Headers },
    body: S3Body | undefined,
  ): Promise<IncomingMessage> {
    const { silenceMilliseconds = 30_000, lookup } = this.manners;
    const sending = (signed.url.protocol === 'https:' ? overHttps : overHttp)(signed.url, {
      method: signed.method,
      agent: this.#agent,
      headers: {
        ...Object.fromEntries(signed.headers),
        ...(body === undefined ? {} : { 'content-length': body.bytes }),
      },
      ...(lookup === undefined ? {} : { lookup }),
    });
    // Counted by the socket, up and down: a slow line is no silence.
    sending.setTimeout(silenceMilliseconds, () =>
      sending.destroy(new Error(`silent for ${silenceMilliseconds / 1000} s`)),
    );
    return new Promise((resolve, reject) => {
      sending.once('response', (answer) => {
        // Whoever reads it is told too; where nobody does, it is no fault of ours.
        answer.on('error', () => undefined);
        resolve(answer);
      });
      // There may be more than one, and the first of them is told.
      sending.on('error', reject);
      if (body === undefined) sending.end();
      else
        body
          .open()
          .once('error', (error) => sending.destroy(error))
          .pipe(sending);
    });
  }

  #address(path: string, query: Readonly<Record<string, string>>): URL {
    const url = new URL(this.#base);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // A plus would be a plus for some servers and a blank for others.
    url.search = url.search.replaceAll('+', '%20');
    return url;
  }

  #signer(what: { method: string; url: URL; headers?: Record<string, string>; signQuery?: boolean }) {
    const { accessKeyId, secretAccessKey, region } = this.settings;
    return new AwsV4Signer({
      ...what,
      url: what.url.href,
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
      cache: this.#signingKeys,
    });
  }
}

/** What is in memory, to be sent. */
export const bodyOf = (bytes: Uint8Array): S3Body => ({
  bytes: bytes.byteLength,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  open: () => Readable.from(bytes.byteLength === 0 ? [] : [bytes]),
});

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (answer.statusCode !== 200 && bytes > mostErrorBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new S3Refused(0, '', null, { cause });
  }
  return Buffer.concat(chunks).toString();
}
