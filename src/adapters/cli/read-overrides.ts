import type { Overrides } from '../../domain/overrides.js';
import { numberOrText } from './read-options.js';

/** Options whose text is a number. */
const numeric = ['count', 'seed', 'steps', 'guidance', 'strength', 'safety'] as const;

/**
 * Turns the text of options into overrides. What is no number stays the text it was: the domain names it as
 * malformed, together with everything else that is wrong.
 */
export function readOverrides(options: Readonly<Record<string, unknown>>): Overrides {
  const values: Record<string, unknown> = {};
  for (const field of numeric) {
    const text = options[field];
    if (typeof text === 'string') values[field] = numberOrText(text);
  }
  for (const field of ['aspectRatio', 'format'] as const)
    if (options[field] !== undefined) values[field] = options[field];
  return values;
}
