import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Generation, heldFor } from '../../../src/domain/generation/generation.js';
import { hold, settle } from '../../../src/domain/ledger.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

describe('the books in PostgreSQL', () => {
  let opened: OpenedPostgres;
  let job: Generation;
  const ledger = () => opened.database.stores.ledger;
  const query = (sql: string, values: unknown[] = []) => opened.pool.query(sql, values);

  /** As somebody would who has the password of the database: past the triggers, the checks and the keys. */
  async function tamper(sql: string, values: unknown[] = []): Promise<void> {
    const client = await opened.pool.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      await client.query(sql, values);
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  beforeAll(async () => {
    opened = await openPostgres();
    await query('alter table accounts drop constraint accounts_held_check');
  });
  beforeEach(async () => {
    await opened.clear();
    await givenUser(opened.database.stores, { id: someone, credits: 100 });
    job = await givenGeneration(opened.database.stores, { status: 'delivered' });
    const paid = { owner: someone, account: `generation:${job.id}`, held: heldFor(job) };
    await ledger().write([...hold(paid), ...settle(paid, 5)], longAgo);
    expect(await ledger().breaches()).toEqual([]);
  });
  afterAll(() => opened.close());

  it.each([
    ['changed', 'update ledger_entries set amount = amount + 1'],
    [
      'changed by an upsert',
      `insert into ledger_entries (user_id, kind, amount, reason, at)
      values ('${someone}', 'grant', 1, 'hold:generation:x', now()),
             ('${someone}', 'grant', 1, 'hold:generation:y', now())
      on conflict (reason) do update set amount = 7`,
    ],
    ['removed', 'delete from ledger_entries'],
    ['cut off', 'truncate ledger_entries'],
    ['cut off with what it hangs on', 'truncate accounts cascade'],
  ])('are never %s', async (_, sql) => {
    const before = await ledger().history(someone, 10);
    await expect(query(sql)).rejects.toThrow('never changed or removed');
    expect(await ledger().history(someone, 10)).toEqual(before);
  });

  it.each([
    ['hold', 5],
    ['capture', 5],
    ['grant', -5],
    ['release', -5],
    ['refund', 0],
    ['gift', 5],
  ])('take no %s of %d', async (kind, amount) => {
    const insert = query(
      `insert into ledger_entries (user_id, kind, amount, reason, at) values ($1, $2, $3, 'x', now())`,
      [someone, kind, amount],
    );
    await expect(insert).rejects.toThrow('violates check constraint');
  });

  it.each<[string, string, RegExp]>([
    ['a balance that was set', 'update accounts set balance = balance + 1', /balance 96 is not the sum.* 95/],
    ['a held sum that was set', 'update accounts set held = 3', /held 3 is not the sum of the open holds 0/],
    ['a balance below zero', 'update accounts set balance = -1', /balance -1 or held 0 is below zero/],
    [
      'an entry that was changed',
      `update ledger_entries set amount = 200 where kind = 'grant'`,
      /not the sum.* 195/,
    ],
    [
      'a capture that was removed',
      `delete from ledger_entries where kind = 'capture'`,
      /sum to 0 instead of -5/,
    ],
    ['a job without entries', `delete from ledger_entries where kind <> 'grant'`, /sum to 0 instead of -5/],
    [
      'a hold older than its job',
      `update ledger_entries set at = at - interval '1 second' where kind = 'hold'`,
      /hold:generation:.* is older than it/,
    ],
    ['a hold whose job is gone', 'delete from generations', /hold:generation:.* has no job behind it/],
    [
      'a release without a hold',
      `delete from ledger_entries where kind = 'hold'`,
      /was settled without a hold/,
    ],
    ['a job that lost an image', 'update generations set image_count = 0', /sum to -5 instead of 0/],
    [
      'a job that was reopened',
      `update generations set status = 'submitted'`,
      /is submitted, but its hold was given back/,
    ],
    [
      'a job that was never settled',
      `delete from ledger_entries where kind in ('release', 'capture')`,
      /is delivered, but its hold was not given back/,
    ],
    [
      'an end that nothing was held for',
      `update generations set status = 'failed', failure = '{}', ended_at = now(),
        id = '00000000-0000-4000-8000-000000000000'`,
      /is failed, but its hold was not given back/,
    ],
    [
      'a payment that brought nothing',
      `insert into payments (charge, id, user_id, credits, stars, paid_at, status, taken, refusals)
        values ('c', gen_random_uuid(), '${someone}', 50, 100, now(), 'paid', 0, 0)`,
      /payment c is paid: its entries sum to 0 instead of 50/,
    ],
    [
      'credits that nobody paid for',
      `insert into ledger_entries (user_id, kind, amount, reason, at)
        values ('${someone}', 'purchase', 50, 'purchase:c', now())`,
      /purchase:c has no payment behind it/,
    ],
    [
      'a month that ended without its credits',
      `with bought as (insert into payments
          (charge, id, user_id, credits, stars, paid_at, status, taken, refusals, expires_at, expired)
          values ('m', gen_random_uuid(), '${someone}', 50, 100, now(), 'paid', 0, 0, now(), 20))
        insert into ledger_entries (user_id, kind, amount, reason, at)
          values ('${someone}', 'purchase', 50, 'purchase:m', now())`,
      /payment m is paid: its entries sum to 50 instead of 30/,
    ],
    [
      'credits that went with a month nobody paid for',
      `insert into ledger_entries (user_id, kind, amount, reason, at)
        values ('${someone}', 'expiry', -5, 'expiry:m', now())`,
      /expiry:m has no payment behind it/,
    ],
    ['an earlier run that was never settled', 'update generations set run = 1', /sum to -5 instead of 0/],
  ])('are found wrong by %s', async (_, sql, breach) => {
    await tamper(sql);
    expect((await ledger().breaches()).join('\n')).toMatch(breach);
  });
});
