import type { Policy } from '../../../../application/policy/policy.js';
import type { Preferences } from '../../../../application/ports/stores/preference-store.js';
import { readPrompt } from './prompt-options.js';

/** Credits that a text costs as a picture: options typed into it count. */
export function priceOfPrompt(
  text: string,
  { count: usual }: Pick<Preferences, 'count'>,
  { priceImage }: Pick<Policy, 'priceImage'>,
): number {
  const typed = readPrompt(text).overrides.count;
  const count = typeof typed === 'number' ? typed : (usual ?? 1);
  return priceImage * Math.min(4, Math.max(1, count));
}
