import type { UserId } from '../../../domain/ids.js';
import type { LedgerEntry } from '../../../domain/ledger.js';

export interface Account {
  /** What can still be spent. */
  readonly balance: number;
  /** Set aside for jobs that have not ended. */
  readonly held: number;
}

export interface WrittenEntry extends LedgerEntry {
  readonly at: Date;
}

/** `place`: 1-19 digits; of two, the greater one was written later. */
export interface PlacedEntry extends WrittenEntry {
  readonly place: string;
}

export interface Ledger {
  /**
   * Writes entries whose reason is new, in order; returns how many were. Throws DomainError
   * `insufficient_credits` when one would take the balance below zero, `too_many_credits` when a grant would take
   * the account above `mostCredits`, however many write at once; then nothing of the transaction is written, and
   * outside of one none of these entries.
   */
  write(entries: readonly LedgerEntry[], now: Date): Promise<number>;
  account(user: UserId): Promise<Account>;
  /** The same, and nobody else writes entries of this person until the end of the transaction. */
  lock(user: UserId): Promise<Account>;
  /** What jobs of whoever it is have cost since this entry was written, with what is set aside; below zero: more came back. */
  spentSince(reason: string): Promise<number>;
  /** Newest first. */
  history(user: UserId, limit: number): Promise<WrittenEntry[]>;
  /** The same, part by part: those before the entry at this place. A place that is none has nothing before it. */
  historyPage(user: UserId, limit: number, before?: string): Promise<PlacedEntry[]>;
  /**
   * Every way in which the books do not add up; empty when all is well.
   * @param latest looks at the whole books of those people only who had a part in the newest so many entries,
   *   generations and trainings; everybody's unless given, which reads every row there is
   */
  breaches(latest?: number): Promise<string[]>;
}
