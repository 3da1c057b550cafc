import type pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { openPool } from '../../../../src/adapters/postgres/connection/open-pool.js';
import { migrate } from '../../../../src/adapters/postgres/schema/migrate.js';
import { createTestDatabase } from '../../../support/postgres.js';
import { failOnLostConnection } from '../open-postgres.js';

const names = [
  '0001-generations',
  '0002-bot',
  '0003-training',
  '0004-gallery-search',
  '0005-avatar-care',
  '0006-claims-of-updates',
  '0007-last-resort',
  '0008-endpoint-refusals',
  '0010-costs',
  '0012-installation',
  '0014-left-at-fal',
  '0015-unlocking',
  '0017-whom-upscales-show',
  '0018-taking-the-next',
  '0020-growth',
  '0021-what-follows-a-result',
  '0022-confirmed-orders',
  '0026-faces-seen',
  '0027-own-files',
  '0028-where-a-picture-stands',
  '0029-open-questions',
  '0031-forms-from-a-picture',
  '0032-drafts-of-progress',
  '0035-payments',
  '0036-subscriptions',
  '0037-costs-at-fal',
  '0038-alerts',
  '0039-promo-codes',
  '0040-referrals',
  '0041-operator-acts',
  '0042-access',
  '0043-blocked-people',
  '0044-quotas',
  '0046-ways-of-alerts',
  '0050-star-books',
  '0051-subscriptions-that-end',
  '0052-money-messages',
  '0059-broadcasts',
  '0060-moderation',
  '0061-young-faces',
  '0063-percent-codes',
  '0064-appeals',
  '0065-waiting-payments',
  '0066-texts-of-broadcasts',
  '0067-provider-bills',
  '0068-api-keys',
  '0070-event-hooks',
  '0071-quiet-webhooks',
  '0072-latest-failures',
];

/** Whoever migrates holds it: `LOCK_ID` in kysely/dist/dialect/postgres/postgres-adapter.js. */
const kyselyLock = '3853314791062309107';

const lockWaitedFor = `select 1 from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

describe('migrate', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function openDatabase(pools: number): Promise<pg.Pool[]> {
    const { connectionString, drop } = await createTestDatabase();
    closing.push(drop);
    return Array.from({ length: pools }, () => {
      const pool = openPool(connectionString, failOnLostConnection);
      closing.push(() => pool.end());
      return pool;
    });
  }

  it('builds everything from nothing, and does nothing the second time', async () => {
    const [pool] = await openDatabase(1);
    if (pool === undefined) throw new Error('one was opened');
    expect(await migrate(pool)).toEqual(names);
    const before = await schemaOf(pool);
    expect(await migrate(pool)).toEqual([]);
    expect(await schemaOf(pool)).toEqual(before);
    expect(before).toEqual(
      expect.arrayContaining(['generations.status', 'ledger_entries.reason', 'jobs.key']),
    );
  });

  it('makes up for one that landed after a later one', async () => {
    const [pool] = await openDatabase(1);
    if (pool === undefined) throw new Error('one was opened');
    await migrate(pool);
    await pool.query(`delete from kysely_migration where name = '0017-whom-upscales-show'`);
    expect(await migrate(pool)).toEqual(['0017-whom-upscales-show']);
  });

  it('is done once by whichever of several programs comes first', async () => {
    const pools = await openDatabase(3);
    const applied = await Promise.all(pools.map(migrate));
    expect(applied.flat()).toEqual(names);
    expect(applied.filter((part) => part.length > 0)).toHaveLength(1);
  });

  it('says that a newer release was faster, where one migrates the same database at this moment', async () => {
    const [pool, newer] = await openDatabase(2);
    if (pool === undefined || newer === undefined) throw new Error('two were opened');
    await migrate(pool);
    const client = await newer.connect();
    try {
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock($1)', [kyselyLock]);
      const refused = expect(migrate(pool)).rejects.toThrow(
        /a newer release of Aisha has changed it \(9999-later\).*up to 00\d\d.*Start that release again.*backup/,
      );
      const waits = async () => (await client.query(lockWaitedFor)).rowCount;
      await expect.poll(waits).toBe(1);
      await client.query(`insert into kysely_migration values ('9999-later', now()::text)`);
      await client.query('commit');
      await refused;
    } finally {
      client.release(true);
    }
  });
});

async function schemaOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema in ('public', 'graphile_worker') order by name`,
  );
  return rows.map(({ name }) => name);
}
