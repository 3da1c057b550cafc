import type { UserId } from '../../../../domain/ids.js';
import type { Case, Decision, NewCase } from '../../../../domain/operator/case.js';

/** What waits for an operator's word, and what was said. */
export interface CaseStore {
  /** `false`: the same was opened before, whatever became of it. */
  open(opened: NewCase): Promise<boolean>;
  find(id: string): Promise<Case | null>;
  /** The one that so many others have waited longer than; `null`: there is none. */
  waiting(skip: number): Promise<Case | null>;
  countWaiting(): Promise<number>;
  /** Of all that wait the oldest ones, and of those that report the same recipe the first alone. */
  firstWaiting(limit: number): Promise<Case[]>;
  /** Ends one that waits, with all others that report the same recipe. `null`: it does not wait any more. */
  decide(id: string, decision: Decision, now: Date): Promise<Case | null>;
  /** All about an avatar or a recipe, oldest first. */
  ofSubject(subject: string): Promise<Case[]>;
  /** All that are about this person or came from them, oldest first. */
  concerning(person: UserId): Promise<Case[]>;
}
