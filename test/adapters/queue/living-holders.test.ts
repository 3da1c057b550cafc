import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenGeneration } from '../../support/builders/given.js';
import { longAgo, secondsLater } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { openRegistry } from './a-registry.js';

let postgres: OpenedPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.close());
beforeEach(() => postgres.clear());

const tomorrow = secondsLater(86_400);
const other = { owner: 'another', until: secondsLater(86_460) };

test.each(['generations', 'trainings'] as const)(
  'who lives keeps its %s, whatever a clock says that was set; who has left does not',
  async (table) => {
    const { stores } = postgres.database;
    const { registry, close } = openRegistry(postgres.connectionString);
    await registry.join('holder');
    const lease = { owner: 'holder', until: secondsLater(60) };
    const rows =
      table === 'generations'
        ? await (async () => {
            const { id } = await givenGeneration(stores, { status: 'submitted' });
            return {
              claim: (as: typeof lease, now: Date) => stores.generations.acquire(id, 'submitted', as, now),
              stalled: () => stores.generations.stalled(tomorrow, tomorrow, 9),
            };
          })()
        : await (async () => {
            const { id } = await givenTraining(stores, aTraining({ status: 'training' }));
            return {
              claim: (as: typeof lease, now: Date) => stores.trainings.acquire(id, 'training', as, now),
              stalled: () => stores.trainings.stalled(tomorrow, tomorrow, 9),
            };
          })();
    expect(await rows.claim(lease, longAgo)).not.toBeNull();
    expect(await rows.stalled()).toEqual([]);
    expect(await rows.claim(other, tomorrow)).toBeNull();
    await registry.leave('holder');
    expect(await rows.stalled()).toHaveLength(1);
    expect(await rows.claim(other, tomorrow)).not.toBeNull();
    await close();
  },
);
