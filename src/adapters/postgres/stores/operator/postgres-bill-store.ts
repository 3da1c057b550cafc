import { type Kysely, sql } from 'kysely';
import type { BillStore } from '../../../../application/ports/stores/operator/bill-store.js';
import type { BilledDay, BillLine } from '../../../../domain/operator/bill.js';
import type { Tables } from '../../schema/tables.js';
import { costOfPicture, costOfTraining } from './postgres-numbers-store.js';

/** Nothing waits longer than this for the provider to take it; `created_at` has an index. */
const longestWait = sql`interval '2 days'`;

export class PostgresBillStore implements BillStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async reckoned(from: Date, to: Date): Promise<Pick<BillLine, 'endpoint' | 'reckoned'>[]> {
    const jobs = (table: 'generations' | 'trainings', cost: typeof costOfPicture) => sql`
      select "order" ->> 'endpoint' as endpoint, ${cost} as cost from ${sql.table(table)}
      where ticket is not null and created_at >= ${from}::timestamptz - ${longestWait} and created_at < ${to}
        and coalesce(submitted_at, created_at) >= ${from} and coalesce(submitted_at, created_at) < ${to}`;
    const { rows } = await sql<{ endpoint: string; reckoned: number }>`
      select endpoint, coalesce(sum(cost), 0)::float8 as reckoned
      from (${jobs('generations', costOfPicture)} union all ${jobs('trainings', costOfTraining)}) as each
      group by endpoint order by endpoint`.execute(this.database);
    return rows;
  }

  async keep(days: readonly BilledDay[]): Promise<void> {
    const rows = days.flatMap(({ day, lines }) => lines.map((line) => ({ day, ...line })));
    await this.database
      .deleteFrom('provider_bills')
      .where(
        'day',
        'in',
        days.map(({ day }) => day),
      )
      .execute();
    if (rows.length > 0) await this.database.insertInto('provider_bills').values(rows).execute();
  }

  async latest(days: number): Promise<BilledDay[]> {
    const rows = await this.database
      .selectFrom('provider_bills')
      .selectAll()
      .where('day', 'in', (all) =>
        all.selectFrom('provider_bills').select('day').distinct().orderBy('day', 'desc').limit(days),
      )
      .orderBy('day', 'desc')
      .orderBy('endpoint')
      .execute();
    const found = new Map<string, BillLine[]>();
    for (const { day, endpoint, reckoned, billed } of rows)
      found.set(day, [
        ...(found.get(day) ?? []),
        { endpoint, reckoned: Number(reckoned), billed: Number(billed) },
      ]);
    return [...found].map(([day, lines]) => ({ day, lines }));
  }
}
