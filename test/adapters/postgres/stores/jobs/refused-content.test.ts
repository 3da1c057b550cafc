import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../../../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../../../../src/adapters/postgres/postgres-database.js';
import { migrate } from '../../../../../src/adapters/postgres/schema/migrate.js';
import { ContentRefused } from '../../../../../src/application/ports/stores/content-refused.js';
import { failed } from '../../../../../src/domain/generation/generation-transitions.js';
import { trainingFailed } from '../../../../../src/domain/training/training-transitions.js';
import { aTraining } from '../../../../support/builders/a-training.js';
import { givenAvatar, givenGeneration, givenUser } from '../../../../support/builders/given.js';
import { longAgo, secondsLater } from '../../../../support/builders/ids.js';
import { eventOf, failedWith } from '../../../../support/builders/provider-events.js';
import { failOnLostConnection, type OpenedPostgres, openPostgres } from '../../open-postgres.js';

/** Its letters are those of western Europe: nothing that we clean makes an emoji fit. */
let server: OpenedPostgres;
let pool: pg.Pool;
let database: PostgresDatabase;
const name = `latin_${randomBytes(6).toString('hex')}`;

beforeAll(async () => {
  server = await openPostgres();
  await server.pool.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`);
  const url = new URL(server.connectionString);
  url.pathname = `/${name}`;
  pool = openPool(url.href, failOnLostConnection, 4);
  await migrate(pool);
  database = new PostgresDatabase(pool);
});

afterAll(async () => {
  await database.close();
  await server.pool.query(`drop database ${name} with (force)`);
  await server.close();
});

const failure = { kind: 'refused_input', detail: '422 at body.prompt (no 😀 here)' } as const;
const then = { checkAfter: secondsLater(10) };

test('a generation ends in its transaction though its explanation cannot be kept', async () => {
  const job = await givenGeneration(database.stores, { status: 'submitted' });
  const { next } = failed(job, failure, longAgo);
  await database.transaction(async ({ generations, users }) => {
    await generations.save(next, { status: 'submitted' }, then);
    await users.ensure({ id: job.owner, language: 'ru', now: longAgo });
  });
  expect(await database.stores.generations.find(job.id)).toMatchObject({
    status: 'failed',
    failure: { kind: 'refused_input', detail: expect.not.stringContaining('here') },
  });
  expect(await database.stores.users.find(job.owner)).toMatchObject({ language: 'ru' });
});

test('a training ends outside a transaction though its explanation cannot be kept', async () => {
  const user = await givenUser(database.stores);
  const avatar = await givenAvatar(database.stores, { owner: user.id, status: 'draft' });
  const training = aTraining({ status: 'training', owner: user.id, avatar: avatar.id });
  await database.stores.trainings.add(training);
  const { next } = trainingFailed(training, failure, longAgo);
  await database.stores.trainings.save(next, { status: 'training' }, then);
  expect(await database.stores.trainings.find(training.id)).toMatchObject({
    status: 'failed',
    failure: { kind: 'refused_input' },
  });
});

test('words that can be kept are kept', async () => {
  const job = await givenGeneration(database.stores, { status: 'submitted' });
  const { next } = failed(job, { ...failure, detail: 'für niemanden' }, longAgo);
  await database.stores.generations.save(next, { status: 'submitted' }, then);
  expect(await database.stores.generations.find(job.id)).toMatchObject({
    failure: { detail: 'für niemanden' },
  });
});

test('news of a failure is kept without its words: its job asks', async () => {
  const job = await givenGeneration(database.stores, { status: 'submitted', ticket: 'a ticket' });
  const event = eventOf(job, { outcome: failedWith('refused_input', 'no 😀 here') });
  expect(await database.stores.webhookInbox.add(event, longAgo)).toBe(true);
  expect(await database.stores.webhookInbox.byTicket('a ticket')).toEqual({ ...event, outcome: null });
  expect(await database.transaction(({ webhookInbox }) => webhookInbox.add(event, longAgo))).toBe(false);
});

test('updates that cannot be kept are told apart from a database that is away, and set aside in ASCII', async () => {
  const { updates } = database.stores;
  const good = { id: 1, body: { text: 'a knight' } };
  const odd = { id: 2, body: { text: 'a knight 😀' } };
  await expect(updates.keep('bot', [good, odd], longAgo)).rejects.toBeInstanceOf(ContentRefused);
  await updates.setAside('bot', odd, longAgo);
  await updates.keep('bot', [good], longAgo);
  const soon = { received: secondsLater(1), claimed: secondsLater(1) };
  expect((await updates.unfinished('bot', soon, { all: 9, each: 9 })).map(({ id }) => id)).toEqual([1]);
  expect(await updates.claim('bot', 2, { owner: 'one', at: secondsLater(9) }, secondsLater(8))).toBe(false);
  const { rows } = await pool.query<{ aside: string }>(
    `select body ->> 'setAside' as aside from seen_updates where update_id = 2`,
  );
  expect(JSON.parse(rows[0]?.aside ?? '')).toEqual(odd.body);
});

test('what is larger than an index takes is about content too', async () => {
  await expect(
    database.stores.updates.keep(
      `bot ${randomBytes(20_000).toString('hex')}`,
      [{ id: 1, body: {} }],
      longAgo,
    ),
  ).rejects.toBeInstanceOf(ContentRefused);
});
