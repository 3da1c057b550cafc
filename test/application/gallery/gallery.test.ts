import { beforeEach, describe, expect, it } from 'vitest';
import { BrowseGallery } from '../../../src/application/gallery/browse-gallery.js';
import { ChangeImage } from '../../../src/application/gallery/change-image.js';
import { ChangeImages } from '../../../src/application/gallery/change-images.js';
import { type GalleryLook, ListImages } from '../../../src/application/gallery/list-images.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { givenGeneration } from '../../support/builders/given.js';
import { nextUuid, secondsLater, somebodyElse, someone } from '../../support/builders/ids.js';

const notFound = { code: 'not_found', refusal: { what: 'image' } };
let database: InMemoryDatabase;
let browse: BrowseGallery;
let change: ChangeImage;

/** One picture with these words; later ones are newer. */
let minutes = 0;
async function givenImage(prompt: string, owner = someone): Promise<string> {
  const job = await givenGeneration(database.stores, { status: 'delivered', owner, prompt });
  minutes += 1;
  const image = anImageRow({ generation: job.id, owner, createdAt: secondsLater(minutes * 60) });
  await database.stores.images.add([image]);
  return image.id;
}

beforeEach(() => {
  database = new InMemoryDatabase();
  const clock = new FakeClock();
  browse = new BrowseGallery({ database, clock, listImages: new ListImages({ database, clock }) });
  change = new ChangeImage({ database, clock });
});

describe('a look at the gallery', () => {
  let foreign: string;
  beforeEach(async () => {
    for (const number of [1, 2, 3, 4, 5]) await givenImage(`picture ${number}`);
    foreign = await givenImage('a secret', somebodyElse);
  });
  const look = async (from: NonNullable<GalleryLook['from']>, limit = 2) => {
    const { images, next, ...counted } = await browse.execute({ from }, { owner: someone, limit });
    return { ...counted, words: images.map(({ prompt }) => prompt), next: next?.prompt ?? null };
  };
  const idOf = async (words: string) =>
    (await browse.execute({ filter: { words } }, { owner: someone, limit: 1 })).images[0]?.id ??
    expect.fail();

  it('begins with the newest, and counts all of them', async () => {
    expect(await look({})).toEqual({
      filter: {},
      words: ['picture 5', 'picture 4'],
      next: 'picture 3',
      total: 5,
      newer: 0,
    });
    expect(await look({}, 5)).toMatchObject({ total: 5, next: null });
  });

  it('goes on from one of them, both ways', async () => {
    const id = await idOf('picture 3');
    expect(await look({ at: id })).toMatchObject({
      words: ['picture 3', 'picture 2'],
      next: 'picture 1',
      newer: 2,
    });
    expect(await look({ after: id }, 1)).toMatchObject({ words: ['picture 2'], newer: 3 });
    expect(await look({ before: id }, 1)).toMatchObject({ words: ['picture 4'], newer: 1 });
    expect(await look({ before: await idOf('picture 5') })).toMatchObject({ words: [], total: 5 });
    expect(await look({ after: await idOf('picture 1') })).toMatchObject({ words: [], next: null });
  });

  it('turns to a page, and says which there are', async () => {
    expect(await look({ page: ' 3 ' })).toMatchObject({ words: ['picture 1'], newer: 4, next: null });
    for (const page of ['0', '4', 'two', '1.5', '-1'])
      await expect(look({ page })).rejects.toMatchObject({
        refusal: { problems: [{ field: 'page', received: page, allowed: '1-3' }] },
      });
  });

  it('shows the page that one is on', async () => {
    expect(await look({ around: await idOf('picture 2') })).toMatchObject({
      words: ['picture 3', 'picture 2'],
      newer: 2,
      next: 'picture 1',
    });
  });

  it('begins with the newest of those made before a moment', async () => {
    const { images } = await browse.execute(
      { from: { at: await idOf('picture 3') } },
      { owner: someone, limit: 1 },
    );
    const until = images[0]?.createdAt.getTime() ?? expect.fail();
    expect(await look({ until })).toMatchObject({ words: ['picture 2', 'picture 1'], newer: 3 });
    expect(await look({ until: until + 1 })).toMatchObject({ words: ['picture 3', 'picture 2'] });
    expect(await look({ until: 0 })).toMatchObject({ words: [], total: 5 });
  });

  it('stays where one was that was deleted', async () => {
    const [middle, oldest] = [await idOf('picture 3'), await idOf('picture 1')];
    for (const image of [middle, oldest])
      await change.execute({ image, change: 'delete' }, { owner: someone });
    expect(await look({ at: middle }, 1)).toMatchObject({ words: ['picture 2'], newer: 2, total: 3 });
    expect(await look({ after: middle }, 1)).toMatchObject({ words: ['picture 2'] });
    expect(await look({ before: middle }, 1)).toMatchObject({ words: ['picture 4'], next: 'picture 2' });
    expect(await look({ around: middle })).toMatchObject({ words: ['picture 2'], newer: 2 });
    // Behind the last one are the last ones.
    expect(await look({ at: oldest })).toMatchObject({ words: ['picture 4', 'picture 2'], newer: 1 });
  });

  it('understands words as they are typed, and finds nothing of others', async () => {
    const found = (words: string) => browse.execute({ filter: { words } }, { owner: someone, limit: 9 });
    expect(await found('  PICTURE 2 ')).toMatchObject({ filter: { words: 'PICTURE 2' }, total: 1 });
    expect(await found('  ')).toMatchObject({ filter: {}, total: 5 });
    expect(await found('secret')).toMatchObject({ images: [], total: 0 });
    expect((await found('x'.repeat(500))).filter.words).toHaveLength(100);
  });

  it.each(['at', 'after', 'before', 'around'])('a foreign image is not found: %s', async (where) => {
    for (const id of [foreign, nextUuid()])
      await expect(look({ [where]: id })).rejects.toMatchObject(notFound);
  });
});

