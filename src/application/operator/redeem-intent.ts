import { DomainError } from '../../domain/errors.js';
import { type IntendedAct, type Intent, stillValid } from '../../domain/operator/intent.js';
import type { Stores } from '../ports/stores/stores.js';

/**
 * What an operator confirms now: once, by whoever was asked, and while it is valid. In the transaction that does it,
 * so that it is done or can be confirmed again.
 * @throws DomainError `intent_over`
 */
export async function redeemIntent(
  { operatorIntents }: Pick<Stores, 'operatorIntents'>,
  intent: Pick<Intent, 'id' | 'admin'>,
  now: Date,
): Promise<IntendedAct> {
  const act = await operatorIntents.take(intent, stillValid(now), now);
  if (act === null) throw new DomainError({ code: 'intent_over' });
  return act;
}
