import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChangeImage } from '../../../src/application/gallery/change-image.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

// biome-ignore lint/suspicious/noExplicitAny: what a program reads
type Read = any;

let world: ApiWorld;
let ask: ApiProgram;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
});

const read = async (response: Response | Promise<Response>): Promise<Read> => (await response).json();

/** Has so many pictures made, and returns them, newest first. */
async function pictures(count: number): Promise<Read[]> {
  for (let each = 0; each < count; each += 1) {
    await world.order(ask, { prompt: `Ein Fräulein, Bild ${each}` });
    await world.work();
    world.clock.advance(60);
  }
  const { images } = await read(ask('GET', `/v1/images?limit=${Math.max(1, count)}`));
  return images;
}
const stranger = async () => {
  await givenUser(world.stores, { id: somebodyElse });
  return world.program(somebodyElse);
};

describe('GET /v1/images', () => {
  it('lists them part by part, and what is made meanwhile moves nothing', async () => {
    await pictures(5);
    const first = await read(ask('GET', '/v1/images?limit=2'));
    expect(first.images[0]).toMatchObject({
      ...{ prompt: 'Ein Fräulein, Bild 4', content_type: 'image/jpeg', width: 64, favourite: false },
      ...{ generation: expect.any(String), avatar: expect.any(String), preset: 'balanced' },
    });
    await pictures(1);
    const prompts: string[] = first.images.map(({ prompt }: Read) => prompt);
    for (let { next } = first; next !== null; ) {
      const page = await read(ask('GET', `/v1/images?limit=2&cursor=${next}`));
      prompts.push(...page.images.map(({ prompt }: Read) => prompt));
      ({ next } = page);
    }
    expect(prompts.map((prompt) => prompt.at(-1)).join('')).toBe('43210');
  });

  it('goes on from one that was deleted', async () => {
    const [, second] = await pictures(3);
    await world.container
      .get(ChangeImage)
      .execute({ image: second.id, change: 'delete' }, { owner: someone });
    const { images } = await read(ask('GET', `/v1/images?cursor=${second.id}`));
    expect(images).toHaveLength(1);
    expect((await read(ask('GET', '/v1/images'))).images).toHaveLength(2);
  });

  it('is everybody’s own, and takes nobody else’s place', async () => {
    const [picture] = await pictures(1);
    const other = await stranger();
    expect(await read(other('GET', '/v1/images'))).toEqual({ images: [], next: null });
    expect((await other('GET', `/v1/images?cursor=${picture.id}`)).status).toBe(404);
  });

  it('names everything that is wrong with a question', async () => {
    const response = await ask('GET', '/v1/images?limit=1000&offset=5');
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { errors: [{ field: 'limit', code: 'out_of_range' }, { field: 'offset' }] },
    ]);
  });
});

