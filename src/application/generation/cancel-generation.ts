import { DomainError } from '../../domain/errors.js';
import type { Generation } from '../../domain/generation/generation.js';
import { cancelled } from '../../domain/generation/generation-transitions.js';
import { checkedInput } from '../input/input-validation.js';
import { GenerationNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { Needs } from '../ports/needs.js';
import { generationKind } from './generation-kind.js';

/** The owner calls a job off while it waits or runs. */
export class CancelGeneration {
  constructor(private readonly parts: Needs<'generations' | 'jobs' | 'ledger', 'clock'>) {}

  /** @throws DomainError `not_found` (also for somebody else's), `wrong_state` when the images are here already. */
  async execute(which: GenerationNamed, { owner }: Asker): Promise<Generation> {
    const { id } = checkedInput(GenerationNamed, which);
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      const state = await stores.generations.lock(id);
      if (state?.owner !== owner) throw new DomainError({ code: 'not_found', what: 'generation' });
      const transition = cancelled(state, now);
      if (transition.next === state) return state;
      await writeTransition(generationKind, stores, state, transition, { now });
      return transition.next;
    });
  }
}
