import type { Kysely, Selectable } from 'kysely';
import type { PromoStore, RedeemedCode } from '../../../../application/ports/stores/money/promo-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Promo, WaitingBonus } from '../../../../domain/payments/promo.js';
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
    return row === undefined ? null : asPromo(row);
  }

  async list(limit: number): Promise<Promo[]> {
    const rows = await this.database
      .selectFrom('promo_codes')
      .selectAll()
      .orderBy('createdAt', 'desc')
      .orderBy('code', 'desc')
      .limit(limit)
      .execute();
    return rows.map(asPromo);
  }

  async count(): Promise<number> {
    const { promos } = await this.database
      .selectFrom('promo_codes')
      .select(({ fn }) => fn.countAll<string>().as('promos'))
      .executeTakeFirstOrThrow();
    return Number(promos);
  }

  async end(code: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('promo_codes')
      .set(({ fn, ref, val }) => ({ endedAt: fn.coalesce(ref('endedAt'), val(now)) }))
      .where('code', '=', code)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async redeem({ code, percent }: Pick<Promo, 'code' | 'percent'>, user: UserId, at: Date): Promise<boolean> {
    const row = await this.database
      .insertInto('promo_redemptions')
      .values({ code, userId: user, at, percent })
      // Of the code and the person, or of what waits for that person's next pack.
      .onConflict((conflict) => conflict.doNothing())
      .returning('code')
      .executeTakeFirst();
    return row !== undefined;
  }

  async has(code: string, user: UserId): Promise<boolean> {
    const row = await this.database
      .selectFrom('promo_redemptions')
      .select('code')
      .where('code', '=', code)
      .where('userId', '=', user)
      .executeTakeFirst();
    return row !== undefined;
  }

  async waiting(user: UserId): Promise<WaitingBonus | null> {
    const row = await this.database
      .selectFrom('promo_redemptions')
      .select(['code', 'percent'])
      .where('userId', '=', user)
      .where('percent', 'is not', null)
      .where('charge', 'is', null)
      .$narrowType<{ percent: number }>()
      .executeTakeFirst();
    return row ?? null;
  }

  async spend(code: string, user: UserId, charge: string): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('promo_redemptions')
      .set({ charge })
      .where('code', '=', code)
      .where('userId', '=', user)
      .where('charge', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  redeemed(user: UserId): Promise<RedeemedCode[]> {
    return this.database
      .selectFrom('promo_redemptions')
      .innerJoin('promo_codes', 'promo_codes.code', 'promo_redemptions.code')
      .select(['promo_codes.shown as code', 'promo_redemptions.at'])
      .select(['promo_redemptions.percent', 'promo_redemptions.charge'])
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

/** The table has one of the two. */
const asPromo = (row: Selectable<Tables['promo_codes']>): Promo => row as Promo;
