import type { OwedMoneyMessage } from '../../src/application/ports/stores/money/money-message-store.js';
import type { PaymentStore } from '../../src/application/ports/stores/money/payment-store.js';
import type { RedeemedCode } from '../../src/application/ports/stores/money/promo-store.js';
import type { BooksRead } from '../../src/application/ports/stores/money/star-books-store.js';
import type { UserId } from '../../src/domain/ids.js';
import { type Offer, type OfferRef, payloadOf, sameTerms } from '../../src/domain/payments/offer.js';
import type { Payment, PaymentStatus } from '../../src/domain/payments/payment.js';
import type { Promo } from '../../src/domain/payments/promo.js';
import type { Referral } from '../../src/domain/payments/referral.js';
import type { Subscription } from '../../src/domain/payments/subscription.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

/** What is kept of money from outside. Rows are replaced, never changed. */
export interface MoneyState {
  readonly offers: Map<string, Offer>;
  readonly payments: Map<string, Payment>;
  readonly subscriptions: Map<string, Subscription>;
  /** At most one. */
  readonly books: (BooksRead & { readonly endAt: Date | null; readonly balance: number | null })[];
  /** What the provider's books say of charges. */
  readonly inBooks: Map<
    string,
    { readonly stars?: number; readonly commission: number; readonly isBack: boolean }
  >;
  /** `<kind> <subject>`. */
  readonly moneyMessages: Map<string, OwedMoneyMessage & { readonly nextTryAt: Date }>;
  readonly promos: Map<string, Promo>;
  /** `<code> <user>`. */
  readonly redemptions: Map<string, Omit<RedeemedCode, 'code'>>;
  readonly referrals: Map<UserId, Referral>;
}

export const emptyMoneyState = (): MoneyState => ({
  offers: new Map(),
  payments: new Map(),
  subscriptions: new Map(),
  books: [],
  inBooks: new Map(),
  moneyMessages: new Map(),
  promos: new Map(),
  redemptions: new Map(),
  referrals: new Map(),
});

export const copyOfMoneyState = (state: MoneyState): MoneyState => ({
  offers: new Map(state.offers),
  payments: new Map(state.payments),
  subscriptions: new Map(state.subscriptions),
  books: [...state.books],
  inBooks: new Map(state.inBooks),
  moneyMessages: new Map(state.moneyMessages),
  promos: new Map(state.promos),
  redemptions: new Map(state.redemptions),
  referrals: new Map(state.referrals),
});

export class InMemoryPaymentStore implements PaymentStore {
  constructor(private readonly access: Access) {}

  keepOffers(offers: readonly Offer[]): Promise<readonly Offer[]> {
    return this.access(({ money }) =>
      offers.filter((offer) => {
        const kept = money.offers.get(payloadOf(offer));
        if (kept !== undefined && !sameTerms(kept, offer)) return true;
        money.offers.set(payloadOf(offer), offer);
        return false;
      }),
    );
  }

  terms(offer: OfferRef): Promise<Offer | null> {
    return this.access(({ money }) => money.offers.get(payloadOf(offer)) ?? null);
  }

  add(payment: Payment): Promise<boolean> {
    return this.access((state) => {
      requireUser(state, payment.user);
      const { payments } = state.money;
      if (payments.has(payment.charge)) return false;
      payments.set(payment.charge, payment);
      return true;
    });
  }

  raise({ charge, credits, bonus }: Pick<Payment, 'charge' | 'credits' | 'bonus'>): Promise<void> {
    return this.access(({ money: { payments } }) => {
      const row = payments.get(charge);
      if (row !== undefined) payments.set(charge, { ...row, credits, bonus });
    });
  }

  settle({ charge, credits, settledAt }: Pick<Payment, 'charge' | 'credits' | 'settledAt'>): Promise<void> {
    return this.access(({ money: { payments } }) => {
      const row = payments.get(charge);
      if (row !== undefined) payments.set(charge, { ...row, credits, settledAt, toldAt: null });
    });
  }

  find(charge: string): Promise<Payment | null> {
    return this.access(({ money }) => money.payments.get(charge) ?? null);
  }

  findOwned(id: string, user: UserId): Promise<Payment | null> {
    return this.access(
      (state) => allPayments(state).find((payment) => payment.id === id && payment.user === user) ?? null,
    );
  }

  /** One transaction at a time here: nothing to lock. */
  lock(charge: string): Promise<Payment | null> {
    return this.find(charge);
  }

  list(user: UserId): Promise<Payment[]> {
    return this.access((state) =>
      allPayments(state)
        .filter((payment) => payment.user === user)
        .reverse(),
    );
  }

  change(next: Payment, expected: PaymentStatus): Promise<boolean> {
    return this.access(({ money: { payments } }) => {
      const row = payments.get(next.charge);
      if (row?.status !== expected) return false;
      const { status, taken, refusals, refundBegunAt, refundedAt } = next;
      payments.set(next.charge, { ...row, status, taken, refusals, refundBegunAt, refundedAt });
      return true;
    });
  }

  refunding(limit: number): Promise<Payment[]> {
    return this.access((state) =>
      allPayments(state)
        .filter(({ status }) => status === 'refunding')
        .slice(0, limit),
    );
  }

  waiting(since: Date, limit: number): Promise<Payment[]> {
    return this.access((state) =>
      allPayments(state)
        .filter(({ status, credits, settledAt, refundBegunAt, paidAt }) =>
          status === 'refunding'
            ? (refundBegunAt ?? paidAt) <= since
            : status === 'paid' && credits === 0 && settledAt === null,
        )
        .slice(0, limit),
    );
  }

  over(now: Date, limit: number): Promise<Payment[]> {
    return this.access((state) =>
      allPayments(state)
        .filter(
          ({ status, expiresAt, expired }) =>
            status === 'paid' && expired === null && expiresAt !== null && expiresAt <= now,
        )
        .sort((one, other) => Number(one.expiresAt) - Number(other.expiresAt))
        .slice(0, limit),
    );
  }

  expire(charge: string, expired: number): Promise<boolean> {
    return this.access(({ money: { payments } }) => {
      const row = payments.get(charge);
      if (row?.status !== 'paid' || row.expired !== null) return false;
      payments.set(charge, { ...row, expired });
      return true;
    });
  }

  markTold(charge: string, toldAt: Date): Promise<void> {
    return this.access(({ money: { payments } }) => {
      const row = payments.get(charge);
      if (row !== undefined) payments.set(charge, { ...row, toldAt });
    });
  }

  any(): Promise<boolean> {
    return this.access(({ money }) => money.payments.size > 0);
  }
}

/** Oldest first; of those of one moment the smaller charge. */
export const allPayments = ({ money }: State): Payment[] =>
  [...money.payments.values()].sort(
    (one, other) => one.paidAt.getTime() - other.paidAt.getTime() || (one.charge < other.charge ? -1 : 1),
  );
