import type { Difference, StarTotals } from '../../../../domain/payments/star-books.js';

/** How far the provider's books were read, and what they came to until there. Stars, whole where nothing else is said. */
export interface BooksRead {
  /** Movements read so far, which is the place of the next one. */
  readonly place: number;
  /** What the latest of them is called; `null`: nothing was read, or by a release that did not keep it. */
  readonly last: string | null;
  readonly paid: number;
  readonly refunded: number;
  /** What all movements changed the balance by, and what others got of payments; thousandths of a Star, signed. */
  readonly moved: number;
  readonly commission: number;
}

/** The provider's books, as far as they were read, beside ours. */
export interface StarBooksStore {
  books(): Promise<BooksRead>;
  /** `false`: somebody has read on meanwhile, and nothing was written. */
  readOn(from: BooksRead, to: BooksRead): Promise<boolean>;
  /** At `at` they ended at this place. `balance` in thousandths of a Star; `null`: the provider did not say. */
  noteEnd(place: number, at: Date, balance: number | null): Promise<void>;
  /** They have this payment, with so many Stars; others got `commission` of it, in thousandths. */
  enterPaid(charge: string, stars: number, commission: number): Promise<void>;
  /** They have it as gone back. */
  enterBack(charge: string): Promise<void>;
  /** Payments that differ, oldest first; what came in the last minutes before their end was read may not be there yet. */
  differing(limit: number): Promise<Difference[]>;
  totals(): Promise<StarTotals>;
}