describe('an image', () => {
  it('is a favourite or not', async () => {
    const image = await givenImage('a knight');
    expect(await change.execute({ image, change: 'favour' }, { owner: someone })).toMatchObject({
      favourite: true,
    });
    const favourites = [{ filter: { favourites: true } }, { owner: someone, limit: 9 }] as const;
    expect((await browse.execute(...favourites)).total).toBe(1);
    await change.execute({ image, change: 'unfavour' }, { owner: someone });
    expect((await browse.execute(...favourites)).total).toBe(0);
  });

  it('goes when it is deleted, and comes back', async () => {
    const image = await givenImage('a knight');
    expect(await change.execute({ image, change: 'delete' }, { owner: someone })).toMatchObject({
      id: image,
    });
    expect((await browse.execute({}, { owner: someone, limit: 9 })).total).toBe(0);
    for (const gone of ['favour', 'delete'] as const)
      await expect(change.execute({ image, change: gone }, { owner: someone })).rejects.toMatchObject(
        notFound,
      );
    await change.execute({ image, change: 'restore' }, { owner: someone });
    expect((await browse.execute({}, { owner: someone, limit: 9 })).total).toBe(1);
  });

  it.each(['favour', 'unfavour', 'delete', 'restore'] as const)(
    'of somebody else is not found, and stays as it is: %s',
    async (asked) => {
      const image = await givenImage('a knight', somebodyElse);
      await change.execute({ image, change: 'favour' }, { owner: somebodyElse });
      if (asked === 'restore') await change.execute({ image, change: 'delete' }, { owner: somebodyElse });
      const stolen = change.execute({ image, change: asked }, { owner: someone });
      await expect(stolen).rejects.toMatchObject(notFound);
      const { images } = await browse.execute({}, { owner: somebodyElse, limit: 9 });
      expect(images.map(({ favourite }) => favourite)).toEqual(asked === 'restore' ? [] : [true]);
    },
  );
});

describe('several images', () => {
  it('are changed together; what is not theirs or gone stays out', async () => {
    const changeAll = new ChangeImages({ database, clock: new FakeClock() });
    const [one, two] = [await givenImage('one'), await givenImage('two')];
    const foreign = await givenImage('a secret', somebodyElse);
    const images = [one, foreign, two, nextUuid()];
    const shown = async (owner = someone, favourites?: true) =>
      (await browse.execute({ filter: { favourites } }, { owner, limit: 9 })).total;
    expect(await changeAll.execute({ images, change: 'favour' }, { owner: someone })).toEqual([two, one]);
    expect([await shown(someone, true), await shown(somebodyElse, true)]).toEqual([2, 0]);
    expect(await changeAll.execute({ images, change: 'delete' }, { owner: someone })).toEqual([two, one]);
    expect(await changeAll.execute({ images, change: 'delete' }, { owner: someone })).toEqual([]);
    expect([await shown(), await shown(somebodyElse)]).toEqual([0, 1]);
    await change.execute({ image: foreign, change: 'delete' }, { owner: somebodyElse });
    expect(await changeAll.execute({ images, change: 'restore' }, { owner: someone })).toEqual([two, one]);
    expect([await shown(), await shown(somebodyElse)]).toEqual([2, 0]);
    const many = Array.from({ length: 101 }, () => nextUuid());
    await expect(
      changeAll.execute({ images: many, change: 'delete' }, { owner: someone }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
