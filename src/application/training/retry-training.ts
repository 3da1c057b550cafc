import { DomainError } from '../../domain/errors.js';
import type { TrainingId } from '../../domain/ids.js';
import { statusWord, type Training } from '../../domain/training/training.js';
import type { Needs } from '../ports/needs.js';
import type { RequestTraining } from './request-training.js';

/** The operator has the avatar of a failed training trained again, with a hold of its own; once for each. */
export class RetryTraining {
  constructor(private readonly parts: Needs<'trainings'> & { readonly requestTraining: RequestTraining }) {}

  /** @throws DomainError `not_found`, `wrong_state` unless it failed, and as any request for a training. */
  async execute(id: TrainingId): Promise<Training> {
    const { trainings } = this.parts.database.stores;
    const state = await trainings.find(id);
    if (state === null) throw new DomainError({ code: 'not_found', what: 'training' });
    const { owner, avatar, speed, origin, status } = state;
    if (status !== 'failed')
      throw new DomainError({
        code: 'wrong_state',
        what: 'training',
        status: statusWord(status),
        wanted: statusWord('accepted'),
      });
    const again = { owner, origin, requestKey: `retry:${id}` };
    const training = await this.parts.requestTraining.execute({ avatar, speed }, again);
    await trainings.markDead(id, null);
    return training;
  }
}
