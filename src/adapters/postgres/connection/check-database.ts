import type pg from 'pg';
import { isTransactionPooled } from './transaction-pooler.js';

/** This database cannot serve whatever is done here. The message says what it is and what to do about it. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase';
}

interface Facts {
  readonly version: number;
  readonly encoding: string;
  readonly replica: boolean;
  readonly read_only: boolean;
  readonly pid: number;
  readonly role: string;
  readonly database: string;
}

/**
 * Looks at what would let everything else fail later and in odd words.
 * @throws UnfitDatabase
 */
export async function checkDatabase(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const facts = await factsOf(client);
    if (facts.version < 140_000)
      throw new UnfitDatabase(`it is version ${facts.version / 10_000}, and at least 14 is needed.`);
    if (facts.encoding !== 'UTF8') throw new UnfitDatabase(wrongEncoding(facts));
    if (facts.replica)
      throw new UnfitDatabase(
        'it is a replica, which can only be read. Give DATABASE_URL the address of the primary server.',
      );
    if (facts.read_only) throw new UnfitDatabase(readOnly(facts));
    if (await isTransactionPooled(pool, client, facts.pid)) throw new UnfitDatabase(throughPooler);
    await checkOwner(client, facts.role);
  } finally {
    client.release();
  }
}

async function factsOf(client: pg.PoolClient): Promise<Facts> {
  const { rows } = await client.query<Facts>(
    `select current_setting('server_version_num')::integer as version,
       current_setting('server_encoding') as encoding, pg_is_in_recovery() as replica,
       current_setting('transaction_read_only')::boolean as read_only, pg_backend_pid() as pid,
       current_user as role, current_database() as database`,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('a query of one row gave none');
  return facts;
}

const wrongEncoding = ({ encoding, database }: Facts) =>
  `its encoding is ${encoding}, which cannot hold what people write. Make another one and give it to DATABASE_URL: ` +
  `create database "${database}_utf8" encoding 'UTF8' template template0`;

const readOnly = ({ database }: Facts) =>
  'it takes no writes just now (default_transaction_read_only is on). If that is no failover under way, turn it off: ' +
  `alter database "${database}" set default_transaction_read_only = off`;

const throughPooler =
  'a pooler in transaction mode stands before it, which hands each transaction to another connection; the queue and ' +
  'the signs of life of workers need connections of their own. Give the direct or session address of the database ' +
  'in DATABASE_URL (often the same host with port 5432, or without "pooler" in its name).';

/** The queue's rows are hidden from everybody but the owner of its tables, without any error. */
async function checkOwner(client: pg.PoolClient, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string; owner: string }>(
    `select format('%I.%I', schemaname, tablename) as name, tableowner as owner from pg_tables
     where (schemaname = 'graphile_worker' or schemaname = current_schema() and tablename = 'generations')
       and not pg_has_role(tableowner, 'usage') limit 1`,
  );
  const [table] = rows;
  if (table !== undefined)
    throw new UnfitDatabase(
      `its table ${table.name} belongs to the role "${table.owner}", and "${role}" has no part in that. ` +
        `Connect as "${table.owner}", or let the administrator say: grant "${table.owner}" to "${role}"`,
    );
}
