import { DomainError, type Problem, type Refusal } from '../../../src/domain/errors.js';
import { route, type Wish } from '../../../src/domain/generation/routing.js';

export function refusalOf(wish: Wish): Refusal {
  try {
    route(wish);
  } catch (error) {
    if (error instanceof DomainError) return error.refusal;
    throw error;
  }
  throw new Error('The wish was granted.');
}

export function problemsOf(wish: Wish): readonly Problem[] {
  const refusal = refusalOf(wish);
  return refusal.code === 'invalid_input' ? refusal.problems : [];
}
