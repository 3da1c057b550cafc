import { beginningOf, endOf, overBudget } from '../../domain/budget.js';
import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { Stores } from '../ports/stores/stores.js';
import type { Policy } from './policy.js';

/** A job that was just written. */
export interface Counted {
  readonly owner: UserId;
  /** What of it counts for its owner's day; 0: nothing. */
  readonly pictures: number;
  /** Millionths of a dollar; `null`: nobody knows. */
  readonly cost: number | null;
  /** Part of something begun: it counts, and is never refused. */
  readonly isBegun: boolean;
}

/**
 * Counts an order in the transaction that has just written it: what is over a limit undoes it, and of several at once
 * no more get through than there is room for.
 * @throws DomainError `pictures_spent`, `budget_spent`
 */
export async function useQuotas(
  { quotas: store }: Pick<Stores, 'quotas'>,
  { quotas }: Pick<Policy, 'quotas'>,
  { owner, pictures, cost, isBegun }: Counted,
  now: Date,
): Promise<void> {
  const secondsTo = (moment: Date) => Math.ceil((moment.getTime() - now.getTime()) / 1000);
  if (quotas.pictures !== null && pictures > 0 && !isBegun) {
    const limit = (await store.limitOf(owner)) ?? quotas.pictures;
    const ordered = await store.ordered(owner, beginningOf('day', now));
    const left = Math.max(0, limit - (ordered - pictures));
    const seconds = secondsTo(endOf('day', now));
    if (pictures > left) throw new DomainError({ code: 'pictures_spent', limit, left, seconds });
  }
  // The last thing that is locked: everybody who orders waits for it.
  const spent = await store.spend(cost ?? 0, now);
  const period = isBegun ? null : overBudget(spent, quotas);
  if (period !== null) {
    const at = endOf(period, now);
    throw new DomainError({ code: 'budget_spent', period, at, seconds: secondsTo(at) });
  }
}
