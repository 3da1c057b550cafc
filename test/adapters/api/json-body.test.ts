import { randomUUID } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GenerationId } from '../../../src/domain/ids.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { someone } from '../../support/builders/ids.js';
import { photograph } from '../../support/photographs.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';
import { operationsIn } from './documented-operations.js';

let world: ApiWorld;
let ask: ApiProgram;
/** Something of theirs, by resource: what is not there is told before a body is looked at. */
let theirs: Readonly<Record<string, string | undefined>>;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
  const { id } = (await (await world.order(ask)).json()) as { id: GenerationId };
  const image = anImageRow({ generation: id, owner: someone });
  await world.stores.images.add([image]);
  const [ada] = await world.stores.avatars.list(someone);
  theirs = { avatars: ada?.id, images: image.id, generations: id };
});

const bytesOf = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));
const withBodies = (await operationsIn()).filter(({ fields }) => fields.length > 0);

describe.each(withBodies)('the body of $method $path', ({ method, path, right }) => {
  const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    ask(
      method,
      path.replace('{id}', theirs[path.split('/')[2] ?? ''] ?? '').replace('{photo}', randomUUID()),
      {
        body,
        headers: { 'idempotency-key': `order-${randomUUID()}`, ...headers },
      },
    );
  const refused = async (response: Response) => [
    response.status,
    ((await response.json()) as { code: string }).code,
  ];

  it('is refused in another encoding than UTF-8, in which its letters would be lost', async () => {
    const text = JSON.stringify({ ...right, note: 'café' });
    for (const encoding of ['latin1', 'utf16le'] as const)
      for (const type of ['application/json', 'application/json; charset=iso-8859-1'])
        expect(await refused(await send(bytesOf(text, encoding), { 'content-type': type }))).toEqual([
          400,
          'malformed_request',
        ]);
  });

  it('is refused by name when it is compressed', async () => {
    const text = JSON.stringify(right);
    for (const [coding, pack] of [
      ['gzip', gzipSync],
      ['Deflate', deflateSync],
      ['zstd, gzip', gzipSync],
    ] as const) {
      const response = await send(new Uint8Array(pack(text)), { 'content-encoding': coding });
      expect(response.headers.get('accept-encoding')).toBe('identity');
      expect(await refused(response)).toEqual([415, 'media_type_not_supported']);
    }
  });
});

it('takes a body with a mark of its byte order, and one that says that it is not compressed', async () => {
  const headers = { 'idempotency-key': 'order-0001', 'content-encoding': 'identity' };
  const body = '\uFEFF{"prompt":"un café à Paris"}';
  const response = await ask('POST', '/v1/generations', { body, headers });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: GenerationId };
  expect(await world.stores.generations.find(id)).toMatchObject({ prompt: 'un café à Paris' });
});

it('takes no compressed photo either', async () => {
  const made = await ask('POST', '/v1/avatars', { body: { type: 'portrait' } });
  const { id } = (await made.json()) as { id: string };
  const response = await ask('PUT', `/v1/avatars/${id}/photos`, {
    body: new Uint8Array(gzipSync(await photograph(800, 800))),
    headers: { 'content-type': 'image/jpeg', 'content-encoding': 'gzip' },
  });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    415,
    'media_type_not_supported',
  ]);
});
