import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import type { Stores } from '../../../src/application/ports/stores/stores.js';
import { generationStatuses } from '../../../src/domain/generation/generation.js';
import { generationId, userId } from '../../../src/domain/ids.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { longAgo, secondsLater } from '../../support/builders/ids.js';
import { eventOf } from '../../support/builders/provider-events.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';
import { ExplainingPool, type ReadTable } from './query-plans.js';

/**
 * 20,000 generations of 500 users: mostly delivered, 2,000 waiting, 40 in flight, and their images, entries and
 * webhooks. Written past the foreign keys, whose checks would take most of the time.
 */
const history = `
  begin;
  set local session_replication_role = replica;
  insert into users (id, created_at) select n, now() from generate_series(1, 500) as n;
  insert into generations (id, owner, preset, prompt, overrides, endpoint, "order", price, origin, created_at,
      request_key, submits, doubts, run, rerolls, status, turn, ticket, submitting_at, submitted_at, collected_at,
      image_count, seed, delivered_at, ended_at, announced_at, failure, check_after, lease_owner, lease_until)
    select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, (n % 500 + 1)::text, 'balanced', 'a prompt',
      '{}', 'fal-ai/flux-lora', '{"count": 1}', 5, '{"transport": "test", "address": {}}',
      timestamptz '2026-01-01' + n * interval '1 second', 'tap ' || n, 1, 0, 0, 0, status, n / 500 + 1, 'ticket ' || n,
      now(), now(), now(), 1, 1, now(), case when status in ('failed', 'cancelled') then now() end, now(),
      case when status = 'failed' then '{"kind": "timeout", "detail": ""}'::jsonb end, now(),
      case when status in ('submitting', 'submitted') then 'worker ' || n % 4 end,
      case when status in ('submitting', 'submitted') then now() + interval '1 minute' end
    from (select n, case when n > 18000 then 'accepted' when n % 450 = 0 then 'submitted' when n % 50 = 0 then 'failed'
      when n % 75 = 0 then 'cancelled' else 'delivered' end as status from generate_series(1, 20000) as n) as numbered;
  insert into images (id, generation, owner, position, media_key, thumbnail_key, width, height, content_type, bytes,
      sha256, created_at)
    select id, id, owner, 0, 'key', 'key', 1, 1, 'image/jpeg', 1, '', created_at from generations
    where status = 'delivered' limit 5000;
  insert into avatars (id, owner, name, type, status, model, is_main, created_at)
    select ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, (n % 500 + 1)::text, 'avatar ' || n, 'portrait',
      'draft', null, n <= 500, now() from generate_series(1, 2000) as n;
  insert into accounts (user_id, balance, held) select id, 1000000, 0 from users;
  insert into ledger_entries (user_id, kind, amount, reason, at)
    select owner, 'hold', -5, 'hold:generation:' || id, created_at from generations;
  insert into receipts (request_id, reference, ticket, received_at)
    select 'request ' || id, 'generation:' || id || ':1', ticket, created_at from generations limit 5000;
  insert into avatars (id, owner, name, type, status, model, trigger, is_main, created_at)
    select id, owner, 'avatar', 'portrait', 'ready', '{"kind": "lora", "url": "u", "keptAs": "k"}', 'TOK', false, created_at
    from generations limit 5000;
  insert into avatar_drafts (avatar, owner, origin, memo, created_at, touched_at)
    select id, owner, '{}', '{}', created_at, created_at from avatars;
  insert into trainings (id, owner, avatar, speed, "order", price, courtesy, origin, created_at, submits, doubts, status,
      ticket, submitted_at, weights, ready_at, announced_at, check_after)
    select id, owner, id, 'fast', '{}', 0, true, origin, created_at, 1, 0, 'ready', ticket, now(), '{}', now(), now(), now()
    from generations limit 5000;
  insert into seen_updates (source, update_id, received_at, done)
    select 'bot', n, now(), true from generate_series(1, 5000) as n;
  commit;
  analyze`;

