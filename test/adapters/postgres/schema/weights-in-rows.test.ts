import { afterAll, beforeAll, expect, it } from 'vitest';
import { aTraining, givenTraining } from '../../../support/builders/a-training.js';
import { anAvatar } from '../../../support/builders/an-avatar.js';
import { givenAvatar } from '../../../support/builders/given.js';
import { longAgo } from '../../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());

const ask = async (query: string, ...values: unknown[]) => (await opened.pool.query(query, values)).rows;

const lora = { kind: 'lora', url: 'https://weights.example/a' } as const;
const inUse = { ...lora, mediaKey: 'weights/a', importedFrom: 'https://elsewhere.example/a' };
const earlier = { trigger: 'TOK', strength: null, replacedAt: longAgo };

it('understands the models that the first releases wrote', async () => {
  const { id } = await givenAvatar(opened.database.stores);
  await ask(
    'update avatars set model = $2, earlier = $3 where id = $1',
    id,
    { ...lora, keptAs: 'weights/a', importedFrom: 'https://elsewhere.example/a' },
    JSON.stringify([
      { ...earlier, model: { kind: 'finetune', id: 'fine-1' } },
      { ...earlier, model: { ...lora, keptAs: 'weights/b' } },
      { ...earlier, model: lora },
    ]),
  );
  expect(await opened.database.stores.avatars.find(id)).toMatchObject({
    model: inUse,
    earlier: [
      { ...earlier, model: { kind: 'finetune', id: 'fine-1' } },
      { ...earlier, model: { ...lora, mediaKey: 'weights/b' } },
      { ...earlier, model: lora },
    ],
  });
});

it('writes models as they did, so that the release before understands them', async () => {
  const avatar = anAvatar({
    model: inUse,
    earlier: [{ ...earlier, model: { ...lora, mediaKey: 'weights/b' } }],
  });
  await givenAvatar(opened.database.stores, avatar);
  expect(await ask('select model, earlier from avatars where id = $1', avatar.id)).toEqual([
    {
      model: { ...lora, keptAs: 'weights/a', importedFrom: 'https://elsewhere.example/a' },
      earlier: [{ ...earlier, replacedAt: longAgo.toISOString(), model: { ...lora, keptAs: 'weights/b' } }],
    },
  ]);
});

it('understands and writes the weights of trainings as they did', async () => {
  const { stores } = opened.database;
  const training = await givenTraining(stores, aTraining({ status: 'ready' }));
  const { mediaKey, ...rest } = training.weights;
  const weights = { ...rest, keptAs: mediaKey };
  expect(await ask('select weights from trainings where id = $1', training.id)).toEqual([{ weights }]);
  await ask('update trainings set weights = $2 where id = $1', training.id, {
    ...weights,
    keptAs: 'weights/2',
  });
  expect(await stores.trainings.find(training.id)).toMatchObject({
    weights: { ...rest, mediaKey: 'weights/2' },
  });
});

it.each(['model', 'earlier'])('refuses a kind of model that it does not know in %s', async (column) => {
  const { id } = await givenAvatar(opened.database.stores);
  const unknown = { kind: 'hologram', id: 'later' };
  const value = column === 'model' ? unknown : [{ ...earlier, model: unknown }];
  await ask(`update avatars set ${column} = $2 where id = $1`, id, JSON.stringify(value));
  await expect(opened.database.stores.avatars.find(id)).rejects.toThrow('unknown kind: hologram');
  await ask('delete from avatars where id = $1', id);
});
