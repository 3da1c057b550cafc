import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import type { Stores } from '../../../src/application/ports/stores/stores.js';
import { generationId, trainingId } from '../../../src/domain/ids.js';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenAvatar, givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, secondsLater, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres, withoutAskingAgain } from './open-postgres.js';

/**
 * Whoever changes several rows takes them in one order, or leaves out what another holds: two who take the same rows in
 * different orders wait for each other until PostgreSQL gives one of them up. Here the rows lie in the table in the
 * other order than that of their keys.
 */
let postgres: OpenedPostgres;
let database: PostgresDatabase;
beforeAll(async () => {
  postgres = await openPostgres();
  // Its statements read tables as they lie.
  const options = '-c enable_indexscan=off -c enable_bitmapscan=off -c enable_indexonlyscan=off';
  database = withoutAskingAgain(postgres.connectionString, options);
});
afterAll(async () => {
  await database.close();
  await postgres.close();
});
beforeEach(() => postgres.clear());

const ids = ['10000000-0000-4000-8000-00000000000b', '10000000-0000-4000-8000-00000000000a'] as const;
const now = secondsLater(86_400);
const lease = { owner: 'dead', until: secondsLater(300) };

const generations = (status: 'accepted' | 'submitted', isHeld: boolean) => async (stores: Stores) => {
  for (const id of ids) {
    await givenGeneration(stores, { id: generationId(id), status });
    if (isHeld) await stores.generations.acquire(generationId(id), status, lease, longAgo);
  }
};
const trainings = (isHeld: boolean) => async (stores: Stores) => {
  for (const id of ids) {
    const avatar = await givenAvatar(stores, { status: 'training' });
    await givenTraining(
      stores,
      aTraining({ id: trainingId(id), status: 'training', avatar: avatar.id, price: 0 }),
    );
    if (isHeld) await stores.trainings.acquire(trainingId(id), 'training', lease, longAgo);
  }
};
const updates = async ({ updates: log }: Stores) => {
  for (const id of [2, 1]) {
    await log.keep('bot', [{ id, body: {} }], longAgo);
    await log.claim('bot', id, { owner: 'dead', at: longAgo }, longAgo);
  }
};

const cases: Record<
  string,
  { given(stores: Stores): Promise<unknown>; rows: readonly string[]; work(stores: Stores): Promise<unknown> }
> = {
  'all generations are asked about': {
    given: generations('submitted', false),
    rows: ids.map((id) => `generations where id = '${id}'`),
    work: (stores) => stores.generations.recheck(secondsLater(-60)),
  },
  'generations of the dead are freed': {
    given: generations('submitted', true),
    rows: ids.map((id) => `generations where id = '${id}'`),
    work: (stores) => stores.generations.dropLeases(['dead']),
  },
  'the line is looked at': {
    given: generations('accepted', false),
    rows: ids.map((id) => `generations where id = '${id}'`),
    work: (stores) => stores.generations.lookAtQueue(lease, now),
  },
  'jobs at the provider are looked at': {
    async given(stores) {
      await generations('submitted', true)(stores);
      for (const id of ids) await stores.generations.free(generationId(id), lease.owner, longAgo);
    },
    rows: ids.map((id) => `generations where id = '${id}'`),
    work: (stores) => stores.generations.lookAt(ids.map(generationId), lease, now),
  },
  'all trainings are asked about': {
    given: trainings(false),
    rows: ids.map((id) => `trainings where id = '${id}'`),
    work: (stores) => stores.trainings.recheck(secondsLater(-60)),
  },
  'trainings of the dead are freed': {
    given: trainings(true),
    rows: ids.map((id) => `trainings where id = '${id}'`),
    work: (stores) => stores.trainings.dropLeases(['dead']),
  },
  'a person is forgotten': {
    given: generations('submitted', false),
    rows: ids.map((id) => `generations where id = '${id}'`),
    work: (stores) => stores.personal.forget(someone),
  },
  'updates of the dead are given back': {
    given: updates,
    rows: [2, 1].map((id) => `seen_updates where update_id = ${id}`),
    work: (stores) => stores.updates.dropClaims(['dead']),
  },
  'updates are dealt with': {
    given: updates,
    rows: [2, 1].map((id) => `seen_updates where update_id = ${id}`),
    work: (stores) => stores.updates.finish('bot', 2, 1),
  },
  'updates are taken': {
    given: updates,
    rows: [2, 1].map((id) => `seen_updates where update_id = ${id}`),
    work: (stores) =>
      stores.updates.take(
        'bot',
        [2, 1].map((id) => ({ id, body: {} })),
        { owner: 'alive', at: now },
        { abandonedBefore: now, finished: [] },
      ),
  },
  'old updates are forgotten': {
    given: updates,
    rows: [2, 1].map((id) => `seen_updates where update_id = ${id}`),
    work: (stores) => stores.updates.forget(now),
  },
  'updates are given up': {
    async given(stores) {
      await updates(stores);
      await postgres.pool.query('update seen_updates set tries = 20');
    },
    rows: [2, 1].map((id) => `seen_updates where update_id = ${id}`),
    work: (stores) => stores.updates.giveUp('bot', now, now),
  },
  'an endpoint is forgiven': {
    async given({ endpoints }) {
      for (const job of ['b', 'a']) await endpoints.noteRefusal('fal-ai/x', job, longAgo);
    },
    rows: ['b', 'a'].map((job) => `refused_submits where job = '${job}'`),
    work: (stores) => stores.endpoints.served('fal-ai/x'),
  },
  'old refusals are forgotten': {
    async given({ endpoints }) {
      for (const job of ['b', 'a']) await endpoints.noteRefusal('fal-ai/x', job, longAgo);
    },
    rows: ['b', 'a'].map((job) => `refused_submits where job = '${job}'`),
    work: (stores) => stores.endpoints.noteRefusal('fal-ai/y', 'c', secondsLater(2 * 86_400)),
  },
  'old allowances are forgotten': {
    async given(stores) {
      await givenUser(stores, { id: someone });
      for (const kind of ['prompt_help', 'lora_files'] as const)
        await stores.allowances.use({ owner: someone, kind, amount: 1, limit: 9 }, longAgo);
    },
    rows: ['prompt_help', 'lora_files'].map((kind) => `allowances where kind = '${kind}'`),
    work: (stores) => stores.allowances.forget(now),
  },
  'old attempts are forgotten': {
    async given(stores) {
      await givenUser(stores, { id: someone });
      for (const hash of ['b', 'a']) await stores.attempts.begin(someone, hash.repeat(64), longAgo);
    },
    rows: ['b', 'a'].map((hash) => `judging_attempts where source_sha256 = '${hash.repeat(64)}'`),
    work: (stores) => stores.attempts.forget(now),
  },
};

test.each(Object.entries(cases))(
  '%s beside one who holds a row of these',
  async (_, { given, rows, work }) => {
    await given(database.stores);
    const other = await postgres.pool.connect();
    const take = async (row: string | undefined) =>
      expect((await other.query(`select from ${row} for update`)).rowCount).toBe(1);
    await other.query('begin');
    await take(rows[1]);
    let isOver = false;
    const done = work(database.stores).finally(() => {
      isOver = true;
    });
    done.catch(() => undefined);
    await expect.poll(async () => isOver || (await waiting()) > 0).toBe(true);
    // Whoever was passed over may have lost the other row already.
    if (!isOver) await take(rows[0]);
    await other.query('rollback');
    other.release();
    await done;
  },
);

async function waiting(): Promise<number> {
  const { rowCount } = await postgres.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}
