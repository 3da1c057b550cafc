import type { Payments, Transaction } from '../ports/money/payments.js';
import type { Needs } from '../ports/needs.js';
import type { BooksRead } from '../ports/stores/payment-store.js';
import type { Stores } from '../ports/stores/stores.js';
import type { BookPayment } from './book-payment.js';
import type { BookRefund } from './book-refund.js';
import type { RefundPayment } from './refund-payment.js';

type Touched = 'payments' | 'subscriptions' | 'ledger' | 'users';
type Parts = Needs<Touched> & {
  readonly payments: Payments;
  readonly bookPayment: BookPayment;
  readonly bookRefund: BookRefund;
  readonly refundPayment: RefundPayment;
};

const refundsAtOnce = 20;

/**
 * Reads on in the provider's books and writes what ours lack: payments whose message was lost, refunds that somebody else
 * made, and money that was taken back. Then it asks again about refunds that nobody knows the end of.
 */
export class ReconcilePayments {
  constructor(private readonly parts: Parts) {}

  /** How many movements were read. */
  async execute(): Promise<number> {
    const { database, payments, refundPayment } = this.parts;
    let read = 0;
    for (;;) {
      const books = await database.stores.payments.books();
      const page = await payments.transactions(books.place);
      if (page.length === 0 || !(await this.book(books, page))) break;
      read += page.length;
    }
    for (const begun of await database.stores.payments.refunding(refundsAtOnce))
      await refundPayment.finish(begun);
    return read;
  }

  /** All of a page, and how far was read, or nothing: `false` when another process has read it meanwhile. */
  private book(books: BooksRead, page: readonly Transaction[]): Promise<boolean> {
    const sum = (kind: Transaction['kind']) =>
      page.reduce((total, one) => total + (one.kind === kind ? one.stars : 0), 0);
    return this.parts.database.transaction(async (stores) => {
      const next = {
        place: books.place + page.length,
        paid: books.paid + sum('payment'),
        refunded: books.refunded + sum('refund'),
      };
      if (!(await stores.payments.readOn(books, next))) return false;
      for (const transaction of page) await this.bookOne(stores, transaction);
      return true;
    });
  }

  private async bookOne(
    stores: Pick<Stores, Touched>,
    { id: charge, kind, user: payer, payload, stars, at, until }: Transaction,
  ): Promise<void> {
    if (kind === 'other' || payer === null) return;
    if (kind === 'payment') {
      await this.parts.bookPayment.within(stores, {
        charge,
        payer,
        payload,
        stars,
        at,
        until,
        isFirst: null,
      });
      return;
    }
    await this.parts.bookRefund.within(stores, charge);
  }
}
