import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImportAvatars } from '../../../src/application/avatars/import-avatars.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import { trainingKind } from '../../../src/application/training/training-kind.js';
import type { Avatar } from '../../../src/domain/avatar/avatar.js';
import { type AvatarId, type UserId, userId } from '../../../src/domain/ids.js';
import { trainingReady } from '../../../src/domain/training/training-transitions.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { beside } from '../../support/beside.js';
import { aTraining, givenTraining, someWeights } from '../../support/builders/a-training.js';
import { anAvatar } from '../../support/builders/an-avatar.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, nextNumber } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { fluxEverywhere } from '../../support/safetensors.js';
import { policy } from '../generation/generation-world.js';

/** What a person paid for is there whatever else is written to the avatar while its training ends. */
let postgres: MigratedDatabase;
beforeAll(async () => {
  postgres = await openMigratedDatabase();
});
afterAll(() => postgres.close());

const clock = new FakeClock();
const updateAvatar = () => new UpdateAvatar({ database: postgres.database, clock });
const paidFor = { kind: 'lora', url: someWeights.url, mediaKey: someWeights.mediaKey };
const oldUrl = 'https://weights.example/before.safetensors';

/** The avatar after `change` was begun while the end of its training had been written and was not yet to be seen. */
async function whileTrainingEnds(change: (avatar: ImportedHere) => Promise<unknown>): Promise<Avatar | null> {
  const { database, pool } = postgres;
  const owner = userId(String(60_000 + nextNumber()));
  const legacyId = `old-${owner}`;
  await givenUser(database.stores, { id: owner });
  const held = anAvatar({ owner, model: { kind: 'lora', url: oldUrl } });
  await database.stores.avatars.save(held, legacyId);
  const training = aTraining({ status: 'training', owner, avatar: held.id });
  await givenTraining(database.stores, training);
  const [changing] = await database.transaction(async (stores) => {
    const { next } = trainingReady(training, someWeights, longAgo);
    await trainingKind.apply(stores, training, { next, effects: ['avatar'] }, longAgo);
    return beside(pool, change({ owner, id: held.id, legacyId }));
  });
  await changing;
  return database.stores.avatars.find(held.id);
}

interface ImportedHere {
  readonly owner: UserId;
  readonly id: AvatarId;
  readonly legacyId: string;
}

test('a rename keeps the weights of a training that ends between its read and its write', async () => {
  const avatar = await whileTrainingEnds(({ owner, id }) =>
    updateAvatar().rename({ avatar: id, name: 'Grace' }, { owner }),
  );
  expect(avatar).toMatchObject({ name: 'Grace', status: 'ready', model: paidFor });
});

test('so does making it the main avatar', async () => {
  const avatar = await whileTrainingEnds(({ owner, id }) =>
    updateAvatar().makeMain({ avatar: id }, { owner }),
  );
  expect(avatar).toMatchObject({ isMain: true, model: paidFor });
});

test('so does an import that brings a new trigger', async () => {
  const ids = { uuid: () => crypto.randomUUID(), seed: () => 1 };
  const importAvatars = new ImportAvatars({
    database: postgres.database,
    clock,
    ids,
    policy,
    look: fluxEverywhere,
  });
  const avatar = await whileTrainingEnds(({ owner, legacyId }) =>
    importAvatars.execute([
      {
        id: legacyId,
        telegram_id: owner,
        name: 'Ada',
        trigger_phrase: 'TOK2',
        training_type: 'portrait',
        status: 'completed',
        diffusers_lora_file_url: oldUrl,
      },
    ]),
  );
  expect(avatar).toMatchObject({ model: paidFor });
});
