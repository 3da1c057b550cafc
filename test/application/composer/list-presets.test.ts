import { beforeEach, expect, it } from 'vitest';
import { ListPresets } from '../../../src/application/composer/list-presets.js';
import { avatarId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar } from '../../support/builders/given.js';
import { nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';

let database: InMemoryDatabase;
let list: ListPresets['execute'];
beforeEach(() => {
  database = new InMemoryDatabase();
  const listPresets = new ListPresets({ database, clock: new FakeClock() });
  list = (...asked) => listPresets.execute(...asked);
});

it('tells what can be had with one avatar, or with any of theirs', async () => {
  expect(await list(someone)).toContain('quality');
  expect(await list(someone)).not.toContain('ultra');
  const style = await givenAvatar(database.stores, { type: 'artistic', model: aFinetuneModel });
  const ofStyle = await list(someone, style.id);
  expect(ofStyle).toContain('ultra');
  expect(await list(someone)).toEqual(ofStyle);
  const person = await givenAvatar(database.stores);
  expect(await list(someone, person.id)).not.toContain('ultra');
  expect(await list(someone)).toEqual(expect.arrayContaining(['fast', 'quality', 'ultra']));
});

it('finds no avatar of somebody else, none that is not ready and none that is gone', async () => {
  const theirs = await givenAvatar(database.stores, { owner: somebodyElse });
  const draft = await givenAvatar(database.stores, { status: 'draft' });
  for (const id of [theirs.id, draft.id, avatarId(nextUuid()), null])
    await expect(list(someone, id)).rejects.toMatchObject({ code: 'not_found' });
});
