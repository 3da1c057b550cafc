import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Face } from '../../../src/domain/avatar/faces.js';
import type { DraftPhoto, PhotoWarning } from '../../../src/domain/avatar/photo.js';
import { avatarId } from '../../../src/domain/ids.js';
import { AtOnce } from '../../support/at-once.js';
import { aFace } from '../../support/builders/a-face.js';
import { aDraftPhoto, aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { photograph } from '../../support/photographs.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let opened: MigratedDatabase;
let world: ApiWorld;
let ask: ApiProgram;
/** Of the photos as they were sent; what is cut out of one shows one person. */
let faces: Map<string, readonly Face[]>;
let look: (key: string) => Promise<readonly Face[]>;
let avatar: string;
beforeEach(async () => {
  opened = await openMigratedDatabase();
  faces = new Map();
  look = async (key) => faces.get(key) ?? [aFace()];
  world = await apiWorld({ database: opened.database, faceFinder: { find: (key) => look(key) } });
  ask = await world.program();
  avatar = await drafted();
});
afterEach(() => opened.close());

// biome-ignore lint/suspicious/noExplicitAny: it is JSON of whatever shape a test expects.
const read = async (response: Response | Promise<Response>): Promise<any> => (await response).json();
const drafted = async (by = ask): Promise<string> =>
  (await read(by('POST', '/v1/avatars', { body: { type: 'portrait' } }))).id;
/** Warned where there are warnings. */
async function given(warnings: readonly PhotoWarning[] = [], changes: Partial<DraftPhoto> = {}) {
  const status = warnings.length === 0 ? 'kept' : 'warned';
  const size = { width: 900, height: 700 };
  const photo = aDraftPhoto({ avatar: avatarId(avatar), warnings, status, ...size, ...changes });
  world.media.files.set(photo.mediaKey, await photograph(900, 700));
  await world.stores.photos.add(photo);
  return photo;
}
const path = (photo?: { id: string }, rest = '') =>
  `/v1/avatars/${avatar}/photos${photo === undefined ? '' : `/${photo.id}`}${rest}`;
const stored = () => world.stores.photos.list(avatarId(avatar));

describe('the photos of a draft', () => {
  it('are listed with what is doubtful, in codes and in words', async () => {
    const kept = await given();
    const twin = await given(['near_duplicate'], { fingerprint: kept.fingerprint, faceCount: 1 });
    await given(['several_people', 'too_dark']);
    const { photos, ...set } = await read(ask('GET', path()));
    expect(set).toEqual({ kept: 1, warned: 2, enough: false });
    expect(photos).toMatchObject([
      { id: kept.id, status: 'kept', warnings: [], like: null, faces: null, width: 900, height: 700 },
      {
        id: twin.id,
        status: 'warned',
        warnings: [{ code: 'near_duplicate', text: 'almost the same as another one' }],
        like: kept.id,
        faces: 1,
      },
      {
        warnings: [
          { code: 'several_people', text: 'several people' },
          { code: 'too_dark', text: 'too dark' },
        ],
        like: null,
      },
    ]);
  });

  it('are sent as they are kept', async () => {
    const photo = await given();
    const picture = world.media.files.get(photo.mediaKey);
    const response = await ask('GET', path(photo));
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await response.arrayBuffer()).equals(picture ?? Buffer.of())).toBe(true);
    const etag = response.headers.get('etag') ?? '';
    expect((await ask('GET', path(photo), { headers: { 'if-none-match': etag } })).status).toBe(304);
    const part = await ask('GET', path(photo), { headers: { range: 'bytes=0-9' } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
    world.media.files.delete(photo.mediaKey);
    expect((await ask('GET', path(photo))).status).toBe(404);
  });

  it('are taken in when their owner wants them, as long as there is room', async () => {
    const doubtful = [await given(['blurred']), await given(['no_face'])];
    for (let count = 0; count < 19; count += 1) await given();
    const taken = await read(ask('POST', path(doubtful[0], '/keep')));
    expect(taken).toMatchObject({ kept: 20, warned: 1, enough: true });
    const refused = await ask('POST', path(doubtful[1], '/keep'));
    expect([refused.status, (await read(refused)).code]).toEqual([409, 'too_many_photos']);
    // What was decided may be said again.
    expect(await read(ask('POST', path(doubtful[0], '/keep')))).toEqual(taken);
  });

  it('are taken out with their files', async () => {
    const photo = await given();
    expect((await ask('DELETE', path(photo))).status).toBe(204);
    expect(await stored()).toEqual([]);
    expect([...world.media.files.keys()]).not.toContain(photo.mediaKey);
    expect((await ask('DELETE', path(photo))).status).toBe(404);
  });

  it('stay as they are while they are trained on', async () => {
    const photo = await given(['several_people']);
    await givenTraining(world.stores, aTraining({ avatar: avatarId(avatar), owner: someone }));
    for (const [method, rest, body] of [
      ['POST', '/keep'],
      ['DELETE', ''],
      ['GET', '/faces'],
      ['POST', '/face', { number: 1 }],
    ] as const) {
      const response = await ask(method, path(photo, rest), { body });
      expect([response.status, (await read(response)).code], `${method} ${rest}`).toEqual([
        409,
        'wrong_state',
      ]);
    }
    expect(await stored()).toEqual([photo]);
  });
});

describe('a photo of several people', () => {
  let photo: DraftPhoto;
  beforeEach(async () => {
    photo = await given(['several_people']);
    faces.set(photo.mediaKey, [aFace({ left: 550 }), aFace({ person: 2, left: 40 })]);
  });

  it('shows them side by side, and is cut around the one that is chosen', async () => {
    const shown = await ask('GET', path(photo, '/faces'));
    const sheet = Buffer.from(await shown.arrayBuffer());
    expect(shown.headers.get('etag')).toBe(`"${createHash('sha256').update(sheet).digest('hex')}"`);
    const { width = 0, height = 0, format } = await sharp(sheet).metadata();
    expect([format, Math.round(width / height)]).toEqual(['jpeg', 2]);
    const set = await read(ask('POST', path(photo, '/face'), { body: { number: 2 } }));
    expect(set).toMatchObject({ kept: 1, warned: 0, photos: [{ id: photo.id, status: 'kept', faces: 1 }] });
    expect(set.photos[0].width).toBeLessThan(900);
    expect([...world.media.files.keys()]).not.toContain(photo.mediaKey);
  });

  it('is decoded beside one other at most, however many ask', async () => {
    const atOnce = new AtOnce();
    look = (key) =>
      atOnce.during(async () => {
        for (let round = 0; round < 5; round += 1) await stored();
        return faces.get(key) ?? [];
      });
    const all = await Promise.all(Array.from({ length: 8 }, () => ask('GET', path(photo, '/faces'))));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(atOnce.most).toBe(2);
  });

  it('whose file is gone is refused, and can be taken out', async () => {
    world.media.files.delete(photo.mediaKey);
    for (const response of [
      await ask('GET', path(photo, '/faces')),
      await ask('POST', path(photo, '/face'), { body: { number: 1 } }),
    ])
      expect([response.status, await read(response)]).toMatchObject([
        409,
        { code: 'photo_gone', detail: 'The file of this photo is gone: take it out and send it again.' },
      ]);
    expect((await ask('DELETE', path(photo))).status).toBe(204);
  });

  it('stays as it is for a number that is nobody', async () => {
    for (const [body, status, code] of [
      [{ number: 3 }, 404, 'not_found'],
      [{ number: 0 }, 404, 'not_found'],
      [{ number: 1.5 }, 422, 'invalid_input'],
    ] as const) {
      const response = await ask('POST', path(photo, '/face'), { body });
      expect([response.status, (await read(response)).code], JSON.stringify(body)).toEqual([status, code]);
    }
    const wrong = async (body: object) => (await read(ask('POST', path(photo, '/face'), { body }))).errors;
    expect(await wrong({ number: 1.5 })).toMatchObject([{ field: 'number', allowed: 'a whole number' }]);
    expect(await wrong({ face: 1, number: 'one' })).toEqual([
      { field: 'number', code: 'malformed', received: 'one', allowed: 'a number' },
      { field: 'face', code: 'unknown_value' },
    ]);
    faces.set(photo.mediaKey, []);
    expect((await ask('GET', path(photo, '/faces'))).status).toBe(404);
    expect(await stored()).toEqual([photo]);
  });
});

it('no photo is there for anybody else, nor under another avatar', async () => {
  const photo = await given(['several_people']);
  faces.set(photo.mediaKey, [aFace({ left: 550 }), aFace({ person: 2, left: 40 })]);
  await givenUser(world.stores, { id: somebodyElse });
  const stranger = await world.program(somebodyElse);
  const theirs = await drafted(stranger);
  const other = await drafted();
  const reader = await world.program(someone, ['read']);
  const of = (id: string, rest: string, which: string = photo.id) =>
    `/v1/avatars/${id}/photos/${which}${rest}`;
  for (const [method, rest, body] of [
    ['GET', ''],
    ['POST', '/keep'],
    ['DELETE', ''],
    ['GET', '/faces'],
    ['POST', '/face', { number: 1 }],
  ] as const) {
    for (const response of [
      await stranger(method, of(avatar, rest), { body }),
      await stranger(method, of(theirs, rest), { body }),
      await ask(method, of(other, rest), { body }),
      await ask(method, of(avatar, rest, 'no-id'), { body }),
    ])
      expect([response.status, (await read(response)).code], `${method} ${rest}`).toEqual([404, 'not_found']);
    if (method !== 'GET')
      expect((await reader(method, of(avatar, rest), { body })).status, `${method} ${rest}`).toBe(403);
  }
  expect((await stranger('GET', path())).status).toBe(404);
  expect(await stored()).toEqual([photo]);
});
