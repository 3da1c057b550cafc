import type { UserId } from '../../../../domain/ids.js';

/** Tries at files that may take a process down, written before each begins. */
export interface AttemptStore {
  /** Counts one more try at this file of this person; returns which it is, from 1. */
  begin(owner: UserId, sha256: string, now: Date): Promise<number>;
  /** It came to an end, whichever. */
  end(owner: UserId, sha256: string): Promise<void>;
  /** Forgets tries that began before this: the next one is the first again. */
  forget(before: Date): Promise<void>;
}
