import { type StarTotals, unexplainedOf } from '../../../../domain/payments/star-books.js';

/** What comes in while the books are read may stand in one of the two only. */
const grace = `interval '10 minutes'`;

/**
 * Payments that the provider's books and ours do not agree on. Reads every payment there is. A commission may be in the
 * amount that they say, or not: see `unexplainedOf`.
 */
export const starDifferences = `
  select charge, user_id, stars, paid_at,
    case
      when books_stars is null then 'only_here'
      when stars not in (books_stars, books_stars + commission / 1000.0) then 'amount'
      when books_back then 'back_there_only'
      else 'back_here_only'
    end as kind
  from payments left join (select end_at - ${grace} as settled from books_read) as books on true
  where (books_stars is null and paid_at < settled)
    or stars not in (books_stars, books_stars + commission / 1000.0)
    or (books_back and status in ('paid', 'refunding'))
    or (not books_back and books_stars is not null and status in ('refunded', 'charged_back')
      and coalesce(refunded_at, paid_at) < settled)`;

/** All of them together, with what the provider says we have. */
export const starTotals = `
  select kept.paid, kept.refunded, kept.commission, differing, differing_stars as "differingStars", end_at as "endAt",
    balance, moved, books_read.commission as taken
  from (select coalesce(sum(stars), 0) as paid,
      coalesce(sum(stars) filter (where status in ('refunded', 'charged_back')), 0) as refunded,
      coalesce(sum(commission) filter (where status not in ('refunded', 'charged_back')), 0) as commission
    from payments) as kept,
    (select count(*) as differing, coalesce(sum(stars), 0) as differing_stars from (${starDifferences}) as each) as apart
    left join books_read on true`;

/** Sums come as texts. */
export interface TotalsRow {
  readonly paid: string;
  readonly refunded: string;
  readonly commission: string;
  readonly differing: string;
  readonly differingStars: string;
  readonly endAt: Date | null;
  readonly balance: string | null;
  readonly moved: string | null;
  readonly taken: string | null;
}

export function totalsIn(row: TotalsRow | undefined): StarTotals {
  if (row === undefined) throw new Error('sums are always one row');
  const { balance, moved, taken, endAt } = row;
  return {
    paid: Number(row.paid),
    refunded: Number(row.refunded),
    commission: Number(row.commission),
    differing: Number(row.differing),
    differingStars: Number(row.differingStars),
    endAt,
    balance: balance === null ? null : Number(balance),
    unexplained: balance === null ? null : unexplainedOf(Number(balance), Number(moved), Number(taken)),
  };
}
