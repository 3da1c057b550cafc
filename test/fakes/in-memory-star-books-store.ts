import type { BooksRead, StarBooksStore } from '../../src/application/ports/stores/money/star-books-store.js';
import type { Payment } from '../../src/domain/payments/payment.js';
import {
  type Difference,
  type DifferenceKind,
  type StarTotals,
  unexplainedOf,
} from '../../src/domain/payments/star-books.js';
import { allPayments } from './in-memory-payment-store.js';
import type { Access, State } from './in-memory-state.js';

const nothingRead: BooksRead = { place: 0, last: null, paid: 0, refunded: 0, moved: 0, commission: 0 };
const graceMilliseconds = 600_000;

export class InMemoryStarBooksStore implements StarBooksStore {
  constructor(private readonly access: Access) {}

  books(): Promise<BooksRead> {
    return this.access(({ money: { books } }) => {
      if (books[0] === undefined) return nothingRead;
      const { endAt: _end, balance: _balance, ...read } = books[0];
      return read;
    });
  }

  readOn(from: BooksRead, to: BooksRead): Promise<boolean> {
    return this.access(({ money: { books } }) => {
      if (books.length > 0 && books[0]?.place !== from.place) return false;
      books.splice(0, 1, { endAt: null, balance: null, ...books[0], ...to });
      return true;
    });
  }

  noteEnd(place: number, endAt: Date, balance: number | null): Promise<void> {
    return this.access(({ money: { books } }) => {
      const read = books[0] ?? nothingRead;
      if (read.place === place) books.splice(0, 1, { ...read, endAt, balance });
    });
  }

  enterPaid(charge: string, stars: number, commission: number): Promise<void> {
    return this.access(({ money: { inBooks } }) => {
      inBooks.set(charge, { isBack: inBooks.get(charge)?.isBack ?? false, stars, commission });
    });
  }

  enterBack(charge: string): Promise<void> {
    return this.access(({ money: { inBooks } }) => {
      inBooks.set(charge, { commission: 0, ...inBooks.get(charge), isBack: true });
    });
  }

  differing(limit: number): Promise<Difference[]> {
    return this.access((state) => differencesIn(state).slice(0, limit));
  }

  totals(): Promise<StarTotals> {
    return this.access((state) => {
      const { books, inBooks } = state.money;
      const sum = (of: readonly { readonly stars: number }[]) =>
        of.reduce((total, { stars }) => total + stars, 0);
      const all = allPayments(state);
      const apart = differencesIn(state);
      const { balance = null, moved = 0, commission = 0, endAt = null } = books[0] ?? {};
      return {
        paid: sum(all),
        refunded: sum(all.filter(isGone)),
        differing: apart.length,
        differingStars: sum(apart),
        commission: all
          .filter((payment) => !isGone(payment))
          .reduce((total, { charge }) => total + (inBooks.get(charge)?.commission ?? 0), 0),
        ...{ endAt, balance },
        unexplained: balance === null ? null : unexplainedOf(balance, moved, commission),
      };
    });
  }
}

const isGone = ({ status }: Payment): boolean => status === 'refunded' || status === 'charged_back';

function differencesIn(state: State): Difference[] {
  const endAt = state.money.books[0]?.endAt ?? null;
  const isSettled = (at: Date) => endAt !== null && at.getTime() < endAt.getTime() - graceMilliseconds;
  const kindOf = (payment: Payment): DifferenceKind | null => {
    const entered = state.money.inBooks.get(payment.charge);
    if (entered?.stars === undefined) return isSettled(payment.paidAt) ? 'only_here' : null;
    if (![entered.stars, entered.stars + entered.commission / 1000].includes(payment.stars)) return 'amount';
    if (entered.isBack === isGone(payment)) return null;
    if (entered.isBack) return 'back_there_only';
    return isSettled(payment.refundedAt ?? payment.paidAt) ? 'back_here_only' : null;
  };
  return allPayments(state).flatMap((payment) => {
    const kind = kindOf(payment);
    const { charge, user, stars } = payment;
    return kind === null ? [] : [{ charge, user, stars, kind }];
  });
}
