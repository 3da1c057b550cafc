import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ImportAvatars } from '../../../src/application/avatars/import-avatars.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { type AvatarId, type UserId, userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { givenAvatar } from '../../support/builders/given.js';
import { nextNumber } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { fluxEverywhere } from '../../support/safetensors.js';
import { policy } from '../generation/generation-world.js';

/** What another import finds here is in use: its owner has made it theirs since. */
let postgres: MigratedDatabase;
beforeAll(async () => {
  postgres = await openMigratedDatabase();
});
afterAll(() => postgres.close());

const clock = new FakeClock();
const url = 'https://weights.example/ada.safetensors';
let owner: UserId;
let id: AvatarId;
let mine: { owner: UserId; avatar: AvatarId };

const importing = (changes: object = {}) =>
  new ImportAvatars({
    database: postgres.database,
    clock,
    ids: { uuid: () => crypto.randomUUID(), seed: () => 1 },
    policy,
    look: fluxEverywhere,
  }).execute([
    {
      id: `old-${owner}`,
      telegram_id: owner,
      name: 'Ada',
      training_type: 'portrait',
      status: 'COMPLETED',
      diffusers_lora_file_url: url,
      trigger_phrase: 'TOK',
      is_main: true,
      ...changes,
    },
  ]);
const held = () => postgres.database.stores.avatars.find(id);
const updateAvatar = () => new UpdateAvatar({ database: postgres.database, clock });

beforeEach(async () => {
  owner = userId(String(70_000 + nextNumber()));
  expect(await importing()).toMatchObject({ imported: 1 });
  const [avatar] = await postgres.database.stores.avatars.list(owner);
  if (avatar === undefined) throw new Error('one was imported');
  id = avatar.id;
  mine = { owner, avatar: id };
});

test('the name that its owner gave it here stays, and so do its strength and the main avatar', async () => {
  await updateAvatar().rename({ avatar: mine.avatar, name: 'Countess' }, mine);
  await updateAvatar().setStrength({ avatar: mine.avatar, strength: 0.7 }, mine);
  const other = await givenAvatar(postgres.database.stores, { owner });
  await updateAvatar().makeMain({ avatar: other.id }, { owner });
  const before = await held();
  expect(await importing()).toEqual({ imported: 0, updated: 0, skipped: [] });
  expect(await importing({ name: 'Ada L.' })).toEqual({ imported: 0, updated: 0, skipped: [] });
  expect(await held()).toEqual(before);
  expect(before).toMatchObject({ name: 'Countess', defaultStrength: 0.7, isMain: false });
});

test('a new model comes over with its type and its trigger, and nothing else does', async () => {
  await updateAvatar().rename({ avatar: mine.avatar, name: 'Countess' }, mine);
  const before = await held();
  const changes = {
    name: 'Ada L.',
    training_type: 'style',
    finetune_id: 'ft-1',
    trigger_phrase: 'TOK2',
    is_main: false,
  };
  expect(await importing(changes)).toEqual({ imported: 0, updated: 1, skipped: [] });
  const model = { kind: 'finetune', id: 'ft-1' };
  expect(await held()).toEqual({ ...before, type: 'artistic', trigger: 'TOK2', model });
});

test('it stays with its owner, whoever is named for it in the old table by now', async () => {
  const before = await held();
  const skipped = [{ id: `old-${owner}`, reason: expect.stringContaining('somebody else’s') }];
  const stranger = String(70_000 + nextNumber());
  expect(await importing({ telegram_id: stranger })).toEqual({ imported: 0, updated: 0, skipped });
  expect(await held()).toEqual(before);
});

test('one that its owner deleted here stays deleted', async () => {
  await new DeleteAvatar({ database: postgres.database, media: new MemoryMediaStore(), clock }).execute(
    { avatar: mine.avatar, withImages: true },
    mine,
  );
  expect(await importing({ name: 'Ada L.' })).toMatchObject({ imported: 0, updated: 0, skipped: [{}] });
  expect(await postgres.database.stores.avatars.list(owner)).toEqual([]);
});
