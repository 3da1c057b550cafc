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

/** Tables that grow with use, and where their end stands. A new one needs an end, or a reason here. */
const ends: Readonly<Record<string, string>> = {
  receipts: 'leftovers',
  wishes: 'leftovers',
  gallery_views: 'leftovers',
  expectations: 'leftovers',
  job_messages: 'leftovers',
  seen_updates: 'three days, by PurgeLeftovers',
  judging_attempts: 'a day, by PurgeCounts',
  allowances: 'a day, by PurgeCounts',
  refused_submits: 'leftovers, and with the endpoint’s first success',
  retired_endpoints: 'with the endpoint’s first success',
  workers: 'when they leave or are buried',
  avatar_drafts: 'thirty days, by ExpireDrafts',
  draft_photos: 'with their draft, or photoDays after the training',
  images: 'the bin, by PurgeImages; else as long as their owner',
  sent_files: 'with their picture',
  recipes: 'as long as their owner: links may be anywhere',
  preferences: 'as long as their owner',
  avatars: 'as long as their owner wants',
  users: 'for good: money refers to them',
  accounts: 'for good',
  ledger_entries: 'for good: the books',
  generations: 'for good, without words once their owner leaves',
  trainings: 'for good, without words once their owner leaves',
  deletion_receipts: 'for good: proof',
  deleted_legacy_avatars: 'for good: one number each',
  installation: 'one row',
};

test('every table has its end, or a reason to have none', async () => {
  const { rows } = await opened.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`,
  );
  expect(rows.map(({ name }) => name).filter((name) => ends[name] === undefined)).toEqual([]);
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
    refusals: (at) =>
      opened.pool.query(`insert into refused_submits values ('fal-ai/flux-lora', $1, 1, $2, 1, $2, $2)`, [
        nextUuid(),
        at,
      ]),
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
