import type { Spent } from '../../../../domain/budget.js';
import type { UserId } from '../../../../domain/ids.js';

/** What people have ordered, as far as limits ask. */
export interface QuotaStore {
  /**
   * Pictures that this person has ordered since then, without those that failed or were cancelled and those of proof
   * sheets. In a transaction: whoever asks for the same person waits for its end.
   */
  ordered(owner: UserId, since: Date): Promise<number>;
  /** What an operator has set for this person alone; `null`: nothing. */
  limitOf(owner: UserId): Promise<number | null>;
  setLimit(owner: UserId, pictures: number | null): Promise<void>;
  /**
   * Counts what a job is estimated to cost, and returns what that makes of this day and month. Called after the job was
   * written, in its transaction: whoever else counts waits for its end.
   */
  spend(cost: number, now: Date): Promise<Spent>;
  spent(now: Date): Promise<Spent>;
  /** Counts anew from the jobs that fal took, or will: what ended before costs nothing. In a transaction. */
  recount(now: Date): Promise<void>;
  /** Day and month begin anew, now. */
  reset(now: Date): Promise<void>;
}
