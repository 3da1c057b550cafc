import type { AllowanceKind } from '../../domain/allowance.js';
import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { Stores } from '../ports/stores/stores.js';
import type { Policy } from './policy.js';

/** @throws DomainError `allowance_spent`: what is free has its price, so nobody gets all of it. */
export async function useAllowance(
  stores: Pick<Stores, 'allowances'>,
  policy: Pick<Policy, 'allowances'>,
  { owner, kind, amount = 1 }: { owner: UserId; kind: AllowanceKind; amount?: number },
  now: Date,
): Promise<void> {
  const limit = policy.allowances[kind];
  const freeAt = await stores.allowances.use({ owner, kind, amount, limit }, now);
  if (freeAt === null) return;
  const seconds = Math.max(1, Math.ceil((freeAt.getTime() - now.getTime()) / 1000));
  throw new DomainError({ code: 'allowance_spent', kind, limit, seconds });
}
