import { afterAll, beforeAll, expect, test } from 'vitest';
import { aTraining, givenTraining } from '../../../../support/builders/a-training.js';
import { longAgo, secondsLater } from '../../../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../../open-postgres.js';

let postgres: OpenedPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.close());

test('rows that say "collecting", as all did, are trainings that were accepted', async () => {
  const { trainings } = postgres.database.stores;
  const training = await givenTraining(postgres.database.stores, aTraining());
  await postgres.pool.query(`update trainings set status = 'collecting' where id = $1`, [training.id]);
  expect(await trainings.find(training.id)).toEqual(training);
  const lease = { owner: 'worker-1', until: secondsLater(60) };
  expect(await trainings.acquire(training.id, 'accepted', lease, longAgo)).toEqual(training);
  const expected = { status: 'accepted', lease: 'worker-1' } as const;
  await trainings.save({ ...training, notBefore: secondsLater(5) }, expected, { checkAfter: longAgo });
  // A process of the release before reads it, too.
  const { rows } = await postgres.pool.query('select status from trainings where id = $1', [training.id]);
  expect(rows).toEqual([{ status: 'collecting' }]);
  expect(await trainings.stalled(secondsLater(1), secondsLater(9), 5)).toHaveLength(1);
  expect(await trainings.openFor(0, 5)).toHaveLength(1);
});
