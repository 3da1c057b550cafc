import { DomainError } from '../../../domain/errors.js';
import type { Stores } from '../../ports/stores/stores.js';
import { decidedBefore } from '../decided-before.js';

/** Why a case cannot be decided, or looked at, any more. */
export async function decidedCase(
  { cases, operatorActs }: Pick<Stores, 'cases' | 'operatorActs'>,
  id: string,
): Promise<DomainError> {
  const found = await cases.find(id);
  if (found === null || found.decidedAt === null) return new DomainError({ code: 'not_found', what: 'case' });
  const { person, decidedAt } = found;
  // One act decides all reports of a recipe, and letting somebody in again answers their appeal: at the same moment.
  return decidedBefore(
    await operatorActs.about(person),
    ({ act, at }) => (act === 'case-decide' || act === 'unblock') && Number(at) === Number(decidedAt),
    new DomainError({ code: 'decided_before', by: null, at: decidedAt }),
  );
}
