import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openPool } from '../../src/adapters/postgres/connection/open-pool.js';
import { openEmbeddedCluster } from '../../src/adapters/postgres/embedded/embedded-cluster.js';
import { migrate } from '../../src/adapters/postgres/schema/migrate.js';
import { DatabaseUnavailable, prepareDatabase } from '../../src/composition/prepare-database.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import { query, removeDataFolder, temporaryFolder } from '../adapters/postgres/embedded/cluster-folder.js';
import { createTestDatabase, createTestRole, type TestDatabase, type TestRole } from '../support/postgres.js';

const live = { MODE: 'live', FAL_KEY: 'key', TELEGRAM_BOT_TOKEN: '1:token' };
const keys = { FAL_KEY: 'key', TELEGRAM_BOT_TOKEN: '1:token' };

/** What PostgreSQL answers to whoever connects while it recovers. */
const cannotConnectNow = (() => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0');
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
})();

describe('prepareDatabase', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function aDatabase(properties?: string): Promise<TestDatabase> {
    const database = await createTestDatabase(properties === undefined ? {} : { properties });
    closing.push(() => database.drop());
    return database;
  }

  async function aRole(): Promise<TestRole> {
    const role = await createTestRole();
    closing.push(() => role.drop());
    return role;
  }

  async function prepare(url: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
    const pool = openPool(url, () => undefined);
    try {
      await prepareDatabase(pool, loadConfig({ DATABASE_URL: url, ...variables }));
    } finally {
      await pool.end();
    }
  }

  /** The words of the refusal; fails where there is none. */
  async function refusal(url: string, variables?: Readonly<Record<string, string>>): Promise<string> {
    const error = await prepare(url, variables).then(
      () => new Error('it was not refused'),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    return error instanceof Error ? error.message : '';
  }

  it('refuses an encoding that cannot hold what people write, before anything is made in it', async () => {
    const { connectionString } = await aDatabase("encoding 'LATIN1' locale 'C' locale_provider 'libc'");
    expect(await refusal(connectionString)).toMatch(/its encoding is LATIN1.*encoding 'UTF8'/);
    await query(connectionString, 'create table users (nothing_was_made_before text)');
  });

  it('waits for a server that is starting up or recovering, as after a crash', async () => {
    const real = new URL((await aDatabase()).connectionString);
    let refused = 0;
    const before = createServer((client) => {
      client.on('error', () => client.destroy());
      if (refused < 2) {
        client.once('data', () => {
          refused += 1;
          client.end(cannotConnectNow);
        });
        return;
      }
      const server = connect(Number(real.port), real.hostname);
      server.on('error', () => client.destroy());
      client.pipe(server).pipe(client);
    }).listen(0, '127.0.0.1');
    closing.push(async () => before.close());
    await once(before, 'listening');
    const { port } = before.address() as AddressInfo;
    const url = new URL(real);
    url.host = `127.0.0.1:${port}`;
    await prepare(url.href);
    expect(refused).toBe(2);
  });

  it('refuses a replica', async () => {
    const dataDir = await temporaryFolder();
    closing.push(() => removeDataFolder(dataDir));
    await (await openEmbeddedCluster({ dataDir })).close();
    await writeFile(join(dataDir, 'postgres', 'standby.signal'), '');
    const replica = await openEmbeddedCluster({ dataDir });
    closing.push(() => replica.close());
    expect(await refusal(replica.connectionString)).toMatch(/is a replica.*address of the primary/);
  });

  it('refuses a database that takes no writes', async () => {
    const { connectionString } = await aDatabase();
    const name = new URL(connectionString).pathname.slice(1);
    await query(connectionString, `alter database ${name} set default_transaction_read_only = on`);
    expect(await refusal(connectionString)).toMatch(
      /takes no writes.*set default_transaction_read_only = off/,
    );
  });

  it('names the cure for a role without the right to make tables', async () => {
    const [{ connectionString }, role] = [await aDatabase(), await aRole()];
    expect(await refusal(role.as(connectionString))).toMatch(/permission denied.*owner of the database/);
  });

  it('refuses a role that does not own what is there: the queue would be hidden from it', async () => {
    const [{ connectionString }, role] = [await aDatabase(), await aRole()];
    await prepare(connectionString);
    await query(
      connectionString,
      `grant all on all tables in schema public to ${role.name};
       grant all on schema graphile_worker to ${role.name};
       grant all on all tables in schema graphile_worker to ${role.name}`,
    );
    closing.push(() => query(connectionString, `drop owned by ${role.name}`));
    expect(await refusal(role.as(connectionString))).toMatch(/belongs to the role "aisha".*grant "aisha" to/);
  });

  it('names the cure for a wrong password and for a database that is missing', async () => {
    const [{ connectionString }, role] = [await aDatabase(), await aRole()];
    const wrong = role.as(connectionString).replace('secret', 'wrong');
    expect(await refusal(wrong)).toMatch(/password authentication failed.*Check the user and the password/);
    const missing = connectionString.replace('/test_', '/no_');
    expect(await refusal(missing)).toMatch(/does not exist.*create database/);
  });

  it('refuses a schema of a newer release by the name of its migration', async () => {
    const { connectionString } = await aDatabase();
    await prepare(connectionString);
    await query(
      connectionString,
      `insert into kysely_migration (name, timestamp) values ('9999-from-the-future', now()::text)`,
    );
    expect(await refusal(connectionString)).toMatch(
      /newer release.*9999-from-the-future.*Start that release again.*backup/,
    );
  });

  describe('the mode', () => {
    it('is given by the first process, and holds', async () => {
      const { connectionString } = await aDatabase();
      await prepare(connectionString, live);
      await prepare(connectionString, keys);
      expect(await refusal(connectionString)).toMatch(/belongs to a live installation.*FAL_KEY/);
      expect(await refusal(connectionString, { MODE: 'sandbox' })).toMatch(/live installation/);
    });

    it('of a sandbox refuses a live process', async () => {
      const { connectionString } = await aDatabase();
      await prepare(connectionString);
      expect(await refusal(connectionString, live)).toMatch(/belongs to a sandbox.*another DATA_DIR/);
    });

    it('is the same for all that come at once', async () => {
      const { connectionString } = await aDatabase();
      const ends = await Promise.allSettled([
        prepare(connectionString, live),
        prepare(connectionString),
        prepare(connectionString, live),
        prepare(connectionString),
      ]);
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    });

    /** A database as a release without modes left it. */
    async function anOlderDatabase(people: string): Promise<string> {
      const { connectionString } = await aDatabase();
      const pool = openPool(connectionString, () => undefined);
      await migrate(pool);
      await pool.end();
      await query(connectionString, people);
      return connectionString;
    }
    const people = `insert into users (id, created_at) values ('1', now()), ('2', now());
      insert into accounts (user_id, balance) values ('1', 1000), ('2', 1000);
      insert into ledger_entries (user_id, kind, amount, reason, at) select id, 'grant', 1000,
        'grant:sandbox-' || id || ':play money', now() from users`;

    it('of an older database with real people is live for whoever has no keys by chance', async () => {
      const url = await anOlderDatabase(
        `${people}; insert into users (id, created_at) values ('777', now())`,
      );
      expect(await refusal(url)).toMatch(/live installation/);
      await prepare(url, keys);
      expect(await refusal(url, { MODE: 'sandbox' })).toMatch(/live installation/);
    });

    it('of an older database with play people only is the sandbox', async () => {
      const url = await anOlderDatabase(people);
      expect(await refusal(url, keys)).toMatch(/belongs to a sandbox/);
      await prepare(url);
    });

    it('of an older database is what MODE says by name', async () => {
      const url = await anOlderDatabase(people);
      await prepare(url, live);
      expect(await refusal(url)).toMatch(/live installation/);
    });
  });
});
