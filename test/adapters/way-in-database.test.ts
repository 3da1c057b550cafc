import { expect, it } from 'vitest';
import type { WayInDatabase } from '../../src/application/ports/stores/way-in-database.js';
import { InMemoryDatabase } from '../fakes/in-memory-database.js';
import { anAvatar } from '../support/builders/an-avatar.js';
import { givenAvatar, givenUser } from '../support/builders/given.js';
import { longAgo, someone } from '../support/builders/ids.js';

it('lets a way in ask and keep what is its own, and change nothing else', async () => {
  const database = new InMemoryDatabase();
  const avatar = await givenAvatar(database.stores);
  const { stores }: WayInDatabase = database;
  expect(await stores.avatars.findOwned(someone, avatar.id)).toEqual(avatar);
  await stores.updates.keep('bot', [{ id: 1, body: {} }], longAgo);
  const changes = [
    // @ts-expect-error an avatar is changed by a use case
    () => stores.avatars.save(anAvatar()),
    // @ts-expect-error so is the gallery
    () => stores.gallery.favour(someone, 'image', true),
    // @ts-expect-error and so are credits
    () => stores.ledger.write([], longAgo),
    // @ts-expect-error what is free is counted where it is given
    () => stores.allowances.use({ owner: someone, kind: 'drafts', amount: 1, limit: 1 }, longAgo),
    // @ts-expect-error no job begins outside the transaction of its state
    () => stores.jobs.add({ task: 'submit-next' }),
    // @ts-expect-error several writes are one only in a use case
    (inside: WayInDatabase) => inside.transaction(async () => givenUser(database.stores)),
  ];
  expect(changes).toHaveLength(6);
});
