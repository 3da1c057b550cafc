import { DomainError } from '../../domain/errors.js';
import type { KeptAct } from '../../domain/operator/act.js';

/** Somebody was faster: they and when, as the acts say; `otherwise` where no act says so. */
export function decidedBefore(
  acts: readonly KeptAct[],
  isIt: (act: KeptAct) => boolean,
  otherwise: DomainError,
): DomainError {
  const done = acts.findLast(isIt);
  return done === undefined
    ? otherwise
    : new DomainError({ code: 'decided_before', by: done.admin, at: done.at });
}
