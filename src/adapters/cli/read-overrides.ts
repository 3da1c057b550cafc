import type { Problem } from '../../domain/errors.js';
import type { Overrides } from '../../domain/overrides.js';

/** Options whose text is a number. */
const numeric = ['count', 'seed', 'steps', 'guidance', 'strength', 'safety'] as const;

/** Turns the text of options into overrides; what is no number at all is named here, ranges are the domain's. */
export function readOverrides(options: Readonly<Record<string, unknown>>): {
  overrides: Overrides;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  for (const field of numeric) {
    const text = options[field];
    if (typeof text !== 'string') continue;
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value))
      problems.push({ field, code: 'malformed', received: text.slice(0, 40), allowed: 'a number' });
    else values[field] = value;
  }
  for (const field of ['aspectRatio', 'format'] as const)
    if (options[field] !== undefined) values[field] = options[field];
  return { overrides: values as Overrides, problems };
}
