import { type Kysely, sql } from 'kysely';

/** What was told of a trouble on each way: to a webhook, as before, and to each operator in their chat. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table alert_tellings (
      alert uuid not null references alerts (id) on delete cascade,
      way text not null,
      told text not null default 'nothing' check (told in ('nothing', 'begun', 'cleared')),
      tries integer not null default 0,
      next_try_at timestamptz not null,
      primary key (alert, way)
    )`,
    `insert into alert_tellings (alert, way, told, tries, next_try_at)
      select id, 'webhook', told, tries, next_try_at from alerts`,
    'alter table alerts drop column told, drop column tries, drop column next_try_at',
  ])
    await sql.raw(statement).execute(database);
}
