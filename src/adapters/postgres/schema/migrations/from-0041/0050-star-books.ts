import { type Kysely, sql } from 'kysely';

/**
 * What the provider's books say of each payment, beside what ours say: so a difference has a name. Books that were read
 * before are read again from their beginning, which books nothing twice.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `alter table payments add refunded_at timestamptz,
      add books_stars integer,
      add books_back boolean not null default false,
      add commission integer not null default 0 check (commission >= 0)`,
    `alter table books_read add last text,
      add moved bigint not null default 0,
      add commission bigint not null default 0,
      add end_at timestamptz,
      add balance bigint`,
  ])
    await sql.raw(statement).execute(database);
}
