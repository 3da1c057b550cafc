import type { UserId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';
import type { Preferences } from '../ports/stores/preference-store.js';
import type { ReadStores } from '../ports/stores/way-in-database.js';

/** Whether an order of this person's that costs something asks before it is charged: as they chose, else for their first ones. */
export async function asksFirst(
  { generations }: Pick<ReadStores, 'generations'>,
  { confirmFirstOrders }: Pick<Policy, 'confirmFirstOrders'>,
  owner: UserId,
  { confirmOrders }: Pick<Preferences, 'confirmOrders'>,
): Promise<boolean> {
  if (confirmOrders !== null) return confirmOrders;
  return confirmFirstOrders > 0 && !(await generations.hasPaidFor(owner, confirmFirstOrders));
}
