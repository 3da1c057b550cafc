import { type Kysely, sql } from 'kysely';

/** Progress is shown in a draft, too: one in a chat, for the oldest of its jobs, and its Stop names that message. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table job_messages add column drafted_at timestamptz',
    'create index job_messages_by_place on job_messages (chat, message)',
  ])
    await sql.raw(statement).execute(database);
}
