import { type Kysely, sql } from 'kysely';

/**
 * What follows a result is owed by a row, so that a kill loses neither the files nor the buttons. Where a picture was
 * sent is known, so that it can be deleted there. A gallery remembers what it deleted last, to bring it back.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create table follow_ups (
    generation uuid primary key references generations on delete cascade,
    source text not null,
    taken_at timestamptz not null,
    has_buttons boolean not null
  )`,
  'create index follow_ups_by_time on follow_ups (source, taken_at)',
  'alter table sent_files add column chat bigint, add column message bigint',
  `alter table gallery_views add column removed uuid[] not null default '{}'`,
];
