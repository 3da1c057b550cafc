import { type Kysely, sql } from 'kysely';
import type { QuotaStore } from '../../../../application/ports/stores/operator/quota-store.js';
import { beginningOf, type Spent } from '../../../../domain/budget.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';

/** Bigints come as text. */
interface SpentRow {
  readonly daySince: Date;
  readonly dayUsed: string;
  readonly monthSince: Date;
  readonly monthUsed: string;
}

export class PostgresQuotaStore implements QuotaStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async ordered(owner: UserId, since: Date): Promise<number> {
    await sql`select from users where id = ${owner} for no key update`.execute(this.database);
    // A statement of its own: it sees what those wrote who were waited for.
    const { rows } = await sql<{ count: number }>`
      select coalesce(sum(coalesce(("order" ->> 'count')::integer, 1)), 0)::integer as count from generations
      where owner = ${owner} and created_at >= ${since} and status not in ('failed', 'cancelled')
        and origin ->> 'transport' <> 'proof'`.execute(this.database);
    return rows[0]?.count ?? 0;
  }

  async limitOf(owner: UserId): Promise<number | null> {
    const row = await this.database
      .selectFrom('picture_limits')
      .select('pictures')
      .where('userId', '=', owner)
      .executeTakeFirst();
    return row?.pictures ?? null;
  }

  async setLimit(owner: UserId, pictures: number | null): Promise<void> {
    if (pictures === null)
      await this.database.deleteFrom('picture_limits').where('userId', '=', owner).execute();
    else
      await this.database
        .insertInto('picture_limits')
        .values({ userId: owner, pictures })
        .onConflict((conflict) => conflict.column('userId').doUpdateSet({ pictures }))
        .execute();
  }

  async spend(cost: number, now: Date): Promise<Spent> {
    const { rows } = await sql<SpentRow>`
      update spending set day_used = day_used + ${cost}, month_used = month_used + ${cost}
      where day_since >= ${beginningOf('day', now)} and month_since >= ${beginningOf('month', now)}
      returning *`.execute(this.database);
    const [row] = rows;
    if (row !== undefined) return asSpent(row, now);
    // The first of this day: the job is among those that are counted.
    await this.recount(now);
    return this.spent(now);
  }

  async spent(now: Date): Promise<Spent> {
    const { rows } = await sql<SpentRow>`select * from spending`.execute(this.database);
    const [row] = rows;
    return row === undefined ? { day: 0, month: 0 } : asSpent(row, now);
  }

  async recount(now: Date): Promise<void> {
    // Long ago: whoever counts first counts what is there.
    await sql`
      insert into spending (day_since, day_used, month_since, month_used) values ('epoch', 0, 'epoch', 0)
      on conflict do nothing`.execute(this.database);
    await sql`select from spending for update`.execute(this.database);
    await sql`update spending set day_since = greatest(day_since, ${beginningOf('day', now)}),
      month_since = greatest(month_since, ${beginningOf('month', now)})`.execute(this.database);
    await sql`
      update spending set
        day_used = (${sumSince('day_since', 'generations', 'cost * (1 + rerolls)')}) + (${sumSince('day_since', 'trainings', 'cost')}),
        month_used = (${sumSince('month_since', 'generations', 'cost * (1 + rerolls)')})
          + (${sumSince('month_since', 'trainings', 'cost')})`.execute(this.database);
  }

  async reset(now: Date): Promise<void> {
    await sql`
      insert into spending (day_since, day_used, month_since, month_used) values (${now}, 0, ${now}, 0)
      on conflict (one) do update set day_since = ${now}, day_used = 0, month_since = ${now}, month_used = 0`.execute(
      this.database,
    );
  }
}

/** `ticket`: fal took it. Without it a job costs nothing once it has ended. */
const sumSince = (since: 'day_since' | 'month_since', table: 'generations' | 'trainings', cost: string) =>
  sql`select coalesce(sum(${sql.raw(cost)}), 0) from ${sql.table(table)} as job
    where job.created_at >= spending.${sql.raw(since)}
      and (ticket is not null or status not in ('failed', 'cancelled'))`;

/** What was counted in a day or month that is over is nothing any more. */
const asSpent = ({ daySince, dayUsed, monthSince, monthUsed }: SpentRow, now: Date): Spent => ({
  day: daySince >= beginningOf('day', now) ? Number(dayUsed) : 0,
  month: monthSince >= beginningOf('month', now) ? Number(monthUsed) : 0,
});
