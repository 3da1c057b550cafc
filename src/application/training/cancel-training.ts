import { DomainError } from '../../domain/errors.js';
import type { Training } from '../../domain/training/training.js';
import { trainingCancelled } from '../../domain/training/training-transitions.js';
import { checkedInput } from '../input/input-validation.js';
import { TrainingNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { Needs } from '../ports/needs.js';
import { trainingKind } from './training-kind.js';

/** The owner calls a training off while it waits or runs; the photos stay. */
export class CancelTraining {
  constructor(private readonly parts: Needs<'avatars' | 'jobs' | 'ledger' | 'trainings', 'clock'>) {}

  /** @throws DomainError `not_found` (also for somebody else's), `wrong_state` when the avatar is ready already. */
  async execute(which: TrainingNamed, { owner }: Asker): Promise<Training> {
    const { id } = checkedInput(TrainingNamed, which);
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      const state = await stores.trainings.lock(id);
      if (state?.owner !== owner) throw new DomainError({ code: 'not_found', what: 'training' });
      const transition = trainingCancelled(state, now);
      if (transition.next === state) return state;
      await writeTransition(trainingKind, stores, state, transition, { now });
      return transition.next;
    });
  }
}
