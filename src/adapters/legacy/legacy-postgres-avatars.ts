import pg from 'pg';
import { type LegacyAvatars, LegacyUnreadable } from '../../application/ports/legacy-avatars.js';

/** More rows than the old system ever had; read in one go. */
const mostRows = 1_000_000;

/**
 * Reads the old system's `avatars` and `users` tables in one read-only transaction. Which columns they have differs
 * from installation to installation: rows are taken whole, and what is missing is for the import to judge.
 */
export class LegacyPostgresAvatars implements LegacyAvatars {
  constructor(private readonly url: string) {}

  async rows(): Promise<unknown[]> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'aisha import',
      connectionTimeoutMillis: 10_000,
    });
    // A connection that breaks later fails the query at hand; this alone would end the program.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('begin transaction isolation level repeatable read read only');
      return await readRows(client);
    } catch (error) {
      throw error instanceof LegacyUnreadable
        ? error
        : new LegacyUnreadable(reasonOf(error), { cause: error });
    } finally {
      // What was to be read has been read, or why not is being thrown: a goodbye that fails must not replace it.
      await client.end().catch(() => undefined);
    }
  }
}

async function readRows(client: pg.Client): Promise<unknown[]> {
  const avatars = await columnsOf(client, 'avatars');
  if (avatars.size === 0) throw new LegacyUnreadable('there is no table "avatars" in that database');
  const users = await columnsOf(client, 'users');
  const joined =
    !avatars.has('telegram_id') && avatars.has('user_id') && users.has('id') && users.has('telegram_id');
  const { rows } = await client.query<{ row: unknown }>(
    joined
      ? // Compared as text: one installation has numbers where another has uuids.
        `select to_jsonb(avatars) || jsonb_build_object('telegram_id', users.telegram_id::text) as row
         from avatars left join users on users.id::text = avatars.user_id::text
         order by avatars.id::text limit ${mostRows}`
      : `select to_jsonb(avatars) as row from avatars limit ${mostRows}`,
  );
  return rows.map(({ row }) => row);
}

/** Of the table that a plain name means to this connection; empty when there is none. */
async function columnsOf(client: pg.Client, table: string): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [table],
  );
  return new Set(rows.map(({ name }) => name));
}

/** The server's or the network's own words: neither holds the password. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : 'the old database cannot be read';
}
