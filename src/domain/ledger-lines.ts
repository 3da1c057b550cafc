import type { EntryKind, LedgerEntry } from './ledger.js';

/** Each of these is a line of its own. */
const paymentKinds = ['purchase', 'payback', 'chargeback', 'expiry'] as const;
type PaymentKind = (typeof paymentKinds)[number];
const isPaymentKind = (kind: EntryKind): kind is PaymentKind =>
  (paymentKinds as readonly EntryKind[]).includes(kind);

/** What became of the money of one job, a gift, or what was done with a payment. */
export interface JobLine {
  readonly kind: 'grant' | 'refund' | 'held' | 'paid' | 'returned' | PaymentKind;
  readonly what: 'generation' | 'training' | 'other';
  readonly amount: number;
  /** What came back of it. */
  readonly returned: number;
  /** Without the kind in front. */
  readonly reason: string;
  readonly at: Date;
}

type DatedEntry = LedgerEntry & { readonly at: Date };

/** One line for each job instead of its hold, release and capture, in the order of `entries`: newest first. */
export function jobLines(entries: readonly DatedEntry[]): JobLine[] {
  const jobs = new Map<string, DatedEntry[]>();
  for (const entry of entries) {
    const account = entry.reason.slice(entry.kind.length + 1);
    const line = isPaymentKind(entry.kind) ? entry.reason : account;
    jobs.set(line, [...(jobs.get(line) ?? []), entry]);
  }
  return [...jobs].flatMap(([account, [newest, ...older]]) => {
    if (newest === undefined) return [];
    const all = [newest, ...older];
    const amount = all.reduce((sum, entry) => sum + entry.amount, 0);
    const has = (kind: EntryKind) => all.some((entry) => entry.kind === kind);
    if (isPaymentKind(newest.kind))
      return [{ ...newest, kind: newest.kind, what: 'other', returned: 0, reason: account }];
    const isGift = newest.kind === 'grant' || (newest.kind === 'refund' && !has('hold'));
    // The older entries of a job may not have been read: then its sum would be wrong.
    if (!isGift && !has('hold')) return [];
    const kind = isGift
      ? newest.kind
      : has('capture') && !has('refund')
        ? 'paid'
        : has('release')
          ? 'returned'
          : 'held';
    const returned = all.reduce((sum, { kind, amount }) => sum + (kind === 'release' ? amount : 0), 0);
    const [subject = ''] = account.split(':');
    const what = subject === 'generation' || subject === 'training' ? subject : 'other';
    return [{ kind, what, amount, returned, reason: account, at: newest.at } as JobLine];
  });
}
