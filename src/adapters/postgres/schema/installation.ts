import type pg from 'pg';
import { UnfitDatabase } from '../connection/check-database.js';

type Mode = 'live' | 'sandbox';

/** How this process came to its mode. */
export interface ClaimedMode {
  readonly mode: Mode;
  /** Somebody said so with MODE; else it follows from which keys are set. */
  readonly byName: boolean;
}

/**
 * The first process gives a database its mode, and no process of the other mode may use it from then on: play money
 * and real money, drawn pictures and bought ones must never meet.
 * @throws UnfitDatabase
 */
export async function claimMode(pool: pg.Pool, claimed: ClaimedMode): Promise<void> {
  await checkMode(pool, claimed);
  await pool.query(
    'insert into installation (mode, since, written_at) values ($1, now(), now()) on conflict do nothing',
    [claimed.mode],
  );
  // Several may have come at once: what the first of them wrote holds.
  await checkMode(pool, claimed);
}

/**
 * The same, and the database learns nothing.
 * @throws UnfitDatabase
 */
export async function checkMode(pool: pg.Pool, { mode, byName }: ClaimedMode): Promise<void> {
  const known = (await modeOf(pool)) ?? (byName ? undefined : await apparentMode(pool)) ?? mode;
  if (known !== mode) throw new UnfitDatabase(known === 'live' ? isLive : isSandbox);
}

/** Fails where the database takes no writes. */
export async function proveWritable(pool: pg.Pool): Promise<void> {
  await pool.query('update installation set written_at = now()');
}

/** The same for all processes of this database and for a copy of it, and no other's. */
export async function installationId(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    "select mode || ' ' || extract(epoch from since)::text as id from installation",
  );
  const [row] = rows;
  if (row === undefined) throw new Error('this database has no installation yet');
  return row.id;
}

async function modeOf(pool: pg.Pool): Promise<Mode | undefined> {
  const { rows } = await pool.query<{ mode: Mode }>('select mode from installation');
  return rows[0]?.mode;
}

/**
 * What an older release left behind: people without play money are real ones. Without such a look the first command
 * from a shell that lacks the keys would make a live database a sandbox's.
 */
async function apparentMode(pool: pg.Pool): Promise<Mode | undefined> {
  const { rows } = await pool.query<{ strangers: boolean; players: boolean }>(
    `select coalesce(bool_or(reason is null), false) as strangers,
       coalesce(bool_or(reason is not null), false) as players
     from users left join ledger_entries on reason = 'grant:sandbox-' || users.id || ':play money'`,
  );
  if (rows[0]?.strangers === true) return 'live';
  return rows[0]?.players === true ? 'sandbox' : undefined;
}

const isLive =
  'it belongs to a live installation, and this process would run as a sandbox. Give this process the settings of ' +
  'the live one (FAL_KEY, TELEGRAM_BOT_TOKEN or MODE=live; its .env is read from the folder you are in), or give ' +
  'the sandbox a database of its own (another DATA_DIR, without DATABASE_URL).';

const isSandbox =
  'it belongs to a sandbox, with play money and drawn pictures in it, and this process is live. Give the live one ' +
  'a database of its own: another DATA_DIR (such as ./live) or another DATABASE_URL. To go on with the sandbox, ' +
  'set MODE=sandbox.';
