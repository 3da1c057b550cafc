import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../test/support/free-port.js';
import { giveTo, makeCertificate } from '../../test/support/private-authority.js';
import { debianPrograms, giveToPostgres, runAsPostgres, spawnAsPostgres } from './debian.js';

export interface Servers {
  /** To a database of the primary server as its owner. */
  url(database: string, role?: string): string;
  /** The same through another port: the replica's, or a pooler's. */
  through(port: number, database: string): string;
  readonly replicaPort: number;
  /** Who signed the server's certificate. */
  readonly authority: string;
  /** A database of its own and its owner; `properties` are of `create database`, `ownerMay` of `create role`. */
  create(
    name: string,
    options?: { properties?: string; ownerMay?: string; owned?: boolean },
  ): Promise<string>;
  /** A statement as the administrator. */
  administer(statement: string, database?: string): Promise<void>;
  /** Starts PgBouncer with these lines of its configuration; returns its port. */
  pooler(...settings: string[]): Promise<number>;
  close(): Promise<void>;
}

/** A primary server in the locale C with a certificate of an authority of its own, and a replica. On loopback only. */
export async function startServers(): Promise<Servers> {
  const bin = debianPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'aisha-databases-'));
  await chmod(folder, 0o755);
  giveToPostgres(folder);
  const [primary, replica] = [join(folder, 'primary'), join(folder, 'replica')];
  const [port, replicaPort] = [await freePort(), await freePort()];
  const program = (name: string, ...words: string[]) => runAsPostgres(join(bin, name), ...words);
  const start = (data: string, at: number, ...more: string[]) => {
    const settings = [
      `port=${at}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      ...more,
    ];
    const options = settings.map((setting) => `-c ${setting}`).join(' ');
    program('pg_ctl', '-D', data, '-w', '-l', `${data}.log`, '-o', options, 'start');
  };

  program('initdb', '-D', primary, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C');
  await mkdir(join(folder, 'tls'));
  const files = await makeCertificate(join(folder, 'tls'), 'IP:127.0.0.1');
  giveTo(primary, files);
  start(primary, port, 'ssl=on', `ssl_cert_file=${files.certificate}`, `ssl_key_file=${files.key}`);
  program('pg_basebackup', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-D', replica, '-R');
  start(replica, replicaPort);

  const poolers: ReturnType<typeof spawnAsPostgres>[] = [];
  const at = (address: number, database: string, role: string) =>
    `postgres://${role}@127.0.0.1:${address}/${database}`;
  const administer = async (statement: string, database = 'postgres') => {
    const client = new pg.Client({ connectionString: at(port, database, 'postgres') });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  // So that whoever makes the server read-only can also end that.
  await administer('alter role postgres set default_transaction_read_only = off');
  return {
    url: (database, role = `owner_of_${database}`) => at(port, database, role),
    through: (address, database) => at(address, database, `owner_of_${database}`),
    replicaPort,
    authority: files.authority,
    administer,
    async create(name, { properties = '', ownerMay = '', owned = true } = {}) {
      await administer(`create role owner_of_${name} login ${ownerMay}`);
      await administer(
        `create database ${name} ${owned ? `owner owner_of_${name}` : ''} template template0 ${properties}`,
      );
      return at(port, name, `owner_of_${name}`);
    },
    async pooler(...settings) {
      const own = await freePort();
      const file = join(folder, `pgbouncer-${own}.ini`);
      const lines = [
        '[databases]',
        `* = host=127.0.0.1 port=${port}`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${own}`,
        'unix_socket_dir =',
        'auth_type = trust',
        `auth_file = ${file}.users`,
        ...settings,
      ];
      await writeFile(file, `${lines.join('\n')}\n`);
      const { rows } = await namesOfRoles(at(port, 'postgres', 'postgres'));
      await writeFile(`${file}.users`, rows.map(({ rolname }) => `"${rolname}" ""\n`).join(''));
      const child = spawnAsPostgres(['/usr/sbin/pgbouncer', '-q', file], { stdio: 'ignore' });
      poolers.push(child);
      await untilOpen(own);
      return own;
    },
    async close() {
      for (const child of poolers) {
        child.kill('SIGTERM');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      for (const data of [replica, primary]) program('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function namesOfRoles(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client.query<{ rolname: string }>('select rolname from pg_roles').finally(() => client.end());
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`PgBouncer does not answer on port ${port}`);
}
