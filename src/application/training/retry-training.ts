import { DomainError } from '../../domain/errors.js';
import type { TrainingId } from '../../domain/ids.js';
import type { Operator } from '../../domain/operator/act.js';
import { statusWord, type Training } from '../../domain/training/training.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import type { RequestTraining, RequestTrainingStores } from './request-training.js';

type Touched = RequestTrainingStores | 'operatorActs';

type Parts = Needs<Touched, 'clock'> & { readonly requestTraining: RequestTraining };

interface By {
  readonly admin: Operator;
  /** What they were told that it costs, in credits: for more it is refused. */
  readonly agreed?: number | undefined;
}

/** The operator has the avatar of a failed training trained again, with a hold of its own; once for each. */
export class RetryTraining {
  constructor(private readonly parts: Parts) {}

  execute(id: TrainingId, by: By): Promise<Training> {
    return this.parts.database.transaction((stores) => this.within(stores, id, by));
  }

  /**
   * The same as a part of something larger.
   * @throws DomainError `not_found`, `wrong_state` unless it failed, and as any request for a training.
   */
  async within(stores: Pick<Stores, Touched>, id: TrainingId, { admin, agreed }: By): Promise<Training> {
    const state = await stores.trainings.find(id);
    if (state === null) throw new DomainError({ code: 'not_found', what: 'training' });
    const { owner, avatar, speed, origin, status } = state;
    if (status !== 'failed')
      throw new DomainError({
        code: 'wrong_state',
        what: 'training',
        status: statusWord(status),
        wanted: statusWord('accepted'),
      });
    const earlier = await stores.trainings.ofAvatar(avatar);
    const again = { owner, origin, requestKey: `retry:${id}`, agreed };
    const training = await this.parts.requestTraining.within(stores, { avatar, speed }, again);
    await stores.trainings.markDead(id, null);
    if (earlier.some((one) => one.id === training.id)) return training;
    const details = { job: { kind: 'training', id }, credits: training.price } as const;
    await stores.operatorActs.write({
      ...{ at: this.parts.clock.now(), admin, act: 'job-replay', subject: owner, why: null, details },
    });
    return training;
  }
}
