import { spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { ClusterError, inFolder, unlessMissing } from './cluster-error.js';
import type { ClusterPlace } from './cluster-place.js';
import { cannotRun, cleanEnvironment, runningAs, runTool } from './run-tool.js';

/** A server that was just started and may still be on its way up. */
export interface StartedServer {
  readonly port: number;
  /** What it wrote before it ended, undefined while it runs. */
  failure(): Promise<string | undefined>;
}

/** The log begins anew at a start when it has grown over this many bytes. */
const logLimit = 1_000_000;

/** A port of the loopback interface that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) => reject(noPort(cause)));
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function noPort(cause: Error): ClusterError {
  return new ClusterError(
    'start_failed',
    `There is no free port on the loopback interface, 127.0.0.1 (${cause.message}). Check that the interface is up, ` +
      'or set DATABASE_URL to a PostgreSQL of your own.',
    { cause },
  );
}

/**
 * Starts the server in a session of its own, so that neither the end of this program nor Ctrl+C in its terminal ends
 * it, with its output in `<data folder>/postgres.log`.
 * @param settings more of PostgreSQL's settings, for this start
 */
export async function startServer(
  place: ClusterPlace,
  binaries: Binaries,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<StartedServer> {
  const logFile = join(place.dataDir, 'postgres.log');
  const size = (await unlessMissing(stat(logFile)))?.size ?? 0;
  const start = size > logLimit ? 0 : size;
  const options = { ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const args = [
    '-p',
    String(port),
    ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const ended =
    process.platform === 'win32'
      ? await startByControl(place, binaries, args, logFile)
      : await startDetached(place, binaries, args, { logFile, append: start > 0 });
  return {
    port,
    async failure() {
      const reason = ended();
      if (reason === undefined) return undefined;
      const written = (await readFile(logFile)).subarray(start).toString('utf8').trim();
      return written === '' ? reason : written;
    },
  };
}

type Ended = () => string | undefined;

async function startDetached(
  place: ClusterPlace,
  binaries: Binaries,
  args: string[],
  log: { logFile: string; append: boolean },
): Promise<Ended> {
  const file = await inFolder(place.dataDir, () => open(log.logFile, log.append ? 'a' : 'w', 0o600));
  let ended: string | undefined;
  try {
    if (place.account !== undefined) await file.chown(place.account.uid, place.account.gid);
    const child = spawn(binaries.postgres, ['-D', place.cluster, ...args], {
      ...runningAs(place.account),
      cwd: place.home,
      env: cleanEnvironment(),
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
    });
    child.once('exit', (code, signal) => {
      ended = `it ended with ${signal ?? `code ${code}`}`;
    });
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
  } catch (error) {
    throw cannotRun(binaries.postgres, place.account, error);
  } finally {
    await file.close();
  }
  return () => ended;
}

/** On Windows `pg_ctl` gives up an administrator's rights for the server, which refuses to run with them. */
async function startByControl(
  { cluster, home, account }: ClusterPlace,
  binaries: Binaries,
  args: string[],
  logFile: string,
): Promise<Ended> {
  const options = args.map((argument) => (/[\s=]$/.test(argument) ? `"${argument}"` : argument)).join(' ');
  const control = ['start', '-w', '-D', cluster, '-l', logFile, '-o', options];
  const { code, output } = await runTool(binaries.pgCtl, control, { account, folder: home });
  return () => (code === 0 ? undefined : output);
}

/** Asks the server to end at once: connections are cut, what is committed is kept and flushed ("fast" mode). */
export async function askToStop(place: ClusterPlace, binaries: Binaries, pid: number): Promise<void> {
  if (process.platform !== 'win32') {
    process.kill(pid, 'SIGINT');
    return;
  }
  const control = ['stop', '-W', '-m', 'fast', '-D', place.cluster];
  const { code, output } = await runTool(binaries.pgCtl, control, {
    account: place.account,
    folder: place.home,
  });
  if (code !== 0)
    throw new ClusterError('not_stopping', `The database could not be stopped: ${output.trim()}`);
}
