import { type Selectable, sql } from 'kysely';
import type { TrainingSpeed } from '../../../../domain/training/training-order.js';
import type { Tables } from '../../schema/tables.js';
import { unheld, unlikely } from './generation-queries.js';

type Row = Selectable<Tables['trainings']>;

/** Overdue rows that nobody holds; reported once until `again`. The conditions are those of the index. */
export const stalledTrainings = (now: Date, again: Date, limit: number) => sql<Row>`
  update trainings set check_after = ${again}
  where id in (
    select id from trainings
    where (status in ('collecting', 'submitting', 'training')
        or announced_at is null
        or (status = 'ready' and (proof ->> 'status' = 'rendering'
          or (proof ->> 'status' = 'composed' and proof ->> 'announcedAt' is null))))
      and check_after <= ${now}
      and ${unheld(now)}
    order by check_after
    limit ${limit}
    for no key update skip locked
  )
  returning *`;

/** The median of the latest 50. */
export const typicalTraining = (speed: TrainingSpeed) => sql<{ seconds: number | null }>`
  select percentile_cont(0.5) within group (order by extract(epoch from ready_at - submitted_at)::float8)
    as seconds
  from (
    select ready_at, submitted_at from trainings
    where status = 'ready' and speed = ${speed} order by ready_at desc limit 50
  ) as latest`;

/** As with generations. */
export const recheckTrainings = (now: Date) => sql<{ due: string }>`
  with standing as (
    update trainings set check_after = to_timestamp(0),
      not_before = case when status = 'collecting' and not_before <= ${unlikely(now)} then not_before end
    where id in (
      select id from trainings
      where (status in ('collecting', 'submitting', 'training')
          or announced_at is null
          or (status = 'ready' and (proof ->> 'status' = 'rendering'
            or (proof ->> 'status' = 'composed' and proof ->> 'announcedAt' is null))))
        and check_after > case when status = 'training' then ${now}::timestamptz else ${unlikely(now)} end
        and lease_owner is null
      order by id for no key update
    )
    returning 1
  )
  select count(*) as due from standing`;
