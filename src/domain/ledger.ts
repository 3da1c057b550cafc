import type { UserId } from './ids.js';

export const entryKinds = [
  'grant',
  'hold',
  'capture',
  'release',
  'refund',
  // Of payments: bought, taken back with a refund, taken away with the money, and over with the month.
  'purchase',
  'payback',
  'chargeback',
  'expiry',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/**
 * One line of the append-only ledger. `amount` is signed, in whole credits: what can be spent is the sum of a
 * user's amounts. `reason` is unique over the whole ledger: writing the same line twice writes it once.
 */
export interface LedgerEntry {
  readonly user: UserId;
  readonly kind: EntryKind;
  readonly amount: number;
  readonly reason: string;
}

/**
 * What one person can have, spendable and held together; grants beyond are refused. A column takes 2^31 - 1: what is
 * left above is for money that comes back, which nobody may refuse.
 */
export const mostCredits = 2_000_000_000;

/** A job that was paid for by a hold: a generation, a training. */
export interface PaidJob {
  readonly owner: UserId;
  /** `generation:<id>` or `training:<id>`; a replayed job carries `#<run>` so that its entries are new. */
  readonly account: string;
  /** Credits held when the job was accepted. */
  readonly held: number;
}

/** What accepting a job writes. Nothing for a free one. */
export function hold(job: PaidJob): LedgerEntry[] {
  if (job.held === 0) return [];
  return [{ user: job.owner, kind: 'hold', amount: -job.held, reason: `hold:${job.account}` }];
}

/**
 * What the end of a job writes: the hold goes back whole and what was delivered is captured, so that the
 * entries of a settled job sum to exactly its price, whatever part of it arrived.
 */
export function settle(job: PaidJob, charged: number): LedgerEntry[] {
  if (charged < 0 || charged > job.held) throw new RangeError(`charged ${charged} of a hold of ${job.held}`);
  if (job.held === 0) return [];
  const release: LedgerEntry = {
    user: job.owner,
    kind: 'release',
    amount: job.held,
    reason: `release:${job.account}`,
  };
  if (charged === 0) return [release];
  return [release, { user: job.owner, kind: 'capture', amount: -charged, reason: `capture:${job.account}` }];
}

/** What was charged comes back: it turned out that nobody can get it. */
export function refund({ owner, account }: PaidJob, charged: number): LedgerEntry[] {
  return charged === 0 ? [] : [{ user: owner, kind: 'refund', amount: charged, reason: `refund:${account}` }];
}

/** May take what somebody has below zero: the money behind it is gone already. All else is refused there. */
export const mayOverdraw = (entry: LedgerEntry): boolean => entry.kind === 'chargeback';

/** How an entry moves what is held: a hold sets aside, its release gives back. */
export const heldBy = (entry: LedgerEntry): number =>
  entry.kind === 'hold' || entry.kind === 'release' ? -entry.amount : 0;
