// Statements without parameters.

/** Asked on every scrape: each part is answered by a partial index that holds open rows only. */
export const open = `
  select 'accepted' as status, count(*) as count from generations where status = 'accepted'
  union all
  select status, count(*) from generations
  where status in ('submitting', 'submitted', 'collected') group by status
  union all
  select 'unannounced', count(*) from generations
  where status in ('blocked', 'failed', 'cancelled') and announced_at is null`;

/** Asked on every scrape: an avatar has one open training at most, and an index holds these. */
export const openTrainings = `
  select status, count(*) as count from trainings
  where status in ('collecting', 'submitting', 'training') group by status`;

/** Reads every row there is. */
export const endedTrainings = `
  select status, count(*) as count from trainings
  where status in ('ready', 'failed', 'cancelled') group by status`;

/** Asked on every scrape: each part has an index. */
export const dead = `
  select 'generation' as status, count(*) as count from generations where dead_at is not null
  union all
  select 'training', count(*) from trainings where dead_at is not null
  union all
  select 'update', count(*) from seen_updates where dead_at is not null`;

/** Asked on every scrape: each part has an index. `$1`: whose refund was begun by then waits for its answer. */
export const waitingPayments = `
  select 'refund' as waits, count(*) as payments, coalesce(sum(stars), 0) as stars from payments
  where status = 'refunding' and coalesce(refund_begun_at, paid_at) <= $1
  union all
  select 'offer', count(*), coalesce(sum(stars), 0) from payments
  where status = 'paid' and credits = 0 and settled_at is null`;

/** Asked on every scrape. Done jobs leave the table. */
export const queued = `
  select task, state, count(*) as count, max(age) as oldest
  from (
    select task_identifier as task, extract(epoch from now() - run_at)::float as age,
      case
        when locked_at is not null then 'running'
        when attempts >= max_attempts then 'dead'
        when run_at > now() then 'planned'
        else 'ready'
      end as state
    from graphile_worker.jobs
  ) as jobs
  group by task, state order by task, state`;

/** Reads every row there is. */
export const ended = `
  select status, count(*) as count from generations
  where status in ('delivered', 'blocked', 'failed', 'cancelled') group by status`;

/** Reads every row there is, all in one snapshot: the kinds must add up to the balance. */
export const books = `
  select coalesce((select jsonb_object_agg(kind, total)
      from (select kind, sum(abs(amount)) as total from ledger_entries group by kind) as kinds), '{}') as kinds,
    (select coalesce(sum(balance), 0) from accounts) as balance,
    (select coalesce(sum(held), 0) from accounts) as held`;

/** The newest day of the provider's bill. */
export const bill = `
  select day, endpoint, reckoned::float8 as reckoned, billed::float8 as billed from provider_bills
  where day = (select max(day) from provider_bills) order by endpoint`;

/** Whether reading every row takes longer than a scrape should: as the last analysis of the tables saw them. */
export const isLarge = `
  select coalesce(sum(reltuples), 0) > 200000 as large from pg_class
  where oid in (to_regclass('generations'), to_regclass('ledger_entries'))`;

export const retiredEndpoints = 'select endpoint from retired_endpoints order by endpoint';
