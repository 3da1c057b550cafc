import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leftoverDays } from '../../../src/application/ports/stores/jobs/leftovers.js';
import { userId } from '../../../src/domain/ids.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { nextUuid } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());

/** As the operator reads it: the tables of a row stand in its first column, their end in the third. */
const chapter = readFileSync('docs/operations.md', 'utf8')
  .split(/^## /m)
  .find((text) => text.startsWith('What is kept'));
const ends = new Map(
  [...(chapter ?? '').matchAll(/^\| (`.*?`) \|.*?\| (.*) \|$/gm)].flatMap(([, tables = '', end = '']) =>
    [...tables.matchAll(/`(\w+)`/g)].map(([, table = '']): [string, string] => [table, end]),
  ),
);

test('every table has its end, or a reason to have none', async () => {
  const { rows } = await opened.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
  );
  const names = rows.map(({ name }) => name);
  expect(names.filter((name) => ends.get(name) === undefined)).toEqual([]);
  expect([...ends.keys()].filter((name) => !names.includes(name))).toEqual([]);
  // What nobody deletes says why.
  expect([...ends.values()].filter((end) => end.startsWith('never') && !end.startsWith('never: '))).toEqual(
    [],
  );
});

test('rows go when they have served, and not before', async () => {
  const { stores } = opened.database;
  const now = new Date();
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  await givenUser(stores, { id: userId('1') });
  const insert: Record<keyof typeof leftoverDays, (at: Date) => Promise<unknown>> = {
    webhooks: (at) =>
      opened.pool.query(`insert into receipts values ($1, 'generation:1:1', 'ticket', null, $2)`, [
        nextUuid(),
        at,
      ]),
    forms: (at) =>
      opened.pool.query(
        `insert into wishes (id, owner, choices, overrides, origin, created_at) values ($1, '1', '{}', '{}', '{}', $2)`,
        [nextUuid(), at],
      ),
    galleryViews: (at) =>
      opened.pool.query(
        `insert into gallery_views (id, owner, filter, created_at) values ($1, '1', '{}', $2)`,
        [nextUuid(), at],
      ),
    pendingReplies: (at) =>
      opened.pool.query(`insert into expectations values ('1', $1, 'name', 'avatar', $2)`, [nextUuid(), at]),
    jobMessages: async (at) => {
      const { id } = await givenGeneration(stores, { owner: userId('1'), status: 'submitted' });
      await opened.pool.query(`insert into job_messages values ($1, 'bot', 1, 1, 'en', $2)`, [id, at]);
    },
    followUps: async (at) => {
      const { id } = await givenGeneration(stores, { owner: userId('1'), status: 'delivered' });
      await opened.pool.query(`insert into follow_ups values ($1, 'bot', $2, false)`, [id, at]);
    },
    refusals: (at) =>
      opened.pool.query(`insert into refused_submits values ('fal-ai/flux-lora', $1, 1, $2, 1, $2, $2)`, [
        nextUuid(),
        at,
      ]),
    intents: (at) =>
      opened.pool.query(`insert into operator_intents values ($1, '1', '{}', $2, null)`, [nextUuid(), at]),
    cases: (at) =>
      opened.pool.query(
        `insert into moderation_cases (id, key, kind, person, opened_at, decision, decided_at)
          values ($1::uuid, $1::text, 'appeal', '1', $2, 'stay', $2)`,
        [nextUuid(), at],
      ),
    apiRequests: (at) =>
      opened.pool.query(
        `insert into api_requests (id, owner, value, digest, taken_until, created_at)
          values ($1::uuid, '1', $1::text, 'd', $2, $2)`,
        [nextUuid(), at],
      ),
    queueJobs: (at) =>
      opened.pool.query(
        `with job as (select id from graphile_worker.add_job('collect', run_at := $1)) select 1 from job`,
        [at],
      ),
  };
  for (const [kind, days] of Object.entries(leftoverDays))
    for (const at of [ago(days + 0.1), ago(days - 0.1)]) await insert[kind as keyof typeof leftoverDays](at);
  await stores.jobs.add({ task: 'submit-next' }, ago(99));
  await opened.pool.query(
    `update graphile_worker._private_jobs set attempts = max_attempts
     where task_id = (select id from graphile_worker._private_tasks where identifier = 'collect')`,
  );
  const one = Object.fromEntries(Object.keys(leftoverDays).map((kind) => [kind, 1]));
  const none = Object.fromEntries(Object.keys(leftoverDays).map((kind) => [kind, 0]));
  expect(await stores.leftovers.forget(now, 10)).toEqual(one);
  expect(await stores.leftovers.forget(now, 10)).toEqual(none);
});
