import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApiServices } from '../../../src/adapters/api/api-services.js';
import { createApi } from '../../../src/adapters/api/create-api.js';
import { AuthenticateApiKey } from '../../../src/application/account/keys/authenticate-api-key.js';
import type { MediaStore } from '../../../src/application/ports/media-store.js';
import { services as s } from '../../../src/composition/identifiers.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse } from '../../support/builders/ids.js';
import { aBucket } from '../../support/s3/a-bucket.js';
import { type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
let bucket: Awaited<ReturnType<typeof aBucket>>;
let path: string;
let whole: Buffer;
let key: string;
beforeEach(async () => {
  world = await apiWorld();
  bucket = await aBucket();
  const ask = await world.program();
  ({ key } = ask);
  await world.order(ask);
  await world.work();
  const { images } = (await (await ask('GET', '/v1/images')).json()) as { images: { id: string }[] };
  path = `/v1/images/${images[0]?.id}`;
  whole = Buffer.from(await (await ask('GET', path)).arrayBuffer());
  // The same picture as a bucket has it.
  for await (const mediaKey of world.media.writtenBefore(new Date(8.64e15)))
    await bucket.store.save(mediaKey, await world.media.read(mediaKey));
});
afterEach(() => bucket.close());

/** Asks an API whose pictures are there. */
function get(
  { query = '?redirect=1', ...init }: RequestInit & { query?: string } = {},
  { imageLinks = true, media = bucket.store }: { imageLinks?: boolean; media?: MediaStore } = {},
) {
  const { container } = world;
  const parts = { database: container.get(s.database), media, imageLinks, requestsPerMinute: 600 };
  const api = createApi({
    ...parts,
    authenticate: container.get(AuthenticateApiKey),
  } as unknown as ApiServices);
  return api.request(`${path}${query}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, ...init.headers },
  });
}

it('sends who asks for it to the bucket, for a minute and without a key', async () => {
  const response = await get();
  expect([response.status, response.headers.get('cache-control'), await response.text()]).toEqual([
    302,
    'no-store',
    '',
  ]);
  const link = new URL(response.headers.get('location') ?? '');
  expect(link.origin).toBe(bucket.server.endpoint);
  expect(link.searchParams.get('X-Amz-Expires')).toBe('60');
  const sent = await fetch(link);
  expect([sent.status, Buffer.from(await sent.arrayBuffer()).equals(whole)]).toEqual([200, true]);
  const part = await fetch(link, { headers: { range: 'bytes=0-9' } });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
});

it('sends nobody there who does not ask, or where the operator does not want it', async () => {
  for (const response of [await get({ query: '' }), await get({}, { imageLinks: false })]) {
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(whole)).toBe(true);
  }
});

it('gives the bytes where the store has no addresses', async () => {
  const response = await get({}, { media: world.media });
  expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, whole.byteLength]);
});

it('answers by itself what needs no bytes', async () => {
  const tag = `"${createHash('sha256').update(whole).digest('hex')}"`;
  expect((await get({ headers: { 'if-none-match': tag } })).status).toBe(304);
  expect((await get({ method: 'HEAD' })).status).toBe(200);
});

it('understands nothing but 1', async () => {
  const response = await get({ query: '?redirect=yes' });
  expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ field: 'redirect' }] }]);
});

it('gives nobody an address of somebody else’s picture', async () => {
  await givenUser(world.stores, { id: somebodyElse });
  ({ key } = await world.program(somebodyElse));
  const response = await get();
  expect([response.status, response.headers.get('location')]).toEqual([404, null]);
});
