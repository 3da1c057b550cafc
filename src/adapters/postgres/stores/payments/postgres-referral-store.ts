import { type Kysely, type Selectable, sql } from 'kysely';
import type { ReferralStore } from '../../../../application/ports/stores/money/referral-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Referral } from '../../../../domain/payments/referral.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresReferralStore implements ReferralStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add({ friend, by, at }: Pick<Referral, 'friend' | 'by' | 'at'>): Promise<void> {
    await this.database
      .insertInto('referrals')
      .values({ friend, referrer: by, at, charge: null, credits: 0, taken: null })
      .onConflict((conflict) => conflict.column('friend').doNothing())
      .execute();
  }

  async find(friend: UserId): Promise<Referral | null> {
    const row = await this.database
      .selectFrom('referrals')
      .selectAll()
      .where('friend', '=', friend)
      .executeTakeFirst();
    return row === undefined ? null : asReferral(row);
  }

  async broughtBy(by: UserId): Promise<Referral[]> {
    const rows = await this.database
      .selectFrom('referrals')
      .selectAll()
      .where('referrer', '=', by)
      .orderBy('at')
      .orderBy('friend')
      .execute();
    return rows.map(asReferral);
  }

  async of(by: UserId): Promise<{ came: number; rewarded: number }> {
    const { rows } = await sql<{ came: number; rewarded: number }>`
      select count(*)::int as came,
        (count(*) filter (where charge is not null and taken is null))::int as rewarded
      from referrals where referrer = ${by}`.execute(this.database);
    return rows[0] ?? { came: 0, rewarded: 0 };
  }

  async earned(limit: number): Promise<{ friend: UserId; charge: string }[]> {
    const { rows } = await sql<{ friend: UserId; charge: string }>`
      select distinct on (friend) friend, payments.charge from referrals
      join payments on user_id = friend and status = 'paid' and payments.credits > 0
      where referrals.charge is null and exists (select from ledger_entries as entries
        where entries.user_id = friend and kind = 'capture' and entries.at >= paid_at)
      order by friend, paid_at, payments.charge limit ${limit}`.execute(this.database);
    return rows;
  }

  async reward(friend: UserId, charge: string, credits: number): Promise<Referral | null> {
    const row = await this.database
      .updateTable('referrals')
      .set({ charge, credits })
      .where('friend', '=', friend)
      .where('charge', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : asReferral(row);
  }

  async lost(limit: number): Promise<Referral[]> {
    const rows = await this.database
      .selectFrom('referrals')
      .innerJoin('payments', 'payments.charge', 'referrals.charge')
      .selectAll('referrals')
      .where('referrals.taken', 'is', null)
      .where('payments.status', 'in', ['refunded', 'charged_back'])
      .orderBy('friend')
      .limit(limit)
      .execute();
    return rows.map(asReferral);
  }

  async takeBack(friend: UserId, taken: number): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('referrals')
      .set({ taken })
      .where('friend', '=', friend)
      .where('charge', 'is not', null)
      .where('taken', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

const asReferral = ({ referrer: by, ...row }: Selectable<Tables['referrals']>): Referral => ({ ...row, by });
