import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelTraining } from '../../../src/application/training/cancel-training.js';
import { avatarId, trainingId } from '../../../src/domain/ids.js';
import { secondsAfter } from '../../../src/domain/time.js';
import { aDraftPhoto } from '../../support/builders/a-training.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { photograph } from '../../support/photographs.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
let ask: ApiProgram;
beforeEach(async () => {
  world = await apiWorld({ credits: 500 });
  ask = await world.program();
});

// biome-ignore lint/suspicious/noExplicitAny: it is JSON of whatever shape a test expects.
const read = async (response: Response): Promise<any> => response.json();
const drafted = async (): Promise<string> =>
  (await read(await ask('POST', '/v1/avatars', { body: { type: 'portrait', name: 'Grace' } }))).id;
const upload = (id: string, body: NonNullable<RequestInit['body']>, type?: string) =>
  world.api.request(`/v1/avatars/${id}/photos`, {
    method: 'PUT',
    body,
    headers: { authorization: `Bearer ${ask.key}`, ...(type === undefined ? {} : { 'content-type': type }) },
  });
const givenPhotos = async (id: string) => {
  for (let number = 0; number < 10; number += 1)
    await world.stores.photos.add(aDraftPhoto({ avatar: avatarId(id), owner: someone }));
};
const consent = { subject: 'self', adults: true };
const train = (id: string, body: object = consent, key = 'training-0001') =>
  ask('POST', `/v1/avatars/${id}/train`, { body, headers: { 'idempotency-key': key } });

describe('/v1/avatars', () => {
  it('is read to its end by who deletes what each page shows', async () => {
    for (const name of ['Grace', 'Joan', 'Mary', 'Edith'])
      await ask('POST', '/v1/avatars', { body: { type: 'portrait', name } });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof read>> = await read(
        await ask('GET', `/v1/avatars?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`),
      );
      for (const { id, name } of page.avatars) {
        seen.push(name);
        expect((await ask('DELETE', `/v1/avatars/${id}`)).status).toBe(204);
      }
      cursor = page.next;
    }
    expect(seen.sort()).toEqual(['Ada', 'Edith', 'Grace', 'Joan', 'Mary']);
  });

  it('begins one, lists all page by page, and shows each', async () => {
    const id = await drafted();
    const first = await read(await ask('GET', '/v1/avatars?limit=1'));
    const second = await read(await ask('GET', `/v1/avatars?limit=1&cursor=${first.next}`));
    const all = [...first.avatars, ...second.avatars];
    expect(second.next).toBeNull();
    expect(all.find(({ name }) => name === 'Ada')).toMatchObject({
      main: true,
      status: 'ready',
      kind: 'lora',
    });
    const draft = all.find(({ name }) => name === 'Grace');
    expect(draft).toMatchObject({ id, status: 'draft', kind: null, photos: { kept: 0, warned: 0 } });
    expect(await read(await ask('GET', `/v1/avatars/${id}`))).toEqual(draft);
    expect(await read(await ask('GET', `/v1/avatars/${id}/proof`))).toMatchObject({ status: 'none' });
  });

  it('names every wrong field at once and begins nothing', async () => {
    const { errors } = await read(
      await ask('POST', '/v1/avatars', { body: { type: 'cat', name: 5, free: 1 } }),
    );
    expect(errors.map(({ field }: { field: string }) => field).sort()).toEqual(['free', 'name', 'type']);
    expect(await world.stores.avatars.list(someone)).toHaveLength(1);
  });

  it('changes all that was asked, or nothing', async () => {
    const [ada] = await world.stores.avatars.list(someone);
    const other = await givenAvatar(world.stores, { owner: someone, name: 'Linus' });
    const path = `/v1/avatars/${other.id}`;
    const wrong = await ask('PATCH', path, { body: { name: 'x', strength: 9, main: true, owner: '2' } });
    expect([
      wrong.status,
      (await read(wrong)).errors.map(({ field }: { field: string }) => field).sort(),
    ]).toEqual([422, ['name', 'owner', 'strength']]);
    expect(await world.stores.avatars.find(other.id)).toEqual(other);
    const right = await ask('PATCH', path, { body: { name: 'Torvalds', strength: 1.5, main: true } });
    expect(await read(right)).toMatchObject({ name: 'Torvalds', strength: 1.5, main: true });
    expect(await read(await ask('GET', `/v1/avatars/${ada?.id}`))).toMatchObject({ main: false });
    const id = await drafted();
    const early = await ask('PATCH', `/v1/avatars/${id}`, { body: { name: 'Hopper', main: true } });
    expect([early.status, (await read(early)).code]).toEqual([409, 'avatar_not_ready']);
    expect(await read(await ask('GET', `/v1/avatars/${id}`))).toMatchObject({ name: 'Grace' });
  });

  it('deletes', async () => {
    const id = await drafted();
    expect((await ask('DELETE', `/v1/avatars/${id}`)).status).toBe(204);
    expect((await ask('GET', `/v1/avatars/${id}`)).status).toBe(404);
  });

  it('asks for the scope, and does not show what is somebody else’s', async () => {
    const id = await drafted();
    await givenUser(world.stores, { id: somebodyElse });
    const reader = await world.program(someone, ['read', 'generate']);
    const stranger = await world.program(somebodyElse);
    for (const [method, path] of [
      ['PATCH', ''],
      ['DELETE', ''],
      ['PUT', '/photos'],
      ['POST', '/train'],
    ] as const) {
      expect((await reader(method, `/v1/avatars/${id}${path}`, { body: {} })).status, method).toBe(403);
      expect((await stranger(method, `/v1/avatars/${id}${path}`, { body: {} })).status, method).toBe(404);
    }
    expect((await reader('POST', '/v1/avatars', { body: { type: 'portrait' } })).status).toBe(403);
    expect(await world.stores.avatars.findOwned(someone, avatarId(id))).not.toBeNull();
  });
});

