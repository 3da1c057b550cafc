import { within } from '../../../application/jobs/within.js';

const rounds = 3;
const patienceMilliseconds = 10_000;

/** A connection as far as this look needs it; `processID` is a public field of the driver that its types leave out. */
export interface Session {
  query(text: string): Promise<{ readonly rows: ReadonlyArray<{ readonly pid: number }> }>;
  release(destroy: boolean): void;
}

/**
 * Whether a pooler lends the server's connections for one transaction each. `client` reached the server process
 * `pid` a moment ago.
 *
 * Who connects directly was told that number when it connected; a pooler makes up another one. Behind a pooler, two
 * clients tell the modes apart: in session mode each keeps its server process, in transaction mode one is given what
 * the other has just left, or does not get its own back.
 */
export async function isTransactionPooled(
  pool: { connect(): Promise<Session> },
  client: Session,
  pid: number,
): Promise<boolean> {
  if (toldAtConnecting(client) === pid) return false;
  const other = await pool.connect();
  try {
    return await within(patienceMilliseconds, doMeet(client, other), tooLate);
  } finally {
    // It may stand in a transaction.
    other.release(true);
  }
}

function toldAtConnecting(client: Session): number | null {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : null;
}

async function doMeet(client: Session, other: Session): Promise<boolean> {
  for (let round = 0; round < rounds; round += 1) {
    const mine = await processOf(client);
    // Poolers that take the connection that rested longest show themselves here.
    if ((await processOf(client)) !== mine) return true;
    try {
      await other.query('begin');
    } catch (error) {
      // The strictest mode of PgBouncer, one statement each, knows no transactions at all.
      if (error instanceof Error && /statement pooling/.test(error.message)) return true;
      throw error;
    }
    if ((await processOf(other)) === mine) return true;
    if ((await processOf(client)) !== mine) return true;
    await other.query('commit');
  }
  return false;
}

async function processOf(client: Session): Promise<number | undefined> {
  const { rows } = await client.query('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}

/** A pooler with a single connection to give lets the second client wait for minutes. */
function tooLate(): never {
  throw new Error(
    `the pooler before it gave no second connection within ${patienceMilliseconds / 1000} s: it must have at least ` +
      'DATABASE_CONNECTIONS of them for each process',
  );
}
