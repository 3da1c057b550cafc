import { DomainError } from '../../domain/errors.js';
import type { Generation } from '../../domain/generation/generation.js';
import { replayed } from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { Needs } from '../ports/needs.js';
import { generationKind } from './generation-kind.js';

/** The operator has a dead job started over, with a hold of its own. */
export class ReplayGeneration {
  constructor(private readonly parts: Needs<'generations' | 'jobs' | 'ledger', 'clock'>) {}

  /** @throws DomainError `not_found`, `wrong_state` unless it failed or was blocked, `insufficient_credits`. */
  async execute(id: GenerationId): Promise<Generation> {
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      const state = await stores.generations.lock(id);
      if (state === null) throw new DomainError({ code: 'not_found', what: 'generation' });
      const transition = replayed(state);
      await writeTransition(generationKind, stores, state, transition, { now });
      return transition.next;
    });
  }
}
