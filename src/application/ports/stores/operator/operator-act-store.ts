import type { UserId } from '../../../../domain/ids.js';
import type { KeptAct, Operator, OperatorAct } from '../../../../domain/operator/act.js';

/** What operators did. Written in the transaction of the act itself, and never changed. */
export interface OperatorActStore {
  write(act: OperatorAct): Promise<void>;
  /** Newest first. @param before only those that are older than this one */
  list(limit: number, before?: number): Promise<KeptAct[]>;
  /**
   * What operators other than this one have done since then, the latest first. In a transaction it waits for others that
   * ask the same, so that of two who decide at once one sees what the other did.
   */
  ofOthers(admin: Operator, since: Date): Promise<KeptAct[]>;
  /** All that was done to this person, oldest first. */
  about(subject: UserId): Promise<KeptAct[]>;
}
