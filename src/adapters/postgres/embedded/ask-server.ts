import { Socket } from 'node:net';
import { relative } from 'node:path';
import pg from 'pg';
import { errorCode } from './cluster-error.js';
import { roleName } from './create-cluster.js';

/** How to get into a cluster, once its port is known. */
export interface Credentials {
  readonly cluster: string;
  readonly password: string;
  readonly applicationName: string;
}

export type Answer =
  /** It is the server of this cluster; the connection is open, to the database `postgres`. */
  | { readonly kind: 'ours'; readonly client: pg.Client; readonly socket: Socket }
  /** A PostgreSQL that starts up, recovers from a crash or shuts down. */
  | { readonly kind: 'busy'; readonly message: string }
  /** Nobody listens on the port, or somebody who is not the server of this cluster. */
  | { readonly kind: 'other' }
  /** The port is open and silent. */
  | { readonly kind: 'silent' };

const answerMilliseconds = 5_000;

/** Asks whoever listens on a port of this machine whether it is the server of the cluster. */
export async function askServer(port: number, credentials: Credentials): Promise<Answer> {
  const socket = new Socket();
  const client = new pg.Client({
    stream: () => socket,
    host: '127.0.0.1',
    port,
    user: roleName,
    database: 'postgres',
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
    if (lost === undefined && relative(rows[0]?.data_directory ?? '', credentials.cluster) === '') {
      return { kind: 'ours', client, socket };
    }
    await client.end();
    return { kind: 'other' };
  } catch (error) {
    return judge(error);
  }
}

/** `57P03` is PostgreSQL's "cannot connect now", `57P01` and `57P02` end a connection at shutdown or crash. */
function judge(error: unknown): Answer {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code?.startsWith('57P') || code === '53300') return { kind: 'busy', message };
  if (code === 'ECONNRESET' || /terminated unexpectedly/.test(message)) return { kind: 'busy', message };
  return /timeout/.test(message) ? { kind: 'silent' } : { kind: 'other' };
}
