import type { ColumnType, Generated } from 'kysely';
import type { MoneyMessage } from '../../../application/ports/stores/money/money-message-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Offer } from '../../../domain/payments/offer.js';
import type { PaymentStatus } from '../../../domain/payments/payment.js';
import type { SubscriptionState } from '../../../domain/payments/subscription.js';
import type { Json } from './json-column.js';

/** What is kept of money from outside. */
export interface MoneyTables {
  /** The terms of every version that was ever sold. */
  offers: { id: string; version: number; terms: Json<Offer> };
  payments: {
    charge: string;
    id: string;
    userId: UserId;
    offerId: string | null;
    offerVersion: number | null;
    credits: number;
    bonus: number;
    stars: number;
    paidAt: Date;
    status: PaymentStatus;
    taken: number;
    refusals: number;
    refundBegunAt: Date | null;
    settledAt: Date | null;
    refundedAt: Date | null;
    until: Date | null;
    toldAt: Date | null;
    expiresAt: Date | null;
    expired: number | null;
    /** What the provider's books say. */
    booksStars: Generated<number | null>;
    booksBack: Generated<boolean>;
    commission: Generated<number>;
  };
  subscriptions: {
    userId: UserId;
    offerId: string;
    offerVersion: number;
    id: string;
    firstCharge: string;
    latestCharge: string;
    until: Date;
    state: SubscriptionState;
    isEnding: boolean;
  };
  /** What people are still to be told. */
  money_messages: {
    kind: MoneyMessage['kind'];
    subject: string;
    userId: UserId;
    createdAt: Date;
    nextTryAt: Date;
    tries: Generated<number>;
  };
  promo_codes: {
    code: string;
    shown: string;
    credits: number | null;
    percent: number | null;
    uses: number | null;
    used: number;
    until: Date | null;
    endedAt: Date | null;
    createdAt: Date;
  };
  referrals: {
    friend: UserId;
    referrer: UserId;
    at: Date;
    charge: string | null;
    credits: number;
    taken: number | null;
  };
  promo_redemptions: {
    code: string;
    userId: UserId;
    at: Date;
    percent: number | null;
    charge: Generated<string | null>;
  };
  /** One row at most. */
  books_read: {
    one: Generated<boolean>;
    place: ColumnType<string, number, number>;
    last: string | null;
    paid: ColumnType<string, number, number>;
    refunded: ColumnType<string, number, number>;
    moved: ColumnType<string, number, number>;
    commission: ColumnType<string, number, number>;
    endAt: ColumnType<Date | null, Date | undefined, Date>;
    balance: ColumnType<string | null, number | null | undefined, number | null>;
  };
}
