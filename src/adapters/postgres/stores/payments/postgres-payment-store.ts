import { type Kysely, type Selectable, sql } from 'kysely';
import type { PaymentStore } from '../../../../application/ports/stores/money/payment-store.js';
import type { UserId } from '../../../../domain/ids.js';
import { type Offer, type OfferRef, sameTerms } from '../../../../domain/payments/offer.js';
import type { Payment, PaymentStatus } from '../../../../domain/payments/payment.js';
import type { Tables } from '../../schema/tables.js';

type PaymentRow = Selectable<Tables['payments']>;

export class PostgresPaymentStore implements PaymentStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async keepOffers(offers: readonly Offer[]): Promise<readonly Offer[]> {
    const changed: Offer[] = [];
    for (const offer of offers) {
      const kept = await this.terms(offer);
      if (kept !== null && !sameTerms(kept, offer)) changed.push(offer);
      else await this.keep(offer);
    }
    return changed;
  }

  /** A name is no term: it may be written anew. */
  private async keep(offer: Offer): Promise<void> {
    const terms = JSON.stringify(offer);
    await this.database
      .insertInto('offers')
      .values({ id: offer.id, version: offer.version, terms })
      .onConflict((conflict) => conflict.columns(['id', 'version']).doUpdateSet({ terms }))
      .execute();
  }

  async terms({ id, version }: OfferRef): Promise<Offer | null> {
    const row = await this.database
      .selectFrom('offers')
      .select('terms')
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst();
    return row?.terms ?? null;
  }

  async add({ user, offer, ...payment }: Payment): Promise<boolean> {
    const row = await this.database
      .insertInto('payments')
      .values({
        ...payment,
        userId: user,
        offerId: offer?.id ?? null,
        offerVersion: offer?.version ?? null,
      })
      .onConflict((conflict) => conflict.column('charge').doNothing())
      .returning('charge')
      .executeTakeFirst();
    return row !== undefined;
  }

  async raise({ charge, credits, bonus }: Pick<Payment, 'charge' | 'credits' | 'bonus'>): Promise<void> {
    await this.database
      .updateTable('payments')
      .set({ credits, bonus })
      .where('charge', '=', charge)
      .execute();
  }

  async settle({
    charge,
    credits,
    settledAt,
  }: Pick<Payment, 'charge' | 'credits' | 'settledAt'>): Promise<void> {
    await this.database
      .updateTable('payments')
      .set({ credits, settledAt, toldAt: null })
      .where('charge', '=', charge)
      .execute();
  }

  async find(charge: string): Promise<Payment | null> {
    return toPayment(await this.byCharge(charge).executeTakeFirst());
  }

  async findOwned(id: string, user: UserId): Promise<Payment | null> {
    const row = await this.database
      .selectFrom('payments')
      .selectAll()
      .where('id', '=', id)
      .where('userId', '=', user)
      .executeTakeFirst();
    return toPayment(row);
  }

  async lock(charge: string): Promise<Payment | null> {
    return toPayment(await this.byCharge(charge).forNoKeyUpdate().executeTakeFirst());
  }

  private byCharge(charge: string) {
    return this.database.selectFrom('payments').selectAll().where('charge', '=', charge);
  }

  async list(user: UserId): Promise<Payment[]> {
    const rows = await this.database
      .selectFrom('payments')
      .selectAll()
      .where('userId', '=', user)
      .orderBy('paidAt', 'desc')
      .orderBy('charge', 'desc')
      .execute();
    return rows.map(asPayment);
  }

  async change(
    { charge, status, taken, refusals, refundBegunAt, refundedAt }: Payment,
    expected: PaymentStatus,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('payments')
      .set({ status, taken, refusals, refundBegunAt, refundedAt })
      .where('charge', '=', charge)
      .where('status', '=', expected)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async refunding(limit: number): Promise<Payment[]> {
    const rows = await this.database
      .selectFrom('payments')
      .selectAll()
      .where('status', '=', 'refunding')
      .orderBy('paidAt')
      .limit(limit)
      .execute();
    return rows.map(asPayment);
  }

  async waiting(since: Date, limit: number): Promise<Payment[]> {
    const rows = await this.database
      .selectFrom('payments')
      .selectAll()
      .where(sql<boolean>`(status = 'refunding' and coalesce(refund_begun_at, paid_at) <= ${since})
        or (status = 'paid' and credits = 0 and settled_at is null)`)
      .orderBy('paidAt')
      .orderBy('charge')
      .limit(limit)
      .execute();
    return rows.map(asPayment);
  }

  async over(now: Date, limit: number): Promise<Payment[]> {
    const rows = await this.database
      .selectFrom('payments')
      .selectAll()
      .where('status', '=', 'paid')
      .where('expired', 'is', null)
      .where('expiresAt', '<=', now)
      .orderBy('expiresAt')
      .limit(limit)
      .execute();
    return rows.map(asPayment);
  }

  async expire(charge: string, expired: number): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('payments')
      .set({ expired })
      .where('charge', '=', charge)
      .where('status', '=', 'paid')
      .where('expired', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async markTold(charge: string, toldAt: Date): Promise<void> {
    await this.database.updateTable('payments').set({ toldAt }).where('charge', '=', charge).execute();
  }

  async any(): Promise<boolean> {
    return (
      (await this.database.selectFrom('payments').select('charge').limit(1).executeTakeFirst()) !== undefined
    );
  }
}

const toPayment = (row: PaymentRow | undefined): Payment | null =>
  row === undefined ? null : asPayment(row);

/** What the provider's books say of it is none of a payment's own. */
const asPayment = ({
  userId,
  offerId,
  offerVersion,
  booksStars: _stars,
  booksBack: _back,
  commission: _commission,
  ...row
}: PaymentRow): Payment => ({
  ...row,
  user: userId,
  offer: offerId === null || offerVersion === null ? null : { id: offerId, version: offerVersion },
});
