import { type Kysely, sql } from 'kysely';
import type { AllowanceStore, AllowanceUse } from '../../../application/ports/stores/allowance-store.js';
import { secondsOf } from '../../../domain/allowance.js';
import type { Tables } from '../schema/tables.js';
import { deleteFree } from './delete-free.js';
import { unlikely } from './jobs/leased-rows.js';

export class PostgresAllowanceStore implements AllowanceStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async use({ owner, kind, amount, limit }: AllowanceUse, now: Date): Promise<Date | null> {
    const over = new Date(now.getTime() - secondsOf(kind) * 1000);
    const isOver = sql`(day.since <= ${over} or day.since > ${unlikely(now)})`;
    // One statement: two at once cannot both take the last of it.
    const { rows } = await sql`
      insert into allowances as day (owner, kind, used, since)
      select ${owner}, ${kind}, ${amount}::bigint, ${now}::timestamptz where ${amount}::bigint <= ${limit}::bigint
      on conflict (owner, kind) do update set
        used = case when ${isOver} then excluded.used else day.used + excluded.used end,
        since = case when ${isOver} then excluded.since else day.since end
      where ${isOver} or day.used + excluded.used <= ${limit}::bigint
      returning 1`.execute(this.database);
    return rows.length === 1 ? null : this.freeAt({ owner, kind }, now);
  }

  async forget(before: Date): Promise<void> {
    await deleteFree('allowances', sql`since < ${before}`).execute(this.database);
  }

  private async freeAt({ owner, kind }: Pick<AllowanceUse, 'owner' | 'kind'>, now: Date): Promise<Date> {
    const row = await this.database
      .selectFrom('allowances')
      .select('since')
      .where('owner', '=', owner)
      .where('kind', '=', kind)
      .executeTakeFirst();
    return new Date((row?.since ?? now).getTime() + secondsOf(kind) * 1000);
  }
}
