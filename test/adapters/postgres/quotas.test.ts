import { expect, it, onTestFinished } from 'vitest';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import type { Quotas } from '../../../src/domain/budget.js';
import { type UserId, userId } from '../../../src/domain/ids.js';
import { policy as usual } from '../../application/generation/generation-world.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { noQuotas } from '../../support/builders/allowances.js';
import { anyWords } from '../../support/builders/check-words.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { openMigratedDatabase } from '../../support/migrated-database.js';
import { RandomIds } from '../telegram/random-ids.js';

/** What a picture of the default preset is estimated to cost. */
const cost = 35_000;

async function aWorld(quotas: Partial<Quotas>, priceImage = 5) {
  const { database, pool, close } = await openMigratedDatabase();
  onTestFinished(close);
  const policy = { ...usual, priceImage, openPerUser: 100, quotas: { ...noQuotas, ...quotas } };
  const requesting = new RequestGeneration({
    ...{ database, clock: new FakeClock(), ids: new RandomIds(), policy, checkWords: anyWords },
    ...{ metrics: new RecordingMetrics(), log: new RecordingLogger() },
  });
  const person = async (index: number): Promise<UserId> => {
    const id = userId(String(9000 + index));
    await givenUser(database.stores, { id, credits: 1000 });
    await givenAvatar(database.stores, { owner: id, isMain: true });
    return id;
  };
  /** All at once. The codes of those that were refused. */
  const ask = async (owners: readonly UserId[], requestKey?: string) => {
    const origin = { transport: 'test', address: {} };
    const answers = await Promise.allSettled(
      owners.map((owner) => requesting.execute({ prompt: 'a knight' }, { owner, origin, requestKey })),
    );
    return answers.flatMap((answer) =>
      answer.status === 'rejected' ? [(answer.reason as { code?: string }).code ?? answer.reason] : [],
    );
  };
  const written = async () => {
    const { rows } = await pool.query<{ jobs: number; held: number; free: number }>(
      `select (select count(*)::int from generations) as jobs, sum(held)::int as held, sum(balance)::int as free
        from accounts`,
    );
    expect(await database.stores.ledger.breaches()).toEqual([]);
    return rows[0];
  };
  return { database, person, ask, written };
}

it('five pictures a day are five, of twenty that one person orders at once, and no more are charged', async () => {
  const { database, person, ask, written } = await aWorld({ pictures: 5 });
  const owner = await person(0);
  const refused = await ask(Array.from({ length: 20 }, () => owner));
  expect(refused).toEqual(Array.from({ length: 15 }, () => 'pictures_spent'));
  expect(await written()).toEqual({ jobs: 5, held: 25, free: 975 });
  await database.stores.quotas.setLimit(owner, 7);
  expect(await ask([owner, owner, owner])).toEqual(['pictures_spent']);
  expect(await ask([await person(1)])).toEqual([]);
});

it('nor are there more where pictures cost nothing, and no account is locked', async () => {
  const { person, ask, written } = await aWorld({ pictures: 5 }, 0);
  const owner = await person(0);
  expect(await ask(Array.from({ length: 20 }, () => owner))).toHaveLength(15);
  expect(await written()).toEqual({ jobs: 5, held: 0, free: 1000 });
});

it('a budget for three pictures buys three, of twenty people’s at once, and no more are charged', async () => {
  const { database, person, ask, written } = await aWorld({ budgets: { day: 3 * cost, month: null } });
  const people = await Promise.all(Array.from({ length: 20 }, (_, index) => person(index)));
  const refused = await ask(people);
  expect(refused).toEqual(Array.from({ length: 17 }, () => 'budget_spent'));
  expect(await written()).toEqual({ jobs: 3, held: 15, free: 19_985 });
  expect(await database.stores.quotas.spent(new FakeClock().now())).toEqual({
    day: 3 * cost,
    month: 3 * cost,
  });
  // Now that the day has begun, the same holds.
  await database.stores.quotas.reset(new FakeClock().now());
  expect(await ask(people)).toHaveLength(17);
});

it('asked again under the same key it counts once', async () => {
  const { database, person, ask, written } = await aWorld({ pictures: 5 });
  const owner = await person(0);
  expect(await ask([owner, owner, owner], 'one tap')).toEqual([]);
  expect(await written()).toMatchObject({ jobs: 1 });
  expect((await database.stores.quotas.spent(new FakeClock().now())).day).toBe(cost);
});
