import { Socket } from 'node:net';
import { relative } from 'node:path';
import pg from 'pg';
import { ClusterError, diskFull, errorCode } from './cluster-error.js';

/** The role that owns everything in a cluster. */
export const roleName = 'aisha';
/** The one database of a cluster. */
export const databaseName = 'aisha';

/** How to get into a cluster, once its port is known. */
export interface Credentials {
  readonly cluster: string;
  readonly password: string;
  readonly applicationName: string;
}

export type Answer =
  /** It is the server of this cluster; the connection is open. */
  | { readonly kind: 'ours'; readonly client: pg.Client; readonly socket: Socket }
  /** A PostgreSQL that starts up, recovers from a crash or shuts down. */
  | { readonly kind: 'busy'; readonly message: string }
  /** Nobody listens on the port, or somebody who is not the server of this cluster. */
  | { readonly kind: 'other' }
  /** The port is open and silent. */
  | { readonly kind: 'silent' };

const answerMilliseconds = 5_000;

/**
 * Asks whoever listens on a port of this machine whether it is the server of the cluster. If that server has no
 * database yet, makes it.
 * @throws ClusterError if the database cannot be made
 */
export async function askServer(port: number, credentials: Credentials): Promise<Answer> {
  try {
    return await connect(port, databaseName, credentials);
  } catch (error) {
    return errorCode(error) === noSuchDatabase ? makeDatabase(port, credentials) : judge(error);
  }
}

async function connect(port: number, database: string, credentials: Credentials): Promise<Answer> {
  const socket = new Socket();
  const client = new pg.Client({
    stream: () => socket,
    host: '127.0.0.1',
    port,
    user: roleName,
    database,
    password: credentials.password,
    application_name: credentials.applicationName,
    connectionTimeoutMillis: answerMilliseconds,
    ssl: false,
  });
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost = error;
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    if (lost !== undefined) throw lost;
    const isOurs = relative(rows[0]?.data_directory ?? '', credentials.cluster) === '';
    if (isOurs) return { kind: 'ours', client, socket };
  } catch (error) {
    socket.destroy();
    throw error;
  }
  await client.end();
  return { kind: 'other' };
}

const noSuchDatabase = '3D000';

/**
 * Gives the database `postgres` of a fresh cluster our name: making another one takes 0.2 s. The connection goes to
 * `template1`, since a database cannot be renamed from within.
 */
async function makeDatabase(port: number, credentials: Credentials): Promise<Answer> {
  const answer = await connect(port, 'template1', credentials).catch(judge);
  if (answer.kind !== 'ours') return answer;
  try {
    const { rowCount } = await answer.client.query(`select from pg_database where datname = 'postgres'`);
    await answer.client.query(
      rowCount === 1
        ? `alter database postgres rename to ${databaseName}`
        : `create database ${databaseName} template template0`,
    );
    return { kind: 'busy', message: 'its database was just made' };
  } catch (cause) {
    throw errorCode(cause) === '53100'
      ? diskFull(credentials.cluster, cause)
      : noDatabase(credentials.cluster, cause);
  } finally {
    await answer.client.end();
  }
}

function noDatabase(cluster: string, cause: unknown): ClusterError {
  return new ClusterError(
    'start_failed',
    `PostgreSQL runs on ${cluster}, but its database cannot be made ` +
      `(${cause instanceof Error ? cause.message : cause}). Mend that, or set DATABASE_URL to a PostgreSQL of your own.`,
    { cause },
  );
}

/** `57P03` is PostgreSQL's "cannot connect now", `57P01` and `57P02` end a connection at shutdown or crash. */
function judge(error: unknown): Answer {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code?.startsWith('57P') || code === '53300') return { kind: 'busy', message };
  return /timeout/.test(message) ? { kind: 'silent' } : { kind: 'other' };
}
