import { afterAll, beforeAll, expect, it } from 'vitest';
import { aDraft } from '../../../support/builders/a-training.js';
import { givenAvatar } from '../../../support/builders/given.js';
import { longAgo } from '../../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());

const place = { chat: 7, message: 12 };

it.each([
  [{ place, collecting: true, chosenAt: longAgo.getTime(), named: true }, longAgo, true],
  // Before there were several drafts.
  [{ place, collecting: true }, new Date(0), false],
  [{ place, collecting: false, chosenAt: longAgo.getTime() }, null, false],
  [{ place }, null, false],
])('understands what the chat of earlier releases noted about a draft: %j', async (memo, openedAt, named) => {
  const { stores } = opened.database;
  const { id: avatar } = await givenAvatar(stores, { status: 'draft' });
  await stores.avatarDrafts.save(aDraft({ avatar }));
  await opened.pool.query('update avatar_drafts set memo = $2 where avatar = $1', [avatar, memo]);
  const draft = await stores.avatarDrafts.find(avatar);
  expect(draft).toMatchObject({ openedAt, named });
  expect(draft?.transportState).toEqual({ place });
});

it('writes them as they did, so that the release before understands them', async () => {
  const { stores } = opened.database;
  const { id: avatar } = await givenAvatar(stores, { status: 'draft' });
  const written = async () =>
    (await opened.pool.query('select memo from avatar_drafts where avatar = $1', [avatar])).rows[0]?.memo;
  const draft = aDraft({ avatar, transportState: { place }, openedAt: longAgo, named: true });
  await stores.avatarDrafts.save(draft);
  expect(await written()).toEqual({ place, collecting: true, chosenAt: longAgo.getTime(), named: true });
  await stores.avatarDrafts.save({ ...draft, openedAt: null, named: false });
  expect(await written()).toEqual({ place, collecting: false, named: false });
});
