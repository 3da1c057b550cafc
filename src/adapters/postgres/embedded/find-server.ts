import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { type Answer, askServer, type Credentials } from './ask-server.js';
import type { Binaries } from './binaries.js';
import { ClusterError, diskFull } from './cluster-error.js';
import type { ClusterPlace } from './cluster-place.js';
import { lastLines } from './create-cluster.js';
import { disownPostmasterFile, readPostmasterFile } from './postmaster-file.js';
import { isRunning, worksIn } from './running-process.js';
import { freePort, type StartedServer, startServer } from './server-process.js';

/** The server of the cluster with an open connection to it. */
export interface FoundServer {
  readonly port: number;
  readonly client: pg.Client;
  /** Of that connection: `ref` and `unref` decide whether it keeps this program alive. */
  readonly socket: Socket;
}

/** After a crash a server reads its log again before it answers; with `max_wal_size` as set that takes seconds. */
const answerMilliseconds = 120_000;
/** A living server is unreachable for milliseconds only, between writing its pid file and listening. */
const deafMilliseconds = 1_000;
/** Left-over processes of a killed server end when they notice, a busy one at the end of its statement. */
const leftOverMilliseconds = 30_000;

/**
 * The server that runs on the cluster already. Waits while it starts, recovers or shuts down.
 * @param identify whether a process is the server of a cluster; where that cannot be told, silence on its port decides
 * @returns undefined if none runs; a stale `postmaster.pid` is out of the way then
 * @throws ClusterError `not_answering`
 */
export async function findServer(
  credentials: Credentials,
  log: (line: string) => void,
  identify: typeof worksIn = worksIn,
): Promise<FoundServer | undefined> {
  const { cluster } = credentials;
  const deadline = Date.now() + answerMilliseconds;
  let deafSince: { content: string; at: number } | undefined;
  let said: string | undefined;
  for (;;) {
    const file = await readPostmasterFile(cluster);
    if (file === undefined || (file.pid !== undefined && !isRunning(file.pid))) return undefined;
    const identity = file.pid === undefined ? undefined : await identify(file.pid, cluster);
    const answer =
      identity === false || file.port === undefined ? nobody : await askServer(file.port, credentials);
    if (answer.kind === 'ours' && file.port !== undefined) {
      return { port: file.port, client: answer.client, socket: answer.socket };
    }
    if (answer.kind === 'busy' && answer.message !== said) log(`Waiting for the database: ${answer.message}`);
    said = answer.kind === 'busy' ? answer.message : undefined;
    if (answer.kind !== 'other' || identity === true) deafSince = undefined;
    else if (deafSince?.content !== file.content) deafSince = { content: file.content, at: Date.now() };
    if (identity === false || (deafSince && Date.now() - deafSince.at > deafMilliseconds)) {
      log(`postmaster.pid is stale: process ${file.pid ?? '?'} is not the server of ${cluster}`);
      await disownPostmasterFile(cluster, file);
      return undefined;
    }
    if (Date.now() > deadline) throw notAnswering(cluster, file.pid);
    // Each question to a busy server leaves a line in its log.
    await delay(answer.kind === 'busy' ? 100 : 10);
  }
}

const nobody: Answer = { kind: 'other' };

/**
 * Starts a server on the cluster and waits until it answers.
 * @returns undefined if another program was faster: its server is to be found
 * @throws ClusterError `start_failed`, `disk_full`, `not_answering`
 */
export async function startAndAwait(
  place: ClusterPlace,
  binaries: Binaries,
  credentials: Credentials,
  settings: Readonly<Record<string, string>>,
): Promise<FoundServer | undefined> {
  const deadline = Date.now() + leftOverMilliseconds;
  for (;;) {
    const started = await startServer(place, binaries, await freePort(), settings);
    const outcome = await untilAnswering(started, credentials);
    if (typeof outcome !== 'string') return outcome;
    if (/lock file "postmaster\.pid" already exists|is another postmaster/i.test(outcome)) return undefined;
    const mayPass = /could not (bind|create any TCP)|pre-existing shared memory block/i.test(outcome);
    if (!mayPass || Date.now() > deadline) throw startFailed(place, outcome);
    await delay(50);
  }
}

async function untilAnswering(
  started: StartedServer,
  credentials: Credentials,
): Promise<FoundServer | string> {
  const deadline = Date.now() + answerMilliseconds;
  for (;;) {
    const file = await readPostmasterFile(credentials.cluster);
    if (file?.port === started.port && file.ready) {
      const answer = await askServer(started.port, credentials);
      if (answer.kind === 'ours') return { port: started.port, client: answer.client, socket: answer.socket };
    }
    const failure = await started.failure();
    if (failure !== undefined) return failure;
    if (Date.now() > deadline) throw notAnswering(credentials.cluster, undefined);
    await delay(5);
  }
}

function notAnswering(cluster: string, pid: number | undefined): ClusterError {
  return new ClusterError(
    'not_answering',
    `The database server of ${cluster}${pid === undefined ? '' : ` (process ${pid})`} has not answered for ` +
      `${answerMilliseconds / 1000} s. It may be recovering from a crash: look into postgres.log and try again. ` +
      'If it hangs, end that process and start again; nothing that was saved is lost.',
  );
}

function startFailed(place: ClusterPlace, output: string): ClusterError {
  if (/No space left|quota exceeded/i.test(output)) return diskFull(place.home);
  return new ClusterError(
    'start_failed',
    `The database in ${place.cluster} does not start. PostgreSQL says: ${lastLines(output)}. ` +
      `The whole story is in ${place.dataDir}/postgres.log. Mend the cause and start again, ` +
      'or set DATABASE_URL to a PostgreSQL of your own.',
  );
}
