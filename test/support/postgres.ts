import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openEmbeddedCluster } from '../../src/adapters/postgres/embedded/embedded-cluster.js';

/** Lost power is not what these tests are about; without the flushes they take half the time. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
};

/** A database of its own for one test file or one test. */
export interface TestDatabase {
  /** `postgres://…/<database>`; its role may do everything. */
  readonly connectionString: string;
  /** Close your pools first: what is still connected is cut off. */
  drop(): Promise<void>;
}

/**
 * Makes an empty database, or a copy of one that `prepareTemplate` made, on the PostgreSQL that all tests of this
 * run share. Takes about 30 ms. `properties` are more of `create database`, such as `encoding 'LATIN1' locale 'C'`.
 */
export async function createTestDatabase(
  options: { template?: string; properties?: string } = {},
): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.template === undefined ? 'template0' : templateName(options.template);
  await asAdministrator((client) =>
    client.query(
      `create database ${name} template ${quoted(template)} strategy file_copy ${options.properties ?? ''}`,
    ),
  );
  return {
    connectionString: await urlOf(name),
    async drop() {
      await asAdministrator((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/**
 * Makes a database once per run, to be copied by `createTestDatabase({ template: name })`. May be called by every
 * test file: the first one does the work, the others wait for it.
 * @param migrate fills the database behind the URL; it must close its connections
 */
export async function prepareTemplate(name: string, migrate: (url: string) => Promise<void>): Promise<void> {
  const template = templateName(name);
  await asAdministrator(async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount !== 0) return;
    const draft = `${template}_draft`;
    await client.query(`drop database if exists ${quoted(draft)} with (force)`);
    await client.query(`create database ${quoted(draft)} template template0`);
    await migrate(await urlOf(draft));
    await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [
      draft,
    ]);
    await client.query(`alter database ${quoted(draft)} rename to ${quoted(template)}`);
  });
}

/** A role of its own, dropped with `drop` once it owns nothing any more. */
export interface TestRole {
  readonly name: string;
  /** The same database as another role. */
  as(connectionString: string): string;
  drop(): Promise<void>;
}

/** `properties` are those of `create role`, such as `connection limit 3`. */
export async function createTestRole(properties = ''): Promise<TestRole> {
  const name = `role_${randomBytes(8).toString('hex')}`;
  await asAdministrator((client) =>
    client.query(`create role ${name} login password 'secret' ${properties}`),
  );
  return {
    name,
    as(connectionString) {
      const url = new URL(connectionString);
      url.username = name;
      url.password = 'secret';
      return url.href;
    },
    async drop() {
      await asAdministrator((client) => client.query(`drop role ${name}`));
    },
  };
}

const templateName = (name: string) => `template_${name}`;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

let opening: Promise<string> | undefined;

/** To the first database of the shared server, which the first caller of the run starts. */
function administratorUrl(): Promise<string> {
  opening ??= openEmbeddedCluster({ dataDir: inject('postgresDataDir'), settings }).then(
    ({ connectionString }) => withDatabase(connectionString, 'aisha'),
  );
  return opening;
}

const urlOf = async (database: string) => withDatabase(await administratorUrl(), database);

function withDatabase(connectionString: string, database: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: await administratorUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
