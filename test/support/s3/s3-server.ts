import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { checkSignature, type S3Account } from './check-signature.js';
import { S3Fault } from './s3-fault.js';
import { listing } from './s3-listing.js';
import { type S3Object, S3Objects } from './s3-objects.js';

export interface S3Options {
  readonly port?: number;
  readonly account?: S3Account;
  readonly bucket?: string;
}

export const localAccount: S3Account = {
  accessKeyId: 'LOCALACCESSKEY',
  secretAccessKey: 'local/secret+key=',
  region: 'eu-local-1',
};

/** What happens before a request is looked at: a fault to answer, `drop` to close the line, `hang` to say nothing. */
type Trouble = (request: IncomingMessage) => S3Fault | 'drop' | 'hang' | null;

export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly account: S3Account;
  readonly store: S3Objects;
  /** Method and path of every request that came, the newest last. */
  readonly requests: string[];
  /** May be set at any time. */
  trouble: Trouble;
  /** Breaks the line after so many bytes of the next body that is read. */
  breakAfter: number | null;
  /** Its clock: milliseconds since 1970. */
  now: () => number;
  /** Versions are kept, says the bucket. */
  keepsVersions: boolean;
  close(): Promise<void>;
}

/**
 * A small S3 on loopback: one bucket, in path style and by host name, signatures checked as Amazon does. It refuses
 * what S3 refuses, with S3's words.
 */
export async function startS3({ port = 0, account = localAccount, bucket = 'media' }: S3Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'local-s3-'));
  const requests: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(request, response, error instanceof S3Fault ? error : new S3Fault(500, 'InternalError'));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const world: S3Server = {
    ...{ bucket, account, requests, breakAfter: null, keepsVersions: false },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store: new S3Objects(folder),
    trouble: () => null,
    now: () => Date.now(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${request.method} ${request.url}`);
    const trouble = world.trouble(request);
    if (trouble === 'drop') return void request.socket.destroy();
    if (trouble === 'hang') return;
    if (trouble !== null) throw trouble;
    const url = new URL(request.url ?? '', 'http://local');
    const path = decodeURIComponent(url.pathname.slice(1));
    const isByHost = (request.headers.host ?? '').startsWith(`${bucket}.`);
    const [asked = '', ...rest] = path.split('/');
    const sha256 = checkSignature(request, account, world.now());
    if (!isByHost && asked !== bucket) throw new S3Fault(404, 'NoSuchBucket', { BucketName: asked });
    const key = isByHost ? path : rest.join('/');
    await (key === '' ? ofBucket(request, response, url) : ofObject({ request, response, url, key, sha256 }));
  }

  async function ofBucket(request: IncomingMessage, response: ServerResponse, { searchParams }: URL) {
    if (request.method !== 'GET') throw new S3Fault(501, 'NotImplemented');
    if (searchParams.has('versioning'))
      return xml(
        response,
        `<VersioningConfiguration>${world.keepsVersions ? '<Status>Enabled</Status>' : ''}</VersioningConfiguration>`,
      );
    if (searchParams.get('list-type') !== '2') throw new S3Fault(501, 'NotImplemented');
    xml(response, listing(bucket, world.store.objects, searchParams));
  }

  interface Asked {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly url: URL;
    readonly key: string;
    readonly sha256: string | null;
  }

  async function ofObject(asked: Asked): Promise<void> {
    const { request, response, url, key } = asked;
    const uploadId = url.searchParams.get('uploadId');
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return give(request, response, world.store.find(key));
      case 'PUT':
        return take(asked, uploadId);
      case 'POST':
        return inParts(asked, uploadId);
      case 'DELETE':
        await (uploadId === null ? world.store.remove(key) : world.store.abort(uploadId));
        response.writeHead(204).end();
        return;
      default:
        throw new S3Fault(405, 'MethodNotAllowed');
    }
  }

  async function give(request: IncomingMessage, response: ServerResponse, object: S3Object): Promise<void> {
    const ifMatch = request.headers['if-match'];
    if (ifMatch !== undefined && ifMatch !== object.etag) throw new S3Fault(412, 'PreconditionFailed');
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = to === undefined || to === '' ? object.bytes - 1 : Math.min(Number(to), object.bytes - 1);
    if (from !== undefined && start >= object.bytes) throw new S3Fault(416, 'InvalidRange');
    response.writeHead(from === undefined ? 200 : 206, {
      ...object.headers,
      etag: object.etag,
      'last-modified': object.writtenAt.toUTCString(),
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${object.bytes}` }),
    });
    if (request.method === 'HEAD' || object.bytes === 0) return void response.end();
    const last = world.breakAfter === null ? end : Math.min(end, start + world.breakAfter - 1);
    const isBroken = last < end;
    if (isBroken) world.breakAfter = null;
    await pipeline(createReadStream(object.path, { start, end: last }), response, { end: !isBroken });
    if (isBroken) response.destroy();
  }

  async function take(
    { request, response, url, key, sha256 }: Asked,
    uploadId: string | null,
  ): Promise<void> {
    if (request.headers['content-length'] === undefined) throw new S3Fault(411, 'MissingContentLength');
    const object = await world.store.receive(request, sha256, keptHeaders(request));
    if (uploadId === null) await world.store.put(key, object, request.headers['if-none-match'] === '*');
    else world.store.upload(uploadId, key).parts.set(Number(url.searchParams.get('partNumber')), object);
    response.writeHead(200, { etag: object.etag }).end();
  }

  async function inParts({ request, response, url, key }: Asked, uploadId: string | null): Promise<void> {
    const body = await text(request);
    if (url.searchParams.has('uploads')) {
      const id = world.store.begin(key, keptHeaders(request));
      return xml(
        response,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (uploadId === null) throw new S3Fault(501, 'NotImplemented');
    const wanted = [...body.matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)].map(
      ([, number, etag = '']): [number, string] => [Number(number), etag.replaceAll('&quot;', '"')],
    );
    const { etag } = await world.store.complete(
      uploadId,
      key,
      wanted,
      request.headers['if-none-match'] === '*',
    );
    xml(
      response,
      `<CompleteMultipartUploadResult><ETag>${etag.replaceAll('"', '&quot;')}</ETag></CompleteMultipartUploadResult>`,
    );
  }

  return world;
}

function refuse(request: IncomingMessage, response: ServerResponse, fault: S3Fault): void {
  // What was still on its way is let in, as S3 does, so that the answer is heard.
  request.resume();
  response.writeHead(fault.status, { 'content-type': 'application/xml' });
  response.end(request.method === 'HEAD' ? undefined : fault.xml);
}

function xml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}

function keptHeaders({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => name === 'content-type' || name.startsWith('x-amz-meta-'),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
