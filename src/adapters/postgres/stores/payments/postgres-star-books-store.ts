import { type Kysely, sql } from 'kysely';
import type {
  BooksRead,
  StarBooksStore,
} from '../../../../application/ports/stores/money/star-books-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Difference, DifferenceKind, StarTotals } from '../../../../domain/payments/star-books.js';
import type { Tables } from '../../schema/tables.js';
import { starDifferences, starTotals, type TotalsRow, totalsIn } from './star-differences.js';

const nothingRead: BooksRead = { place: 0, last: null, paid: 0, refunded: 0, moved: 0, commission: 0 };

export class PostgresStarBooksStore implements StarBooksStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async books(): Promise<BooksRead> {
    const row = await this.database.selectFrom('books_read').selectAll().executeTakeFirst();
    if (row === undefined) return nothingRead;
    const { place, last, paid, refunded, moved, commission } = row;
    return {
      ...{ place: Number(place), last, paid: Number(paid), refunded: Number(refunded) },
      ...{ moved: Number(moved), commission: Number(commission) },
    };
  }

  async readOn(from: BooksRead, to: BooksRead): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.database
      .insertInto('books_read')
      .values(to)
      .onConflict((conflict) =>
        conflict.column('one').doUpdateSet(to).where('books_read.place', '=', String(from.place)),
      )
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async noteEnd(place: number, endAt: Date, balance: number | null): Promise<void> {
    const ended = { endAt, balance };
    await this.database
      .insertInto('books_read')
      .values({ ...nothingRead, ...ended })
      .onConflict((conflict) =>
        conflict.column('one').doUpdateSet(ended).where('books_read.place', '=', String(place)),
      )
      .execute();
  }

  async enterPaid(charge: string, booksStars: number, commission: number): Promise<void> {
    await this.database
      .updateTable('payments')
      .set({ booksStars, commission })
      .where('charge', '=', charge)
      .execute();
  }

  async enterBack(charge: string): Promise<void> {
    await this.database
      .updateTable('payments')
      .set({ booksBack: true })
      .where('charge', '=', charge)
      .execute();
  }

  async differing(limit: number): Promise<Difference[]> {
    const { rows } = await sql<{ charge: string; userId: UserId; stars: number; kind: DifferenceKind }>`
      ${sql.raw(starDifferences)} order by paid_at, charge limit ${limit}`.execute(this.database);
    return rows.map(({ charge, userId: user, stars, kind }) => ({ charge, user, stars, kind }));
  }

  async totals(): Promise<StarTotals> {
    const { rows } = await sql<TotalsRow>`${sql.raw(starTotals)}`.execute(this.database);
    return totalsIn(rows[0]);
  }
}