describe('photos', () => {
  it('go to the draft that is named, and each is told of', async () => {
    const id = await drafted();
    await drafted();
    const picture = new Uint8Array(await photograph(800, 800));
    const form = new FormData();
    form.append('photos', new File([picture], 'me.jpg'));
    form.append('photos', new File(['no picture'], 'notes.txt'));
    form.append('photos', new File([new Uint8Array(await photograph(100, 100))], 'small.jpg'));
    const sent = await read(await upload(id, form));
    expect(sent.files).toMatchObject([
      { name: 'me.jpg', photo: expect.any(String) },
      { name: 'notes.txt', status: 'refused', reasons: ['not_an_image'] },
      { name: 'small.jpg', status: 'refused', reasons: ['too_small'] },
    ]);
    expect(await world.stores.photos.list(avatarId(id))).toHaveLength(1);
    // An answer that was lost can be asked for again.
    const again = await read(await upload(id, picture, 'image/jpeg'));
    expect(again.files).toMatchObject([{ photo: sent.files[0].photo }]);
  });

  it('are refused whole when they are no files, too much, or for no draft', async () => {
    const id = await drafted();
    const ada = (await world.stores.avatars.list(someone)).find(({ name }) => name === 'Ada');
    expect((await upload(id, '{}', 'application/json')).status).toBe(415);
    expect((await upload(id, '', 'image/png')).status).toBe(400);
    expect((await upload(id, new Uint8Array(50 * 2 ** 20 + 1), 'application/zip')).status).toBe(413);
    expect((await upload(ada?.id ?? '', 'x', 'image/png')).status).toBe(404);
    const broken = await read(await upload(id, 'PK\u0003\u0004 no more', 'application/zip'));
    expect(broken.files).toMatchObject([{ status: 'refused', reasons: ['archive_damaged'] }]);
  });
});

describe('train', () => {
  it('sets the price aside, and its webhook hears how it ends', async () => {
    const id = await drafted();
    await givenPhotos(id);
    await ask('POST', '/v1/webhooks', { body: { url: 'https://example.com/aisha' } });
    const training = await read(await train(id));
    expect(training).toMatchObject({ avatar: id, status: 'queued', speed: 'balanced', credits: 150 });
    expect(await world.stores.ledger.account(someone)).toMatchObject({ balance: 350, held: 150 });
    expect((await read(await upload(id, 'x', 'image/png'))).code).toBe('wrong_state');
    await world.container.get(CancelTraining).execute({ id: trainingId(training.id) }, { owner: someone });
    await world.work();
    const now = world.clock.now();
    const event = await world.stores.eventHooks.take(now, secondsAfter(now, 60), [], false);
    expect(event).toMatchObject({
      type: 'training.cancelled',
      data: { id: training.id, avatar: id, status: 'cancelled', credits: 0 },
    });
    expect(await read(await ask('GET', `/v1/avatars/${id}`))).toMatchObject({
      training: { id: training.id, status: 'cancelled', credits: 0 },
    });
  });

  it('names all that is wrong, and charges nothing', async () => {
    const id = await drafted();
    await givenPhotos(id);
    const wrong = await read(await train(id, { subject: 'style', adults: false, speed: 'warp', free: true }));
    expect(wrong.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'adults',
      'free',
      'speed',
      'subject',
    ]);
    const dearer = await train(id, { ...consent, max_credits: 1 });
    expect([dearer.status, (await read(dearer)).code]).toEqual([409, 'price_changed']);
    const nameless = await ask('POST', `/v1/avatars/${id}/train`, { body: consent });
    expect((await read(nameless)).code).toBe('idempotency_key_required');
    expect(await world.stores.trainings.ofAvatar(avatarId(id))).toEqual([]);
  });
});

describe('a training', () => {
  it('is called off, and its price comes back', async () => {
    const id = await drafted();
    expect((await read(await ask('DELETE', `/v1/avatars/${id}/train`))).code).toBe('not_found');
    await givenPhotos(id);
    await train(id);
    expect(await world.stores.ledger.account(someone)).not.toMatchObject({ held: 0 });
    for (const _ of ['now', 'again']) {
      const response = await ask('DELETE', `/v1/avatars/${id}/train`);
      expect([response.status, await read(response)]).toMatchObject([200, { status: 'cancelled' }]);
    }
    expect(await world.stores.ledger.account(someone)).toMatchObject({ balance: 500, held: 0 });
  });
});

describe('twenty at once', () => {
  let opened: MigratedDatabase;
  beforeEach(async () => {
    opened = await openMigratedDatabase();
    world = await apiWorld({ database: opened.database, credits: 500 });
    ask = await world.program();
  });
  afterEach(() => opened.close());

  it('under one key make one training', async () => {
    const id = await drafted();
    await givenPhotos(id);
    const all = await Promise.all(Array.from({ length: 20 }, () => train(id)));
    expect(all.map(({ status }) => status).filter((status) => status !== 202 && status !== 409)).toEqual([]);
    expect(await world.stores.trainings.ofAvatar(avatarId(id))).toHaveLength(1);
    expect(await world.stores.ledger.account(someone)).toMatchObject({ balance: 350, held: 150 });
    const again = await train(id);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
  });
});
