import { afterEach, beforeEach, expect, it } from 'vitest';
import { ChangeAvatar } from '../../../src/application/avatars/change-avatar.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import type { AvatarId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { givenAvatar } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';

/** Each writes all columns of the avatar, and must not write what another has changed meanwhile. */
let opened: MigratedDatabase;
let avatar: AvatarId;
beforeEach(async () => {
  opened = await openMigratedDatabase();
  avatar = (await givenAvatar(opened.database.stores, { name: 'Ada', defaultStrength: null })).id;
});
afterEach(() => opened.close());

const by = { owner: someone };
const changing = () => new ChangeAvatar({ database: opened.database });
const updating = () => new UpdateAvatar({ database: opened.database, clock: new FakeClock() });

const pairs = {
  'two changes': [
    () => changing().execute({ avatar, name: 'Grace' }, by),
    () => changing().execute({ avatar, strength: 1.5 }, by),
  ],
  'a new name and a new strength': [
    () => updating().rename({ avatar, name: 'Grace' }, by),
    () => updating().setStrength({ avatar, strength: 1.5 }, by),
  ],
} as const;

it.each(Object.entries(pairs))('%s at the same moment are both kept', async (_, pair) => {
  const other = await opened.pool.connect();
  await other.query('begin');
  await other.query('select from avatars where id = $1 for update', [avatar]);
  const done: Promise<unknown>[] = [];
  for (const change of pair) {
    done.push(change());
    await expect.poll(waiting).toBe(done.length);
  }
  await other.query('rollback');
  other.release();
  await Promise.all(done);
  expect(await opened.database.stores.avatars.find(avatar)).toMatchObject({
    name: 'Grace',
    defaultStrength: 1.5,
  });
});

async function waiting(): Promise<number> {
  const { rowCount } = await opened.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}
