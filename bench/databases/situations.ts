import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { aisha } from '../../test/support/spawned.js';
import type { Servers } from './servers.js';
import { refusal, running } from './trial.js';

export interface Situation {
  readonly name: string;
  readonly expected: string;
  /** Returns what happened; throws when that is not what was expected. */
  happens(servers: Servers): Promise<string>;
}

type Variables = Readonly<Record<string, string>>;

/** Everybody gets a picture, twice. */
const pictures = (
  name: string,
  variablesOf: (servers: Servers) => Promise<Variables>,
  roles?: string[],
): Situation => ({
  name,
  expected: 'pictures',
  happens: async (servers) =>
    running(
      await variablesOf(servers),
      async (program) => {
        for (let round = 0; round < 2; round += 1) {
          program.ask();
          await program.pictures(1);
        }
        const reasons = await program.readiness();
        if (reasons.length > 0) throw new Error(`not ready: ${reasons.join('; ')}`);
        return 'pictures';
      },
      roles,
    ),
});

const refused = (name: string, words: RegExp, urlOf: (servers: Servers) => Promise<string>): Situation => ({
  name,
  expected: `refused: ${words.source.replaceAll('.*', ' … ').replaceAll('\\', '')}`,
  async happens(servers) {
    const said = await refusal({ DATABASE_URL: await urlOf(servers) });
    if (!words.test(said)) throw new Error(`other words: ${said}`);
    return 'refused so';
  },
});

const poolerWords = /transaction mode.*direct or session address/;

/** A database of its own, reached through a PgBouncer of its own. */
async function pooled(servers: Servers, name: string, ...settings: string[]): Promise<string> {
  await servers.create(name);
  return servers.through(await servers.pooler(...settings), name);
}

export const situations = (readOnlySeconds: number): readonly Situation[] => [
  pictures('directly, locale C', async (servers) => ({ DATABASE_URL: await servers.create('directly') })),
  pictures('PgBouncer, session mode', async (servers) => ({
    DATABASE_URL: await pooled(servers, 'session', 'pool_mode = session', 'default_pool_size = 20'),
  })),
  killedBehindPooler,
  refused('PgBouncer, transaction mode', poolerWords, (servers) =>
    pooled(servers, 'transaction', 'pool_mode = transaction'),
  ),
  refused('PgBouncer, transaction mode in turn', poolerWords, (servers) =>
    pooled(servers, 'in_turn', 'pool_mode = transaction', 'server_round_robin = 1', 'min_pool_size = 3'),
  ),
  refused('PgBouncer, transaction mode with one connection', poolerWords, (servers) =>
    pooled(servers, 'single', 'pool_mode = transaction', 'default_pool_size = 1'),
  ),
  refused('PgBouncer, statement mode', poolerWords, (servers) =>
    pooled(servers, 'statement', 'pool_mode = statement'),
  ),
  refused(
    'PgBouncer, session mode with one connection',
    /no second connection.*DATABASE_CONNECTIONS/,
    (servers) => pooled(servers, 'too_few', 'pool_mode = session', 'default_pool_size = 1'),
  ),
  refused(
    'TLS, private authority, sslmode=require',
    /sslrootcert=.*NODE_EXTRA_CA_CERTS=.*no-verify/,
    async (servers) => `${await servers.create('tls_unknown')}?sslmode=require`,
  ),
  pictures('TLS, sslrootcert', async (servers) => ({
    DATABASE_URL: `${await servers.create('tls_file')}?sslmode=verify-full&sslrootcert=${servers.authority}`,
  })),
  pictures('TLS, NODE_EXTRA_CA_CERTS', async (servers) => ({
    DATABASE_URL: `${await servers.create('tls_node')}?sslmode=require`,
    NODE_EXTRA_CA_CERTS: servers.authority,
  })),
  pictures('TLS, no-verify', async (servers) => ({
    DATABASE_URL: `${await servers.create('tls_unseen')}?sslmode=no-verify`,
  })),
  refused(
    'sslmode misspelt',
    /sslmode "requires".*allowed/,
    async (servers) => `${await servers.create('tls_misspelt')}?sslmode=requires`,
  ),
  refused('LATIN1', /encoding is LATIN1.*encoding 'UTF8'/, (servers) =>
    servers.create('latin1', { properties: "encoding 'LATIN1' locale 'C'" }),
  ),
  pictures(
    'ten connections, three processes',
    async (servers) => ({
      DATABASE_URL: await servers.create('ten', { ownerMay: 'connection limit 10' }),
    }),
    ['bot,http', 'worker', 'worker'],
  ),
  pictures('three connections', async (servers) => ({
    DATABASE_URL: await servers.create('three', { ownerMay: 'connection limit 3' }),
  })),
  sumIsTold,
  readOnlyFor(readOnlySeconds),
  refused('a role without rights', /permission denied.*owner of the database/, (servers) =>
    servers.create('no_rights', { owned: false }),
  ),
  refused('a replica', /is a replica.*address of the primary/, async (servers) => {
    await servers.create('copied');
    await untilCopied(servers, 'copied');
    return servers.through(servers.replicaPort, 'copied');
  }),
];

