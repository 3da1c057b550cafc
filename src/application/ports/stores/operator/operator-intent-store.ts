import type { IntendedAct, Intent } from '../../../../domain/operator/intent.js';

/** What operators were shown and have not confirmed yet. */
export interface OperatorIntentStore {
  keep(intent: Intent): Promise<void>;
  /** What it is about, as long as it could be taken. */
  find(intent: Pick<Intent, 'id' | 'admin'>, madeAfter: Date): Promise<IntendedAct | null>;
  /** Is about this from now on, as long as it could be taken. `false`: it could not, and nothing was written. */
  change(intent: Intent, madeAfter: Date): Promise<boolean>;
  /**
   * Takes it, once, however many ask at the same moment. `null`: there is none of this operator's, it was taken before,
   * or it was made before `madeAfter`.
   */
  take(
    intent: Pick<Intent, 'id' | 'admin'>,
    madeAfter: Date,
    now: Date,
  ): Promise<Pick<Intent, 'act' | 'madeAt'> | null>;
}
