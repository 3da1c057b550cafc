import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());

it('counts the webhooks of a person only when nobody else is adding one', async () => {
  const { database, pool } = opened;
  await givenUser(database.stores, { id: someone });
  const hook = () => ({
    id: nextUuid(),
    owner: someone,
    events: ['generation.done'] as const,
    createdAt: longAgo,
  });
  const add = () =>
    database.transaction(({ eventHooks }) =>
      eventHooks.add({ ...hook(), url: 'https://shop.example/', secret: 'whsec_' }, 1),
    );
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const second = await database.transaction(async ({ eventHooks }) => {
    await eventHooks.add({ ...hook(), url: 'https://shop.example/', secret: 'whsec_' }, 1);
    const other = { added: add(), isOver: false };
    void other.added.finally(() => {
      other.isOver = true;
    });
    // Nothing is written down yet: the other one either waits, or has counted none.
    while (!other.isOver && (await pool.query(waiting)).rowCount === 0);
    return other;
  });
  expect(await second.added).toBe(false);
});

it('forgets what somebody had at hand when its webhook was switched off', async () => {
  const { database, pool } = opened;
  await givenUser(database.stores, { id: someone });
  const { eventHooks } = database.stores;
  const hook = { id: nextUuid(), owner: someone, events: ['generation.done'] as const, createdAt: longAgo };
  await eventHooks.add({ ...hook, url: 'https://shop.example/', secret: 'whsec_' }, 10);
  const message = { type: 'generation.done' as const, at: longAgo, data: { prompt: 'a secret plan' } };
  await eventHooks.noteTest(someone, hook.id, { ...message, id: 'evt_1' });
  const client = await pool.connect();
  await client.query('begin');
  await client.query('select from hook_events where hook = $1 for update', [hook.id]);
  await eventHooks.switchOff(hook.id, 'timed_out', secondsLater(1));
  await client.query('rollback');
  client.release();
  expect((await eventHooks.list(someone)).find(({ id }) => id === hook.id)).toMatchObject({ waiting: 0 });
  expect(await eventHooks.forget(longAgo)).toBe(1);
  expect((await pool.query('select from hook_events where hook = $1', [hook.id])).rowCount).toBe(0);
});