const killedBehindPooler: Situation = {
  name: 'PgBouncer, session mode, a worker killed',
  expected: 'its death is noticed within seconds; pictures',
  async happens(servers) {
    const url = await pooled(servers, 'killed', 'pool_mode = session', 'default_pool_size = 40');
    return running(
      { DATABASE_URL: url },
      async (program) => {
        program.ask();
        await program.pictures(1);
        program.ask();
        await program.kill();
        const from = Date.now();
        while ((await count(servers.url('killed'), 'workers')) > 1)
          if (Date.now() - from > 30_000) throw new Error('after 30 s it still counts as alive');
          else await sleep(100);
        const seconds = ((Date.now() - from) / 1000).toFixed(1);
        await program.pictures(1);
        return `noticed after ${seconds} s; pictures`;
      },
      ['bot,http', 'worker', 'worker'],
    );
  },
};

const sumIsTold: Situation = {
  name: 'twenty connections, five processes',
  expected: 'pictures; the start and doctor name the sum',
  happens: async (servers) =>
    running(
      { DATABASE_URL: await servers.create('twenty', { ownerMay: 'connection limit 20' }) },
      async (program) => {
        program.ask();
        await program.pictures(1);
        const { stdout } = await aisha(['doctor'], program.settings, program.folder);
        const words = /5 processes together may open 40 connections, and the role .* has 20/;
        if (!words.test(stdout)) throw new Error(`doctor says:\n${stdout}`);
        if (!words.test(program.output())) throw new Error('the start does not say so');
        return 'pictures; both say so';
      },
      ['bot,http', 'worker', 'worker', 'worker', 'worker'],
    ),
};

const readOnlyFor = (seconds: number): Situation => ({
  name: `read-only for ${seconds} s`,
  expected: 'not ready meanwhile, then all pictures',
  happens: async (servers) =>
    running({ DATABASE_URL: await servers.create('failover') }, async (program) => {
      program.ask();
      await program.pictures(1);
      const takesWrites = async (yes: boolean) => {
        await servers.administer(`alter system set default_transaction_read_only = ${yes ? 'off' : 'on'}`);
        await servers.administer('select pg_reload_conf()');
      };
      program.ask();
      await takesWrites(false);
      await sleep(1000);
      program.ask();
      await sleep(seconds * 1000);
      const reasons = await program.readiness();
      await takesWrites(true);
      const from = Date.now();
      if (!reasons.includes('the database takes no writes'))
        throw new Error(`reasons: ${reasons.join('; ')}`);
      await program.pictures(2);
      return `not ready; all pictures ${((Date.now() - from) / 1000).toFixed(1)} s later`;
    }),
});

async function count(connectionString: string, table: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client
    .query<{ count: string }>(`select count(*) from ${table}`)
    .finally(() => client.end());
  return Number(rows[0]?.count);
}

async function untilCopied(servers: Servers, database: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const client = new pg.Client({ connectionString: servers.through(servers.replicaPort, database) });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(50);
    }
  }
}
