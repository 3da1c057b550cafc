import type { TrainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { type TrainingIn, trainingReference } from '../../domain/training/training.js';
import {
  trainingBegun,
  trainingBoughtAgain,
  trainingInDoubt,
} from '../../domain/training/training-transitions.js';
import { leaseFor } from '../jobs/lease.js';
import { leaseSeconds, type Policy, pollSeconds } from '../policy/policy.js';
import { trainingDoubtSeconds } from '../policy/training-policy.js';
import type { TickingClock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { Database } from '../ports/stores/stores.js';
import { applyTrainingEffects } from './apply-training-effects.js';

/**
 * Decides about a training whose submit's end is unknown. An event of it by webhook settles the matter; without one
 * it is bought again, at most once.
 */
export class ResolveTraining {
  constructor(
    private readonly database: Database,
    private readonly clock: TickingClock,
    private readonly policy: Policy,
    private readonly worker: string,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {}

  async execute(id: TrainingId): Promise<void> {
    const now = this.clock.now();
    const lease = leaseFor(this.clock, this.worker, leaseSeconds);
    const acquired = await this.database.stores.trainings.acquire(id, 'submitting', lease, now);
    if (acquired?.status !== 'submitting') return;
    const event = await this.database.stores.webhookInbox.byReference(trainingReference(acquired));
    if (event !== null) return this.adopt(acquired, event.ticket);
    if (acquired.ambiguousAt === null) this.metrics.ambiguousSubmit();
    const state = trainingInDoubt(acquired, now);
    const waited = acquired === state ? await this.database.stores.trainings.waited(state.id) : 0;
    const left = trainingDoubtSeconds(this.policy, state.speed) - waited;
    if (left > 0) return this.wait(state, secondsAfter(now, Math.min(left, pollSeconds)));
    await this.repeat(state);
  }

  private async adopt(state: TrainingIn<'submitting'>, ticket: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (stores) => {
      await stores.trainings.save(trainingBegun(state, ticket, now).next, this.precondition(), {
        checkAfter: secondsAfter(now, 10),
      });
      await stores.jobs.add({ task: 'collect-training', training: state.id });
    });
    this.log.info('a webhook told of a training whose answer was lost', { training: state.id, ticket });
  }

  private async wait(state: TrainingIn<'submitting'>, again: Date): Promise<void> {
    await this.database.transaction(async (stores) => {
      await stores.trainings.save(state, this.precondition(), { checkAfter: again });
      await stores.jobs.add({ task: 'resolve-training', training: state.id }, again);
    });
  }

  private async repeat(state: TrainingIn<'submitting'>): Promise<void> {
    const now = this.clock.now();
    const transition = trainingBoughtAgain(state, now);
    await this.database.transaction(async (stores) => {
      await stores.trainings.save(transition.next, this.precondition(), {
        checkAfter: secondsAfter(now, 10),
      });
      await applyTrainingEffects(stores, state, transition, now);
    });
    if (transition.next.status === 'collecting') this.metrics.boughtAgain();
    else this.metrics.failed('lost');
    this.log.warn('no news of a doubtful training', { training: state.id, now: transition.next.status });
  }

  private precondition() {
    return { status: 'submitting', lease: this.worker } as const;
  }
}
