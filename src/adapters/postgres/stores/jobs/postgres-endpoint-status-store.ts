import { type Kysely, type RawBuilder, sql } from 'kysely';
import type {
  EndpointStatusStore,
  TroubledEndpoint,
} from '../../../../application/ports/stores/jobs/endpoint-status-store.js';
import {
  likelyRetirementSeconds,
  type Refusals,
  type Retirement,
} from '../../../../domain/generation/endpoint-refusals.js';
import { secondsAfter } from '../../../../domain/time.js';
import type { Tables } from '../../schema/tables.js';
import { deleteFree } from '../delete-free.js';

const keptSeconds = 86_400;

export class PostgresEndpointStatusStore implements EndpointStatusStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async retired(now: Date): Promise<ReadonlySet<string>> {
    const rows = await this.database
      .selectFrom('retired_endpoints')
      .select('endpoint')
      .where(isPutOff(sql`next_try_at`, now))
      .execute();
    return new Set(rows.map((row) => row.endpoint));
  }

  async noteRefusal(endpoint: string, job: string, now: Date): Promise<Refusals> {
    const over = new Date(now.getTime() - keptSeconds * 1000);
    await deleteFree('refused_submits', sql`latest < ${over}`).execute(this.database);
    const { rows } = await sql<Omit<Refusals, 'jobs'>>`
      insert into refused_submits as it (endpoint, job, refusals, since, in_a_row, in_a_row_since, latest)
      values (${endpoint}, ${job}, 1, ${now}, 1, ${now}, ${now})
      on conflict (endpoint, job) do update set
        refusals = it.refusals + 1,
        in_a_row = it.in_a_row + 1,
        in_a_row_since = case it.in_a_row when 0 then ${now} else it.in_a_row_since end,
        latest = ${now}
      returning refusals as "ofJob", since, in_a_row as "inARow", in_a_row_since as "inARowSince"`.execute(
      this.database,
    );
    const { jobs } = await this.database
      .selectFrom('refused_submits')
      .select((row) => row.fn.countAll<string>().as('jobs'))
      .where('endpoint', '=', endpoint)
      .where('inARow', '>', 0)
      .executeTakeFirstOrThrow();
    const [own] = rows;
    if (own === undefined) throw new Error('a refusal was not written');
    return { ...own, jobs: Number(jobs) };
  }

  async refusersOf(job: string): Promise<ReadonlySet<string>> {
    const rows = await this.database
      .selectFrom('refused_submits')
      .select('endpoint')
      .where('job', '=', job)
      .execute();
    return new Set(rows.map((row) => row.endpoint));
  }

  async retirementOf(endpoint: string): Promise<Retirement | null> {
    const row = await this.database
      .selectFrom('retired_endpoints')
      .select(['noticedAt as since', 'tries', 'nextTryAt'])
      .where('endpoint', '=', endpoint)
      .executeTakeFirst();
    return row ?? null;
  }

  async retire(endpoint: string, { since, tries, nextTryAt }: Retirement): Promise<boolean> {
    const { rows } = await sql<{ isNew: boolean }>`
      insert into retired_endpoints as it (endpoint, noticed_at, tries, next_try_at)
      values (${endpoint}, ${since}, ${tries}, ${nextTryAt})
      on conflict (endpoint) do update set
        tries = greatest(it.tries, excluded.tries),
        next_try_at = case when ${isPutOff(sql`it.next_try_at`, nextTryAt)} then it.next_try_at else excluded.next_try_at end
      returning xmax = 0 as "isNew"`.execute(this.database);
    return rows[0]?.isNew === true;
  }

  async served(endpoint: string): Promise<boolean> {
    const { rows } = await sql<{ endpoint: string }>`
      with forgiven as (
        update refused_submits set in_a_row = 0 where (endpoint, job) in (
          select endpoint, job from refused_submits where endpoint = ${endpoint} and in_a_row > 0
          order by job for no key update)
      )
      delete from retired_endpoints where endpoint = ${endpoint} returning endpoint`.execute(this.database);
    return rows.length > 0;
  }

  async troubled(): Promise<readonly TroubledEndpoint[]> {
    const { rows } = await sql<TroubledRow>`
      select coalesce(refused.endpoint, gone.endpoint) as endpoint, coalesce(refused.jobs, 0)::int as jobs,
        coalesce(refused.refusals, 0)::int as refusals, coalesce(gone.noticed_at, refused.since) as since,
        gone.noticed_at as "goneSince", gone.tries, gone.next_try_at as "nextTryAt"
      from (
        select endpoint, count(*) as jobs, sum(in_a_row) as refusals, min(in_a_row_since) as since
        from refused_submits where in_a_row > 0 group by endpoint
      ) refused
      full join retired_endpoints gone on gone.endpoint = refused.endpoint
      order by 1`.execute(this.database);
    return rows.map(({ goneSince, tries, nextTryAt, ...row }) => ({
      ...row,
      retirement:
        goneSince === null || tries === null || nextTryAt === null
          ? null
          : { since: goneSince, tries, nextTryAt },
    }));
  }
}

/** As in the domain: what lies too far ahead was written by a wrong clock. */
const isPutOff = (time: RawBuilder<unknown>, now: Date) =>
  sql<boolean>`(${time} > ${now} and ${time} <= ${secondsAfter(now, likelyRetirementSeconds)})`;

interface TroubledRow extends Omit<TroubledEndpoint, 'retirement'> {
  readonly goneSince: Date | null;
  readonly tries: number | null;
  readonly nextTryAt: Date | null;
}
