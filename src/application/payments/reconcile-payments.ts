import type { Sales } from '../policy/sales.js';
import type { Payments, Transaction } from '../ports/money/payments.js';
import type { Needs } from '../ports/needs.js';
import type { BooksRead } from '../ports/stores/money/star-books-store.js';
import type { Stores } from '../ports/stores/stores.js';
import type { BookPayment } from './book-payment.js';
import type { BookRefund } from './book-refund.js';
import type { CancelSubscription } from './cancel-subscription.js';
import type { RefundPayment } from './refund-payment.js';

type Touched = 'payments' | 'promos' | 'starBooks' | 'subscriptions' | 'moneyMessages' | 'ledger' | 'users';
type Parts = Needs<Touched, 'clock' | 'log'> & {
  readonly payments: Payments;
  readonly sales: Pick<Sales, 'offers'>;
  readonly bookPayment: BookPayment;
  readonly bookRefund: BookRefund;
  readonly refundPayment: RefundPayment;
  readonly cancelSubscription: Pick<CancelSubscription, 'settle'>;
};

/** As many as may pile up while the provider cannot be asked for an hour. */
const refundsAtOnce = 200;
const fromTheBeginning = { place: 0, last: null, paid: 0, refunded: 0, moved: 0, commission: 0 };

/**
 * Reads on in the provider's books and writes what ours lack: payments whose message was lost, refunds that somebody else
 * made, and money that was taken back. Keeps what they say of each payment, so that a difference to ours is seen. Then it
 * asks again about refunds and subscriptions that nobody knows the end of.
 */
export class ReconcilePayments {
  constructor(private readonly parts: Parts) {}

  /** How many movements were read. */
  async execute(): Promise<number> {
    const { database, refundPayment, cancelSubscription, sales } = this.parts;
    // Whoever stops selling still has people who subscribe, and payments that can go back.
    if (sales.offers.length === 0 && !(await database.stores.payments.any())) return 0;
    const read = await this.readOn();
    for (const begun of await database.stores.payments.refunding(refundsAtOnce))
      await refundPayment.finish(begun);
    await cancelSubscription.settle();
    return read;
  }

  private async readOn(): Promise<number> {
    const { database, clock } = this.parts;
    const { starBooks } = database.stores;
    for (let read = 0, isAnew = false; ; ) {
      const books = await starBooks.books();
      const now = clock.now();
      // Before the page: with nothing new after it, this is the balance of what was read.
      const balance = await this.balance();
      const page = await this.next(books);
      if (page === null) {
        // Once is enough: nothing is booked twice, but nobody reads for ever.
        if (isAnew || !(await starBooks.readOn(books, fromTheBeginning))) return read;
        isAnew = true;
        continue;
      }
      if (page.length === 0) {
        await starBooks.noteEnd(books.place, now, balance);
        return read;
      }
      if (!(await this.book(books, page))) return read;
      read += page.length;
    }
  }

  /** What comes after what was read; `null`: these are not the books that were read, and they begin anew. */
  private async next({ place, last }: BooksRead): Promise<readonly Transaction[] | null> {
    const { payments, log } = this.parts;
    if (place === 0) return payments.transactions(0);
    const [known, ...page] = await payments.transactions(place - 1);
    if (known !== undefined && nameOf(known) === last) return page;
    log.warn('the provider’s books are not those that were read; they are read from the beginning', {
      place,
    });
    return null;
  }

  /** `null`: it cannot be asked for, which is no reason not to read on. */
  private balance(): Promise<number | null> {
    const { payments, log } = this.parts;
    return payments.balance().catch((error: unknown) => {
      log.warn('the provider does not say how much we have', { error });
      return null;
    });
  }

  /** All of a page, and how far was read, or nothing: `false` when another process has read it meanwhile. */
  private book(books: BooksRead, page: readonly Transaction[]): Promise<boolean> {
    return this.parts.database.transaction(async (stores) => {
      if (!(await stores.starBooks.readOn(books, page.reduce(readOne, books)))) return false;
      for (const transaction of page) await this.bookOne(stores, transaction);
      return true;
    });
  }

  private async bookOne(
    stores: Pick<Stores, Touched>,
    { id: charge, kind, user: payer, payload, stars, at, until, commission }: Transaction,
  ): Promise<void> {
    if (kind === 'other' || payer === null) return;
    if (kind === 'refund') {
      await this.parts.bookRefund.within(stores, charge, at);
      await stores.starBooks.enterBack(charge);
      return;
    }
    const paid = { charge, payer, payload, stars, at, until, isFirst: null };
    await this.parts.bookPayment.within(stores, paid);
    await stores.starBooks.enterPaid(charge, stars, commission);
  }
}

/** A payment and its way back have the same id. */
const nameOf = ({ id, kind }: Transaction): string => `${kind}:${id}`;

function readOne(books: BooksRead, transaction: Transaction): BooksRead {
  const { kind, stars, moved, commission } = transaction;
  return {
    place: books.place + 1,
    last: nameOf(transaction),
    paid: books.paid + (kind === 'payment' ? stars : 0),
    refunded: books.refunded + (kind === 'refund' ? stars : 0),
    moved: books.moved + moved,
    commission: books.commission + (moved < 0 ? -commission : commission),
  };
}
