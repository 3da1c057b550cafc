import type { PaymentStatus } from '../../../../src/domain/payments/payment.js';
import type { KeptEntry } from './payment-audit.js';

/** A payment as a lot of credits. */
export interface PaidLot {
  readonly charge: string;
  readonly user: string;
  readonly credits: number;
  readonly status: PaymentStatus;
  readonly taken: number;
  readonly refusals: number;
  readonly paidAt: Date;
}

/** Entries that left their person with less than nothing. A capture follows the release of what it was held for. */
export function overdrafts(entries: readonly KeptEntry[]): string[] {
  const balances = new Map<string, number>();
  return entries.flatMap(({ user, kind, amount, reason }) => {
    const balance = (balances.get(user) ?? 0) + amount;
    balances.set(user, balance);
    const isAllowed = balance >= 0 || amount >= 0 || kind === 'chargeback' || kind === 'capture';
    return isAllowed ? [] : [`${reason} left ${user} with ${balance}`];
  });
}

/**
 * Refunds that took another sum than was left of their payment at that moment. Reckoned anew, and not by the program:
 * what came first is spent first.
 */
export function sharesOf(payments: readonly PaidLot[], entries: readonly KeptEntry[]): string[] {
  const lots = new Map(payments.map((payment) => [payment.charge, payment]));
  const balances = new Map<string, number>();
  /** Of each person, the lots that count at this moment. */
  const counting = new Map<string, Set<PaidLot>>();
  return entries.flatMap(({ user, kind, amount, reason }) => {
    const before = balances.get(user) ?? 0;
    balances.set(user, before + amount);
    const lot = lots.get(reason.slice(kind.length + 1).replace(/#\d+$/, ''));
    const theirs = counting.get(user) ?? new Set();
    counting.set(user, theirs);
    if (lot === undefined) return [];
    if (kind === 'purchase' || kind === 'refund') theirs.add(lot);
    else theirs.delete(lot);
    if (kind !== 'payback') return [];
    const newer = [...theirs].filter((other) => isNewer(other, lot));
    const left = (of: readonly PaidLot[]) =>
      Math.min(Math.max(before - of.reduce((sum, { credits }) => sum + credits, 0), 0), lot.credits);
    // A refund that found nothing left writes no entry: nobody can say from when on its lot did not count.
    const [least, most] = [left(newer), left(newer.filter(leavesTraces))];
    return -amount >= least && -amount <= most ? [] : [`${reason} took ${-amount} of ${least}–${most} left`];
  });
}

const leavesTraces = ({ status, taken, refusals }: PaidLot): boolean =>
  taken > 0 || status === 'charged_back' || (status === 'paid' && refusals === 0);

const isNewer = (one: PaidLot, other: PaidLot): boolean =>
  one.paidAt > other.paidAt || (+one.paidAt === +other.paidAt && one.charge > other.charge);
