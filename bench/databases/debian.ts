import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const versions = '/usr/lib/postgresql';
const isRoot = process.getuid?.() === 0;

/** Where Debian keeps the programs of its PostgreSQL; installs them and PgBouncer if need be. */
export function debianPrograms(): string {
  const installed = () => (existsSync(versions) ? readdirSync(versions).sort().at(-1) : undefined);
  if (installed() === undefined || !existsSync('/usr/sbin/pgbouncer')) install();
  const version = installed();
  if (version === undefined) throw new Error(`apt-get has installed no PostgreSQL in ${versions}`);
  return join(versions, version, 'bin');
}

/** The packages would start a server and a pooler of their own; nothing here needs those. */
function install(): void {
  const run = (program: string, ...words: string[]) =>
    execFileSync(program, words, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  const mayStart = existsSync('/usr/sbin/policy-rc.d');
  run('apt-get', 'update');
  run('apt-get', 'install', '-y', 'postgresql', 'pgbouncer');
  if (mayStart) return;
  for (const service of ['postgresql', 'pgbouncer'])
    try {
      run('service', service, 'stop');
    } catch (error) {
      console.error(`${service} could not be stopped; it is left alone`, error);
    }
}

/** As the account that PostgreSQL wants: it refuses to run as root. */
const asPostgres = (words: readonly string[]): readonly string[] =>
  isRoot ? ['runuser', '-u', 'postgres', '--', ...words] : words;

export function runAsPostgres(...words: readonly string[]): string {
  const [program = '', ...rest] = asPostgres(words);
  return execFileSync(program, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export function spawnAsPostgres(words: readonly string[], options: SpawnOptions) {
  const [program = '', ...rest] = asPostgres(words);
  return spawn(program, rest, options);
}

/** Makes what is in `folder` its own. */
export function giveToPostgres(folder: string): void {
  if (isRoot) execFileSync('chown', ['-R', 'postgres:postgres', folder]);
}
