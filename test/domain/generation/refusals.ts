import { DomainError, type Problem, type Refusal } from '../../../src/domain/errors.js';
import { type RoutingInput, route } from '../../../src/domain/generation/routing.js';

export function refusalOf(input: RoutingInput): Refusal {
  try {
    route(input);
  } catch (error) {
    if (error instanceof DomainError) return error.refusal;
    throw error;
  }
  throw new Error('The request was granted.');
}

export function problemsOf(input: RoutingInput): readonly Problem[] {
  const refusal = refusalOf(input);
  return refusal.code === 'invalid_input' ? refusal.problems : [];
}