const owner = userId('77');
const limits = { total: 1000, perUser: 1000, now: secondsLater(0) };
const lease = { owner: 'worker 9', until: secondsLater(60) };
const numbered = (number: number) =>
  generationId(`00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);
const found = aGeneration({ status: 'submitted', id: numbered(450), owner, ticket: 'ticket 450' });

const day = 86_400;

type Ask = (stores: Stores) => Promise<unknown>;

/** Those of an operator: an hour of five and a half, the last one. */
const lately = new Date('2026-01-01T05:00:00Z');
const numbersOfToday: [string, Ask][] = [
  ['people of the last days', ({ numbers }) => numbers.people(lately)],
  ['pictures of the last days', ({ numbers }) => numbers.pictures(lately)],
  ['trainings of the last days', ({ numbers }) => numbers.trainings(lately)],
  ['how long the last days took', ({ numbers }) => numbers.waits(lately)],
  ['money of the last days', ({ numbers }) => numbers.money(lately)],
  ['who cost most in the last days', ({ numbers }) => numbers.spenders(lately, 10)],
];

describe('with 20,000 generations an index serves', () => {
  let opened: OpenedPostgres;
  let explaining: ExplainingPool;
  let database: PostgresDatabase;
  beforeAll(async () => {
    opened = await openPostgres();
    await opened.pool.query(history);
    explaining = new ExplainingPool(opened.connectionString);
    database = new PostgresDatabase(explaining.pool);
  });
  afterAll(async () => {
    await database.close();
    await opened.close();
  });

  it.each<[string, string, Ask]>([
    ['who is next', 'generations_in_line', ({ generations }) => generations.lockNext(limits)],
    [
      'who is next when users are at their limit',
      'generations_in_line',
      ({ generations }) => generations.lockNext({ ...limits, perUser: 1 }),
    ],
    ['whether one may be next', 'generations_in_line', ({ generations }) => generations.hasNext(limits)],
    ['whether anybody waits', 'generations_', ({ generations }) => generations.hasWaiting()],
    [
      'a new job',
      'generations_in_flight',
      ({ generations }) => generations.add(aGeneration({ owner }), 'tap'),
    ],
    [
      'a tap seen before',
      'generations_request_key_key',
      ({ generations }) => generations.findByRequestKey('tap 5'),
    ],
    ['a row by its id', 'generations_pkey', ({ generations }) => generations.lock(found.id)],
    [
      'a claim',
      'generations_pkey',
      ({ generations }) => generations.acquire(found.id, 'submitted', lease, secondsLater(0)),
    ],
    [
      'a write',
      'generations_pkey',
      ({ generations }) => generations.save(found, { status: 'submitted' }, { checkAfter: secondsLater(9) }),
    ],
    ['progress', 'generations_pkey', ({ generations }) => generations.progressOf(found.id)],
    [
      'what stands still',
      'generations_standing',
      ({ generations }) => generations.stalled(new Date(), secondsLater(9), 200),
    ],
    [
      'the leases of the dead',
      'generations_leased',
      ({ generations }) => generations.dropLeases(['worker 1']),
    ],
    [
      'the open jobs of a user',
      'generations_waiting_of_owner',
      ({ generations }) => generations.countOpen(owner),
    ],
    [
      'the first orders of a user',
      'generations_of_owner',
      ({ generations }) => generations.hasPaidFor(owner, 3),
    ],
    ['a page of a user', 'generations_of_owner', ({ generations }) => generations.list({ owner, limit: 10 })],
    [
      'the next page of a user',
      'generations_of_owner',
      ({ generations }) =>
        generations.list({
          owner,
          limit: 10,
          before: { createdAt: new Date('2026-01-01T03:00:00Z'), id: numbered(9000) },
        }),
    ],
    ['a page of everybody', 'generations_by_time', ({ generations }) => generations.list({ limit: 10 })],
    [
      'a page of the failed',
      'generations_failed',
      ({ generations }) => generations.list({ status: 'failed', limit: 10 }),
    ],
    [
      'the images of a job',
      'images_generation_position_key',
      ({ images }) => images.ofGeneration(numbered(1)),
    ],
    [
      'a new entry',
      'accounts_pkey',
      ({ ledger }) =>
        ledger.write([{ user: owner, kind: 'grant', amount: 1, reason: 'grant:x' }], new Date()),
    ],
    ['the history of a user', 'ledger_of_user', ({ ledger }) => ledger.history(owner, 20)],
    ['the account of a user', 'accounts_pkey', ({ ledger }) => ledger.account(owner)],
    [
      'a webhook by its ticket',
      'receipts_by_ticket',
      ({ webhookInbox }) => webhookInbox.byTicket('ticket 450'),
    ],
    [
      'a webhook by its reference',
      'receipts_by_reference',
      ({ webhookInbox }) => webhookInbox.byReference(eventOf(found).reference),
    ],
  ])('%s', async (_, index, ask) => {
    const read: ReadTable[] = await explaining.explain(() => database.transaction(ask));
    // One row for each process: read whole, and once.
    expect(read.filter(({ table, index: by }) => by === null && table !== 'workers')).toEqual([]);
    expect(read.map((table) => table.index).join(', ')).toContain(index);
    // The right index leads to the right rows: none of these needs to look at many.
    expect(read.filter(({ rows }) => rows > 100)).toEqual([]);
  });

  it('what a new request meets, but for the count of those before it', async () => {
    const read = await explaining.explain(() =>
      database.transaction(({ generations }) => generations.circumstances(owner, 'tap 7', new Date())),
    );
    const whole = read.filter(({ index }) => index === null).map(({ table }) => table);
    // There are few endpoints.
    expect(whole).toEqual(['retired_endpoints']);
    const many = read.filter(({ rows }) => rows > 100).map(({ index }) => index);
    expect(many).toEqual(['generations_in_line']);
  });

  /** What every worker asks again and again: also where there is nothing to do. */
  it.each<[string, Ask]>([
    ['what nobody nudges', ({ generations }) => generations.stalled(longAgo, longAgo, 200)],
    ['trainings that nobody nudges', ({ trainings }) => trainings.stalled(longAgo, longAgo, 200)],
    ['what was tried too often', ({ generations }) => generations.hopeless(20)],
    ['trainings that were tried too often', ({ trainings }) => trainings.hopeless(20)],
    ['what is open for too long', ({ generations }) => generations.openFor(day, 20)],
    ['trainings that are open for too long', ({ trainings }) => trainings.openFor(day, 20)],
    ['leases of the dead', ({ generations }) => generations.dropLeases(['nobody'])],
    ['old webhooks', ({ leftovers }) => leftovers.forget(longAgo, 20_000)],
    ['old updates', ({ updates }) => updates.forget(longAgo)],
    ['the bin', ({ gallery }) => gallery.purge(longAgo, 100)],
    ['photos of trainings long ago', ({ photos }) => photos.avatarsTrainedBefore(longAgo, 20)],
    ['weights to copy', ({ avatars }) => avatars.withWeightsElsewhere(50)],
    ['weights that were replaced', ({ avatars }) => avatars.replacedBefore(longAgo, 20)],
    [
      'drafts nobody works on',
      ({ avatarDrafts }) => avatarDrafts.idle({ touchedBefore: secondsLater(0), toldBefore: null }, 20),
    ],
    ['the latest books', ({ ledger }) => ledger.breaches(10)],
    ...generationStatuses.map((status): [string, Ask] => [
      `jobs that are ${status}`,
      ({ generations }) => generations.list({ status, limit: 100 }),
    ]),
    ...numbersOfToday,
    ['avatars of everybody', ({ avatars }) => avatars.list(undefined, { limit: 10 })],
  ])('%s, where there is a history', async (_, ask) => {
    const read = await explaining.explain(() => database.transaction(ask));
    expect(read.filter(({ index, rows }) => index === null && rows > 500)).toEqual([]);
    // 2,000 wait, and may all have to be looked at.
    expect(read.filter(({ rows }) => rows > 2500)).toEqual([]);
  });

  it('nothing that is read whole: the proof sees that', async () => {
    const read = await explaining.explain(() =>
      explaining.pool.query('select count(prompt) from generations'),
    );
    expect(read).toMatchObject([{ table: 'generations', index: null }]);
  });
});
