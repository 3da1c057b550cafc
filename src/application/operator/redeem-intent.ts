import { DomainError } from '../../domain/errors.js';
import { type IntendedAct, type Intent, isSameMatter, stillValid } from '../../domain/operator/intent.js';
import type { Stores } from '../ports/stores/stores.js';

/**
 * What an operator confirms now: once, by whoever was asked, and while it is valid. In the transaction that does it,
 * so that it is done or can be confirmed again.
 * @throws DomainError `intent_over`; `decided_before` when another operator has done it since this one was asked
 */
export async function redeemIntent(
  { operatorActs, operatorIntents }: Pick<Stores, 'operatorActs' | 'operatorIntents'>,
  intent: Pick<Intent, 'id' | 'admin'>,
  now: Date,
): Promise<IntendedAct> {
  const taken = await operatorIntents.take(intent, stillValid(now), now);
  if (taken === null) throw new DomainError({ code: 'intent_over' });
  const { act, madeAt } = taken;
  const done = (await operatorActs.ofOthers(intent.admin, madeAt)).find((each) => isSameMatter(act, each));
  if (done !== undefined) throw new DomainError({ code: 'decided_before', by: done.admin, at: done.at });
  return act;
}
