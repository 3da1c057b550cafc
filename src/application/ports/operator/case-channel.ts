import type { Case } from '../../../domain/operator/case.js';

/** Tells whom a case was about what was decided. */
export interface CaseChannel {
  /** `false`: they cannot be told. */
  tell(decided: Case): Promise<boolean>;
}