describe('GET /v1/images/{id}', () => {
  let picture: Read;
  let whole: Buffer;
  const get = (headers: Record<string, string> = {}, method = 'GET') =>
    ask(method, `/v1/images/${picture.id}`, { headers });
  beforeEach(async () => {
    [picture] = await pictures(1);
    whole = Buffer.from(await (await get()).arrayBuffer());
  });

  it('gives the bytes, under a tag that is their digest and a name that says what they show', async () => {
    const response = await get();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(picture.bytes),
      etag: `"${createHash('sha256').update(whole).digest('hex')}"`,
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': expect.stringMatching(
        /^inline; filename="aisha-[\d-]+-[\da-f]{8}\.jpg"; filename\*=UTF-8''Ein-Fr%C3%A4ulein-Bild-0-.*\.jpg$/,
      ),
    });
    expect(whole.byteLength).toBe(picture.bytes);
  });

  it('says when it is the one that is known', async () => {
    const tag = (await get()).headers.get('etag') ?? '';
    for (const known of [tag, `"x", W/${tag}`, '*']) {
      const response = await get({ 'if-none-match': known });
      expect([response.status, await response.text()]).toEqual([304, '']);
    }
    expect((await get({ 'if-none-match': '"x"' })).status).toBe(200);
  });

  it.each([
    ['bytes=0-9', [0, 10]],
    ['bytes=5-', [5, undefined]],
    ['bytes=-7', [-7, undefined]],
    ['bytes=3-999999999', [3, undefined]],
  ] as const)('gives the part that %s asks for', async (range, [from, to]) => {
    const response = await get({ range });
    expect(response.status).toBe(206);
    const part = Buffer.from(await response.arrayBuffer());
    expect(part.equals(whole.subarray(from, to))).toBe(true);
    const first = whole.indexOf(part);
    expect(response.headers.get('content-range')).toBe(
      `bytes ${first}-${first + part.byteLength - 1}/${whole.byteLength}`,
    );
    expect(response.headers.get('content-length')).toBe(String(part.byteLength));
  });

  it.each(['bytes=999999999-', 'bytes=-0'])('has no such part: %s', async (range) => {
    const response = await get({ range });
    expect([response.status, response.headers.get('content-range'), (await read(response)).code]).toEqual([
      416,
      `bytes */${whole.byteLength}`,
      'range_not_satisfiable',
    ]);
  });

  it('gives all of it where the part is of another one, or makes no sense', async () => {
    for (const headers of [
      { range: 'bytes=0-1', 'if-range': '"x"' },
      { range: 'bytes=5-2' },
      { range: 'bytes=0-1,4-5' },
      { range: 'lines=1-2' },
    ])
      expect((await get(headers as never)).status).toBe(200);
  });

  it('tells of it without sending it, and opens no file for that', async () => {
    let opened = 0;
    const { media } = world;
    const open = media.read.bind(media);
    media.read = async (key) => {
      opened += 1;
      return open(key);
    };
    const response = await get({}, 'HEAD');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      String(whole.byteLength),
      '',
    ]);
    await setImmediate();
    expect(opened).toBe(0);
  });

  it('is nobody else’s, and needs a key that may read', async () => {
    const other = await stranger();
    for (const id of [picture.id, '00000000-0000-4000-8000-00000000dead', 'x', '..%2f..%2fetc'])
      expect((await other('GET', `/v1/images/${id}`)).status).toBe(404);
    const writer = await world.program(someone, ['generate']);
    for (const path of ['/v1/images', `/v1/images/${picture.id}`, '/v1/account/history'])
      expect((await read(writer('GET', path))).code).toBe('scope_missing');
  });

  it('is gone once it is deleted, even for those who know it', async () => {
    const tag = (await get()).headers.get('etag') ?? '';
    await world.container
      .get(ChangeImage)
      .execute({ image: picture.id, change: 'delete' }, { owner: someone });
    expect((await get({ 'if-none-match': tag })).status).toBe(404);
  });
});

describe('GET /v1/account/history', () => {
  it('tells it newest first, part by part, with the job of each entry', async () => {
    const [picture] = await pictures(2);
    const entries: Read[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Read = await read(
        ask('GET', `/v1/account/history?limit=2${next === '' ? '' : `&cursor=${next}`}`),
      );
      entries.push(...page.entries);
      ({ next } = page);
    }
    expect(entries.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
      ...['capture -5', 'release 5', 'hold -5'],
      ...['capture -5', 'release 5', 'hold -5'],
      'grant 100',
    ]);
    expect(entries[0]).toMatchObject({ generation: picture.generation, training: null });
    expect(JSON.stringify(entries)).not.toContain('reason');
  });

  it('is everybody’s own', async () => {
    await pictures(1);
    const other = await stranger();
    expect(await read(other('GET', '/v1/account/history?cursor=999'))).toEqual({ entries: [], next: null });
  });
});

it.each(['images', 'avatars', 'account/history'])('says what a place in /v1/%s has to be', async (list) => {
  for (const cursor of ['x', '', '-1', '1e3'])
    expect(await read(ask('GET', `/v1/${list}?cursor=${cursor}`))).toMatchObject({
      status: 422,
      errors: [
        { field: 'cursor', code: 'malformed', received: cursor, allowed: '`next` of the part before' },
      ],
    });
});

it('says of what kind a number has to be', async () => {
  expect(await read(ask('GET', '/v1/images?limit=1.5'))).toMatchObject({
    errors: [{ field: 'limit', code: 'malformed', received: '1.5', allowed: 'a whole number' }],
  });
  expect(await read(ask('GET', '/v1/images?limit=2&limit=3'))).toMatchObject({
    errors: [{ field: 'limit', code: 'malformed', received: '2, 3', allowed: 'a number' }],
  });
});
