import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CancelGeneration } from '../../../src/application/generation/cancel-generation.js';
import { generationKind } from '../../../src/application/generation/generation-kind.js';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { ReceiveWebhook } from '../../../src/application/upkeep/receive-webhook.js';
import { collected, submitted } from '../../../src/domain/generation/generation-transitions.js';
import { userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { beside } from '../../support/beside.js';
import { anyWords } from '../../support/builders/check-words.js';
import { givenAvatar, givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, nextNumber } from '../../support/builders/ids.js';
import { eventOf } from '../../support/builders/provider-events.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { policy } from './generation-world.js';

/** What only a real database shows: two steps at the same moment, each in a transaction of its own. */
let postgres: MigratedDatabase;
beforeAll(async () => {
  postgres = await openMigratedDatabase();
});
afterAll(() => postgres.close());
beforeEach(() => postgres.pool.query('truncate graphile_worker._private_jobs'));

const clock = new FakeClock();
const person = () => userId(String(50_000 + nextNumber()));

async function jobs(): Promise<unknown[]> {
  const { rows } = await postgres.pool.query('select key from graphile_worker.jobs');
  return rows.map(({ key }) => key);
}

test('twenty updates of one tap at the same moment make one job and one hold', async () => {
  const { database } = postgres;
  const owner = person();
  await givenUser(database.stores, { id: owner, credits: 100 });
  await givenAvatar(database.stores, { owner, isMain: true });
  const requesting = new RequestGeneration({
    database,
    clock,
    ids: { uuid: () => crypto.randomUUID(), seed: () => 1 },
    policy,
    metrics: new RecordingMetrics(),
    log: new RecordingLogger(),
    checkWords: anyWords,
  });
  const context = { owner, origin: { transport: 'test', address: {} }, requestKey: `tap of ${owner}` };
  const order = () => requesting.execute({ prompt: 'in medieval armor' }, context);
  const accepted = await Promise.all(Array.from({ length: 20 }, order));
  expect(new Set(accepted.map(({ id }) => id)).size).toBe(1);
  expect(await database.stores.ledger.account(owner)).toEqual({ balance: 95, held: 5 });
});

test('whoever asks under a key that another is just writing has one job and pays once', async () => {
  const { database } = postgres;
  const owner = person();
  await givenUser(database.stores, { id: owner, credits: 100 });
  await givenAvatar(database.stores, { owner, isMain: true });
  const parts = {
    clock,
    ids: { uuid: () => crypto.randomUUID(), seed: () => 1 },
    policy,
    metrics: new RecordingMetrics(),
    log: new RecordingLogger(),
  };
  const context = { owner, origin: { transport: 'test', address: {} }, requestKey: `tap of ${owner}` };
  const first = new RequestGeneration({ ...parts, checkWords: anyWords, database });
  const prompt = 'in medieval armor';
  const early = await database.stores.generations.circumstances(owner, context.requestKey, longAgo);
  const { id } = await first.execute({ prompt }, context);
  // Looked before the other was written.
  const generations = Object.create(database.stores.generations, {
    circumstances: { value: async () => early },
  }) as typeof database.stores.generations;
  const second = new RequestGeneration({
    ...parts,
    checkWords: anyWords,
    database: {
      stores: { ...database.stores, generations },
      transaction: (work) => database.transaction(work),
    },
  });
  const again = await second.execute({ prompt }, context);
  expect(again.id).toBe(id);
  expect(again.ahead).toBeUndefined();
  expect(await database.stores.ledger.account(owner)).toEqual({ balance: 95, held: 5 });
});

test('news that comes while the ticket is being written is collected', async () => {
  const { database } = postgres;
  const state = await givenGeneration(database.stores, { status: 'submitting', owner: person() });
  const receive = new ReceiveWebhook({ worker: 'worker-1', database, clock, log: new RecordingLogger() });
  const ticket = `ticket of ${state.id}`;
  const [receiving] = await database.transaction(async (stores) => {
    const { next } = submitted(state, ticket, longAgo);
    await stores.generations.save(next, { status: 'submitting' }, { checkAfter: longAgo });
    return beside(postgres.pool, receive.execute(eventOf(state, { ticket })));
  });
  expect(await receiving).toBe(true);
  expect(await jobs()).toEqual([`collect:${state.id}`]);
});

test('who calls a job off while its images are being written hears that it is too late', async () => {
  const { database } = postgres;
  const owner = person();
  await givenUser(database.stores, { id: owner, credits: 100 });
  const state = await givenGeneration(database.stores, { status: 'submitted', owner });
  await database.transaction((stores) =>
    generationKind.apply(stores, state, { next: state, effects: ['hold'] }, longAgo),
  );
  const [cancelling] = await database.transaction(async (stores) => {
    const transition = collected(state, { imageCount: 1, flagged: 0, seed: null }, longAgo);
    await stores.generations.save(transition.next, { status: 'submitted' }, { checkAfter: longAgo });
    await generationKind.apply(stores, state, transition, longAgo);
    return beside(
      postgres.pool,
      new CancelGeneration({ database, clock }).execute({ id: state.id }, { owner }),
    );
  });
  await expect(cancelling).rejects.toMatchObject({ code: 'wrong_state' });
  expect(await database.stores.ledger.account(owner)).toEqual({ balance: 95, held: 0 });
  expect(await database.stores.ledger.history(owner, 10)).toHaveLength(4);
});
