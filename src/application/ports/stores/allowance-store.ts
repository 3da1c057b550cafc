import type { AllowanceKind } from '../../../domain/allowance.js';
import type { UserId } from '../../../domain/ids.js';

/** A request to use something of an allowance. */
export interface AllowanceUse {
  readonly owner: UserId;
  readonly kind: AllowanceKind;
  readonly amount: number;
  /** What may be used in its time, see `secondsOf`. */
  readonly limit: number;
}

/** What people have used of what they may use a day. */
export interface AllowanceStore {
  /**
   * Counts it, unless it would be more than the limit: then nothing is counted, and the answer is when the time of
   * this person is over. `null`: counted. Exact, however many ask at once.
   */
  use(request: AllowanceUse, now: Date): Promise<Date | null>;
  /** Forgets days that began before this. */
  forget(before: Date): Promise<void>;
}
