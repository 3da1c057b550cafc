import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { FileFault } from '../faults/fault-rule.js';
import type { Guard } from '../guard.js';
import type { RequestFolder } from '../queue/request-folder.js';
import type { MadeFile, ServedFiles, StoredFile } from './served-files.js';

/** `/files/…`: public by address, as on fal's CDN; 404 once expired. */
export function fileRoutes(files: ServedFiles, requests: RequestFolder, guard: Guard) {
  return new Hono().get('/files/:kind/:id/:name', (c) => {
    const id = c.req.param('id');
    const endpoint = requests.read(id)?.endpoint;
    return guard.open(
      c,
      'file',
      { requestId: id, ...(endpoint === undefined ? {} : { endpoint }) },
      async (fault) => {
        const file = files.find(c.req.path);
        if (file === undefined) return Response.json({ detail: 'File not found' }, { status: 404 });
        if (fault !== undefined && fault.kind !== 'cut') return broken(c, file, fault);
        const headers = { 'content-type': file.contentType, 'cache-control': 'public, max-age=31536000' };
        if ('bytes' in file) {
          const bytes = await file.bytes();
          return new Response(bytes as Uint8Array<ArrayBuffer>, {
            headers: { ...headers, 'content-length': String(bytes.length) },
          });
        }
        const stream = Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>;
        return new Response(stream, { headers: { ...headers, 'content-length': String(file.size) } });
      },
    );
  });
}

async function broken(c: Context, file: MadeFile | StoredFile, fault: FileFault): Promise<Response> {
  const bytes = 'bytes' in file ? await file.bytes() : await readFile(file.path);
  const type = file.contentType;
  switch (fault.kind) {
    case 'truncate': {
      const half = bytes.subarray(0, Math.floor(bytes.length / 2));
      return fault.announced === 'half'
        ? whole([half], type, half.length)
        : breakAfter(c, half, type, bytes.length);
    }
    case 'wrong-type':
      return whole([Buffer.from('<!doctype html><title>Oops</title><p>Not a picture.')], type);
    case 'oversized':
      return whole(padded(bytes, fault.bytes), type, fault.bytes);
    default:
      return fault satisfies never;
  }
}

/** Announces everything, sends a part, and breaks the connection. */
function breakAfter(c: Context, part: Buffer, type: string, announced: number): Response {
  const { outgoing } = c.env as HttpBindings;
  outgoing.writeHead(200, { 'content-type': type, 'content-length': announced });
  outgoing.write(part, () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

function* padded(bytes: Buffer, total: number): Generator<Buffer> {
  yield bytes.subarray(0, total);
  const zeros = Buffer.alloc(64 * 1024);
  for (let left = total - bytes.length; left > 0; left -= zeros.length) {
    yield zeros.subarray(0, Math.min(left, zeros.length));
  }
}

function whole(chunks: Iterable<Buffer>, type: string, length?: number): Response {
  return new Response(Readable.toWeb(Readable.from(chunks)) as ReadableStream<Uint8Array>, {
    headers: { 'content-type': type, ...(length === undefined ? {} : { 'content-length': String(length) }) },
  });
}
