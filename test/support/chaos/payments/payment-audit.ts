import type { PaymentStatus } from '../../../../src/domain/payments/payment.js';
import { overdrafts, type PaidLot, sharesOf } from './replay.js';

/** One line of the provider's books. */
export interface Movement {
  readonly charge: string;
  readonly kind: 'paid' | 'returned';
  readonly person: string;
  readonly payload: string;
  readonly stars: number;
}

/** A payment as the program keeps it. */
export interface KeptPayment extends PaidLot {
  readonly stars: number;
  readonly expired: number | null;
  readonly toldAt: Date | null;
}

export interface KeptEntry {
  readonly user: string;
  readonly kind: string;
  readonly amount: number;
  /** `kind:charge`, or `kind:charge#n`. */
  readonly reason: string;
}

/** Both sides of the till, when the dust has settled. */
export interface MoneyBooks {
  readonly movements: readonly Movement[];
  readonly payments: readonly KeptPayment[];
  /** In the order in which they were written. */
  readonly entries: readonly KeptEntry[];
  /** Credits by what the invoice carries. */
  readonly terms: ReadonlyMap<string, number>;
}

/** Who wanted a payment back: its owner, the operator, another program of theirs, or the bank. */
export type WayBack = 'owner' | 'operator' | 'outside' | 'bank';

/** What people did, by charge. */
export interface Deeds {
  /** Payments whose message reached the bot. */
  readonly told: ReadonlySet<string>;
  readonly wantedBack: ReadonlyMap<string, ReadonlySet<WayBack>>;
}

export interface PaymentAudit {
  readonly payments: number;
  readonly returned: number;
  /** Stars by which the program's books and Telegram's differ. */
  readonly starsAmiss: number;
  /** Paid, and without the credits for it. */
  readonly unpaid: readonly string[];
  /** More credits than were paid for, or for nothing. */
  readonly overpaid: readonly string[];
  /** The Stars went back, and the books do not say so. */
  readonly kept: readonly string[];
  /** Credits went, and the Stars did not, or nobody wanted them back. */
  readonly takenForNothing: readonly string[];
  /** Another sum than was left of it went, or its owner gave back what was touched. */
  readonly wrongShares: readonly string[];
  /** Below zero by anything but a chargeback. */
  readonly overdrawn: readonly string[];
  /** Paid, and without a receipt though Telegram had told of it. */
  readonly withoutReceipt: readonly string[];
}

/** Compares what Telegram's books say with what the program's do, payment by payment and entry by entry. */
export function auditPayments(books: MoneyBooks, { told, wantedBack }: Deeds): PaymentAudit {
  const paid = books.movements.filter(({ kind }) => kind === 'paid');
  const returned = new Set(books.movements.filter(({ kind }) => kind === 'returned').map(byCharge));
  const isPaid = new Set(paid.map(byCharge));
  const kept = new Map(books.payments.map((payment) => [payment.charge, payment]));
  const sums = sumsByCharge(books.entries);
  const sumOf = (charge: string, ...kinds: string[]) =>
    kinds.reduce((total, kind) => total + (sums.get(`${kind}:${charge}`) ?? 0), 0);

  const unpaid = paid.flatMap(({ charge, person, payload }) => {
    const due = books.terms.get(payload) ?? 0;
    const payment = kept.get(charge);
    if (payment === undefined) return [`${charge} is not in the books`];
    if (payment.user !== person) return [`${charge} was paid by ${person} and credited to ${payment.user}`];
    const got = sumOf(charge, 'purchase');
    return got < due ? [`${charge} brought ${got} of ${due}`] : [];
  });
  const overpaid = [
    ...paid.flatMap(({ charge, payload }) => {
      const [got, due] = [sumOf(charge, 'purchase'), books.terms.get(payload) ?? 0];
      return got > due ? [`${charge} brought ${got} instead of ${due}`] : [];
    }),
    ...[...kept.keys()].filter((charge) => !isPaid.has(charge)).map((charge) => `${charge} was never paid`),
  ];
  const goes = (charge: string, isBack: boolean) => returned.has(charge) === isBack;
  const open = books.payments.filter(({ charge, status }) => goes(charge, true) && !isOver(status));
  const takenForNothing = books.payments.flatMap(({ charge, status }) => {
    if (goes(charge, false) && status !== 'paid') return [`${charge} is ${status}, and its Stars are here`];
    const by = wantedBack.get(charge) ?? new Set();
    const fits =
      status === 'refunded' ? by.has('owner') || by.has('operator') : status === 'paid' || by.size > 0;
    return fits ? [] : [`${charge} is ${status}, wanted back by ${[...by].join(' and ') || 'nobody'}`];
  });
  const wrongShares = books.payments.flatMap(({ charge, status, credits, taken, expired }) => {
    const back = sumOf(charge, 'payback', 'refund');
    const gone = sumOf(charge, 'chargeback');
    const due = status === 'paid' || status === 'charged_back' ? 0 : -taken;
    const dueGone = status === 'charged_back' ? (expired ?? 0) - credits : 0;
    if (back !== due || gone !== dueGone)
      return [`${charge} is ${status}: ${back} instead of ${due}, ${gone} instead of ${dueGone} went`];
    const by = wantedBack.get(charge);
    const isOwners = by?.size === 1 && by.has('owner') && status === 'refunded';
    return isOwners && taken < credits ? [`${charge} was touched, and its owner gave it back`] : [];
  });
  return {
    payments: paid.length,
    returned: returned.size,
    starsAmiss: Math.abs(
      books.movements.reduce((sum, { kind, stars }) => sum + (kind === 'paid' ? stars : -stars), 0) -
        books.payments.reduce((sum, { status, stars }) => sum + (isOver(status) ? 0 : stars), 0),
    ),
    ...{ unpaid, overpaid, takenForNothing },
    kept: open.map(({ charge, status }) => `${charge} is ${status}, and its Stars went back`),
    wrongShares: [...wrongShares, ...sharesOf(books.payments, books.entries)],
    overdrawn: overdrafts(books.entries),
    withoutReceipt: paid
      .map(byCharge)
      .filter((charge) => told.has(charge) && kept.get(charge)?.toldAt === null)
      .map((charge) => `${charge} has no receipt`),
  };
}

/** What must never be, each kind in one line; empty is what we want. */
export function paymentBreaches(audit: PaymentAudit): string[] {
  const { unpaid, overpaid, kept, takenForNothing, wrongShares, overdrawn, withoutReceipt } = audit;
  const kinds = { unpaid, overpaid, kept, takenForNothing, wrongShares, overdrawn, withoutReceipt };
  const amiss = audit.starsAmiss === 0 ? [] : [`starsAmiss: ${audit.starsAmiss}`];
  return [
    ...amiss,
    ...Object.entries(kinds)
      .filter(([, found]) => found.length > 0)
      .map(([kind, found]) => `${kind}, ${found.length}: ${found.slice(0, 10).join('; ')}`),
  ];
}

const byCharge = ({ charge }: { readonly charge: string }): string => charge;

const isOver = (status: PaymentStatus): boolean => status === 'refunded' || status === 'charged_back';

/** By `kind:charge`, whichever of its refunds they belong to. */
function sumsByCharge(entries: readonly KeptEntry[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { reason, amount } of entries) {
    const key = reason.replace(/#\d+$/, '');
    sums.set(key, (sums.get(key) ?? 0) + amount);
  }
  return sums;
}
