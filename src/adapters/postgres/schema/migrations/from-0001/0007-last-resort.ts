import { type Kysely, sql } from 'kysely';

/**
 * Rows know how often a step was begun on them without an end, and how much time was seen to pass; the queue's rows of
 * runners that are gone are freed in one place.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const leased = ['generations', 'trainings'];

const statements = [
  ...leased.flatMap((table) => [
    `alter table ${table}
      add column tries integer not null default 0,
      add column last_error text,
      add column dead_at timestamptz,
      -- Seconds that were seen to pass in this state.
      add column waited double precision not null default 0,
      -- The last look: by whom, what its clock said, and what its ticks were, which no change of the clock moves.
      add column seen_at timestamptz,
      add column seen_by text,
      add column seen_ticks double precision`,
    `create index ${table}_hopeless on ${table} (id) where tries >= 12`,
    `create index ${table}_dead on ${table} (dead_at) where dead_at is not null`,
  ]),
  `alter table seen_updates
    add column tries integer not null default 0,
    add column last_error text,
    add column dead_at timestamptz`,
  'create index seen_updates_dead on seen_updates (dead_at) where dead_at is not null',
  'create index receipts_by_age on receipts (received_at)',

  // Their tries are given back: nobody knows that these jobs failed.
  `create function unlock_jobs(runners text[]) returns void language plpgsql as $$
    begin
      update graphile_worker._private_jobs
        set locked_at = null, locked_by = null, attempts = greatest(attempts - 1, 0)
        where locked_by = any(runners);
      perform graphile_worker.force_unlock_workers(runners);
    end $$`,
];
