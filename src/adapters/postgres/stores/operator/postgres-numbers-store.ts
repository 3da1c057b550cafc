import { type Kysely, sql } from 'kysely';
import type { NumbersStore } from '../../../../application/ports/stores/operator/numbers-store.js';
import type { Course, Pieces } from '../../../../domain/operator/course.js';
import type {
  Counted,
  Money,
  PeopleCounts,
  PictureJobs,
  Spender,
  TrainingJobs,
} from '../../../../domain/operator/numbers.js';
import type { Tables } from '../../schema/tables.js';

/** Of one row: what it brought. The price of a picture is for each. */
const ofPicture = sql`case when status in ('collected', 'delivered') then price * image_count else 0 end`;
const ofTraining = sql`case when status = 'ready' then price else 0 end`;
/** What a changed order was bought for again counts again. `ticket`: fal took it. */
export const costOfPicture = sql`case when ticket is not null then cost * (1 + rerolls) else 0 end`;
export const costOfTraining = sql`case when ticket is not null then cost else 0 end`;
const unpriced = sql`count(*) filter (where ticket is not null and cost is null)::integer`;

/** The open state has an older name in the table. */
export const statusOfTraining = sql`case status when 'collecting' then 'accepted' else status end`;

export class PostgresNumbersStore implements NumbersStore {
  constructor(private readonly database: Kysely<Tables>) {}

  people(since: Date): Promise<PeopleCounts> {
    return this.one(sql<PeopleCounts>`
      select (select count(*)::integer from users where created_at >= ${since}) as joined,
        (select count(*)::integer from (
          select owner from generations where created_at >= ${since}
          union select owner from trainings where created_at >= ${since}) as active) as active,
        (select count(distinct user_id)::integer from payments where paid_at >= ${since}) as paying`);
  }

  async pictures(since: Date): Promise<PictureJobs[]> {
    const { rows } = await sql<PictureJobs>`
      select preset, status, count(*)::integer as jobs, sum(${ofPicture})::float8 as credits,
        coalesce(sum(${costOfPicture}), 0)::float8 as cost, ${unpriced} as unpriced
      from generations where created_at >= ${since} group by preset, status`.execute(this.database);
    return rows;
  }

  async trainings(since: Date): Promise<TrainingJobs[]> {
    const { rows } = await sql<TrainingJobs>`
      select ${statusOfTraining} as status, count(*)::integer as jobs, sum(${ofTraining})::float8 as credits,
        coalesce(sum(${costOfTraining}), 0)::float8 as cost, ${unpriced} as unpriced
      from trainings where created_at >= ${since} group by status`.execute(this.database);
    return rows;
  }

  async waits(since: Date): Promise<Counted['waits']> {
    const took = (end: string) => sql`
      percentile_disc(array[0.5, 0.9]) within group (order by extract(epoch from ${sql.ref(end)} - created_at)::float8)`;
    const { pictures, trainings } = await this.one(sql<{
      pictures: [number, number] | null;
      trainings: [number, number] | null;
    }>`
      select (select ${took('collected_at')} from generations where created_at >= ${since} and collected_at is not null)
          as pictures,
        (select ${took('ready_at')} from trainings where created_at >= ${since} and ready_at is not null) as trainings`);
    const waits = (two: [number, number] | null) => ({ p50: two?.[0] ?? null, p90: two?.[1] ?? null });
    return { pictures: waits(pictures), trainings: waits(trainings) };
  }

  money(since: Date): Promise<Money> {
    const gone = sql`status in ('refunded', 'charged_back')`;
    return this.one(sql<Money>`
      select coalesce(sum(stars), 0)::float8 as stars, coalesce(sum(stars) filter (where ${gone}), 0)::float8 as refunded,
        (coalesce(sum(commission) filter (where not ${gone}), 0) / 1000.0)::float8 as commission,
        coalesce(sum(credits) filter (where not ${gone}), 0)::float8 as sold,
        (select coalesce(sum(amount), 0)::float8 from ledger_entries where kind = 'grant' and at >= ${since}) as given
      from payments where paid_at >= ${since}`);
  }

  async course(since: Date, { count, milliseconds }: Pieces): Promise<Pick<Course, 'pictures' | 'stars'>> {
    const pieceOf = (column: string) =>
      sql`floor(extract(epoch from ${sql.ref(column)} - ${since}) * 1000 / ${milliseconds})::integer`;
    const { rows } = await sql<{ piece: number; pictures: number; stars: number }>`
      select piece, sum(pictures)::float8 as pictures, sum(stars)::float8 as stars
      from (
        select ${pieceOf('created_at')} as piece, 1 as pictures, 0 as stars from generations
        where created_at >= ${since} and status in ('collected', 'delivered')
        union all
        select ${pieceOf('paid_at')}, 0, stars from payments where paid_at >= ${since}
      ) as each
      group by piece`.execute(this.database);
    const of = (what: 'pictures' | 'stars') =>
      Array.from({ length: count }, (_, piece) => rows.find((row) => row.piece === piece)?.[what] ?? 0);
    return { pictures: of('pictures'), stars: of('stars') };
  }

  async spenders(since: Date, limit: number): Promise<Spender[]> {
    const { rows } = await sql<Spender>`
      select owner as "user", sum(jobs)::integer as jobs, sum(stars)::float8 as stars, sum(credits)::float8 as credits,
        coalesce(sum(cost), 0)::float8 as cost
      from (
        select owner, 1 as jobs, 0 as stars, ${ofPicture} as credits, ${costOfPicture} as cost
        from generations where created_at >= ${since}
        union all
        select owner, 1, 0, ${ofTraining}, ${costOfTraining} from trainings where created_at >= ${since}
        union all
        select user_id, 0, stars - commission / 1000.0, 0, 0 from payments
        where paid_at >= ${since} and status not in ('refunded', 'charged_back')
      ) as each
      group by owner order by cost desc, stars desc, owner limit ${limit}`.execute(this.database);
    return rows;
  }

  private async one<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row> {
    const [row] = (await query.execute(this.database)).rows;
    if (row === undefined) throw new Error('one row is always returned');
    return row;
  }
}
