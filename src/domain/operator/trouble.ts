import { type EntryKind, entryKinds } from '../ledger.js';

/** What an operator has to look after, told once when it begins and once when it is over. */
export const troubleKinds = [
  'provider_refuses_key',
  'provider_unreadable',
  'endpoint_gone',
  'dead_letters',
  'disk_nearly_full',
  'two_pollers',
  'books_differ',
  'star_books_differ',
  'refund_unanswered',
  'payment_unknown',
  'budget_nearly_spent',
  'case_waits',
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** Whether rows tell of it at any time; else a process sees it of itself alone. */
export const standsInRows: Readonly<Record<TroubleKind, boolean>> = {
  provider_refuses_key: false,
  provider_unreadable: false,
  endpoint_gone: true,
  dead_letters: true,
  disk_nearly_full: false,
  two_pollers: false,
  books_differ: true,
  star_books_differ: true,
  refund_unanswered: true,
  payment_unknown: true,
  budget_nearly_spent: true,
  case_waits: true,
};

/** What can be given up after too many tries. */
export const deadLetterKinds = ['generation', 'training', 'update'] as const;

export interface Trouble {
  readonly kind: TroubleKind;
  /** Which one it is where there can be several at once: an endpoint, a kind of job, a case; else empty. */
  readonly subject: string;
  /** For programs; nobody's words. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

/** For people. */
export const summaryOf: Readonly<Record<TroubleKind, (subject: string) => string>> = {
  provider_refuses_key: () => 'fal refuses the key, or it has no money left: jobs wait until this is mended',
  provider_unreadable: () => "fal's answers to orders cannot be read: nothing is bought until one can be",
  endpoint_gone: (endpoint) => `fal takes no jobs for ${endpoint}`,
  dead_letters: (what) => `given up after too many tries: ${what}s wait for you to try them again`,
  disk_nearly_full: () => 'the disk is nearly full: jobs wait until there is room',
  two_pollers: () => 'another program fetches the updates of this bot: only one may',
  books_differ: () => 'the entries of the ledger do not add up to the balances',
  star_books_differ: () => 'Telegram’s books of Stars and ours differ: `aisha doctor` names the payments',
  refund_unanswered: () =>
    'Telegram has not said for half an hour whether a refund went through: `aisha payments list` names it',
  payment_unknown: () =>
    'money came for an offer that nobody knows: `aisha payments list` names it, give credits or the Stars back',
  budget_nearly_spent: (period) => `four fifths of this ${period}'s budget for fal are spent`,
  case_waits: () => 'a report, photos of a training or an appeal wait for your word: /admin shows them',
};

const takes: readonly EntryKind[] = ['hold', 'capture', 'payback', 'chargeback', 'expiry'];

/** What the entries, given as positive sums of each kind, are more than the balances; 0 when the books add up. */
export const differenceOfBooks = (sums: Readonly<Record<EntryKind, number>>, balance: number): number =>
  entryKinds.reduce((total, kind) => total + (takes.includes(kind) ? -sums[kind] : sums[kind]), 0) - balance;
