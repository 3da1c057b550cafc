import { DomainError, type Problem } from '../../domain/errors.js';

/** What was looked up, or why it is refused: a refusal that waits until the rest was checked too. */
export type Looked<Value> = { readonly value: Value } | { readonly refused: DomainError };

export async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Looked<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof DomainError) return { refused: error };
    throw error;
  }
}

/** A refusal of its own kind as one wrong field among others. */
export function asProblem(field: string, { refusal }: DomainError): Problem {
  switch (refusal.code) {
    case 'avatar_not_found':
    case 'avatar_ambiguous':
      return { field, code: 'unknown_value', received: refusal.avatar };
    case 'avatar_not_ready':
      return { field, code: 'not_supported', received: refusal.avatar, allowed: 'status: ready' };
    case 'preset_not_available':
      return {
        field,
        code: 'not_supported',
        received: refusal.preset,
        allowed: refusal.available.join(', ') || '–',
      };
    default:
      return { field, code: 'required' };
  }
}

/**
 * Says all that is wrong: the one refusal as itself, several things as fields.
 * @throws DomainError unless there is nothing to say
 */
export function refuseTogether(
  problems: readonly Problem[],
  looked: Readonly<Record<string, Looked<unknown>>>,
): void {
  const refused = Object.entries(looked).flatMap(([field, result]) =>
    'refused' in result ? [{ field, error: result.refused }] : [],
  );
  const [only] = refused;
  if (only === undefined && problems.length === 0) return;
  if (only !== undefined && refused.length + problems.length === 1) throw only.error;
  throw new DomainError({
    code: 'invalid_input',
    problems: [...problems, ...refused.map(({ field, error }) => asProblem(field, error))],
  });
}
