import type { Kysely } from 'kysely';
import type { PromoStore } from '../../../../application/ports/stores/promo-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Promo } from '../../../../domain/payments/promo.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresPromoStore implements PromoStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(promo: Promo): Promise<boolean> {
    const row = await this.database
      .insertInto('promo_codes')
      .values(promo)
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('code')
      .executeTakeFirst();
    return row !== undefined;
  }

  async find(code: string): Promise<Promo | null> {
    const row = await this.database
      .selectFrom('promo_codes')
      .selectAll()
      .where('code', '=', code)
      .executeTakeFirst();
    return row ?? null;
  }

  list(): Promise<Promo[]> {
    return this.database
      .selectFrom('promo_codes')
      .selectAll()
      .orderBy('createdAt', 'desc')
      .orderBy('code', 'desc')
      .execute();
  }

  async end(code: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('promo_codes')
      .set(({ fn, ref, val }) => ({ endedAt: fn.coalesce(ref('endedAt'), val(now)) }))
      .where('code', '=', code)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async redeem(code: string, user: UserId, at: Date): Promise<boolean> {
    const row = await this.database
      .insertInto('promo_redemptions')
      .values({ code, userId: user, at })
      .onConflict((conflict) => conflict.columns(['code', 'userId']).doNothing())
      .returning('code')
      .executeTakeFirst();
    return row !== undefined;
  }

  redeemed(user: UserId): Promise<{ code: string; at: Date }[]> {
    return this.database
      .selectFrom('promo_redemptions')
      .innerJoin('promo_codes', 'promo_codes.code', 'promo_redemptions.code')
      .select(['promo_codes.shown as code', 'promo_redemptions.at'])
      .where('promo_redemptions.userId', '=', user)
      .orderBy('promo_redemptions.at')
      .orderBy('promo_codes.code')
      .execute();
  }

  async use(code: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('promo_codes')
      .set((is) => ({ used: is('used', '+', 1) }))
      .where('code', '=', code)
      .where('endedAt', 'is', null)
      .where((is) => is.or([is('uses', 'is', null), is('used', '<', is.ref('uses'))]))
      .where((is) => is.or([is('until', 'is', null), is('until', '>=', now)]))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}
