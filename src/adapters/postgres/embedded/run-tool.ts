import { spawn } from 'node:child_process';
import { ClusterError, errorCode } from './cluster-error.js';
import type { Account } from './system-account.js';

const passedOn = [
  'PATH',
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'TEMP',
  'TMP',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
];

/**
 * What PostgreSQL's programs get to see of our environment: no `PG…` that would change their ways, no tokens and
 * keys. `LC_ALL=C` keeps their messages in the English that we read, `TZ` spares `initdb` a search.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = passedOn.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(kept), LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
}

/** The part of the options of `spawn` that makes a child run as that account. */
export const runningAs = (account: Account | undefined): { uid?: number; gid?: number } =>
  account === undefined ? {} : { uid: account.uid, gid: account.gid };

/**
 * Runs a program of PostgreSQL to its end.
 * @returns its exit code and all it wrote
 * @throws ClusterError if it cannot be run at all
 */
export async function runTool(
  program: string,
  args: readonly string[],
  options: { account: Account | undefined; folder: string },
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, {
    ...runningAs(options.account),
    cwd: options.folder,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(program, options.account, error)));
    child.once('close', (code) => resolve({ code, output }));
  });
}

export function cannotRun(program: string, account: Account | undefined, cause: unknown): ClusterError {
  const hint =
    errorCode(cause) === 'ENOENT'
      ? 'It is missing, or made for another C library (Alpine Linux has musl, it needs glibc). Run "npm ci" again'
      : account === undefined
        ? 'Check that its disk is not mounted "noexec"'
        : `It runs as "${account.name}" because this program is root; check that root may switch users here, ` +
          'or start this program as an ordinary user';
  return new ClusterError(
    'binaries_missing',
    `PostgreSQL cannot be run (${cause instanceof Error ? cause.message : program}). ${hint}, ` +
      'or set DATABASE_URL to a PostgreSQL of your own.',
    { cause },
  );
}
