import type { Failure } from '../../domain/failure.js';
import { secondsAfter } from '../../domain/time.js';
import { type TrainingIn, trainingAccount } from '../../domain/training/training.js';
import { trainingFailed, trainingPutOff } from '../../domain/training/training-transitions.js';
import { writeTransition } from '../jobs/job-kind.js';
import { type Weighed, weighFailedUpload, weighRefusal } from '../jobs/weigh-refusal.js';
import type { Needs } from '../ports/needs.js';
import { tellTrainingWaits } from './tell-training-waits.js';
import { trainingKind } from './training-kind.js';

type Refused = TrainingIn<'accepted' | 'submitting'>;
type Expected = { readonly lease: string; readonly submits: number };

type Parts = Needs<
  'avatars' | 'endpoints' | 'jobs' | 'ledger' | 'trainings',
  'transports' | 'clock' | 'metrics' | 'log'
>;

/** A training that could not be handed over waits for half an hour at most; then its credits come back. */
export class RefusedTraining {
  constructor(private readonly parts: Parts) {}

  /** @param why the trainer answered as if it did not exist, or the photos could not be sent */
  async execute(state: Refused, why: 'endpoint_gone' | 'not_uploaded', expected: Expected): Promise<void> {
    const now = this.parts.clock.now();
    const { endpoint } = state.order;
    const job = trainingAccount(state);
    const { next } = await this.parts.database.transaction(async (stores) => {
      const again =
        why === 'endpoint_gone'
          ? this.triedAgain(await weighRefusal(stores, { endpoint, job }, now), endpoint)
          : await weighFailedUpload(stores, job, now);
      const transition =
        again === null ? trainingFailed(state, failureOf(why, endpoint), now) : trainingPutOff(state, again);
      const write = { now, ...expected, checkAfter: secondsAfter(again ?? now, 10) };
      await writeTransition(trainingKind, stores, state, transition, write);
      return transition;
    });
    if (next.status === 'failed') this.parts.metrics.failed(next.failure.kind);
    if (next.status === 'accepted') await tellTrainingWaits(this.parts, next, 'not_taken');
  }

  private triedAgain({ again, isNew }: Weighed, endpoint: string): Date | null {
    const what = 'fal does not take trainings for a trainer any more; it is tried again from time to time';
    if (isNew) this.parts.log.error(what, { endpoint });
    return again;
  }
}

const failureOf = (why: 'endpoint_gone' | 'not_uploaded', endpoint: string): Failure =>
  why === 'endpoint_gone'
    ? { kind: 'endpoint_retired', detail: `${endpoint} has answered 404 for half an hour` }
    : { kind: 'provider_error', detail: 'the photos could not be uploaded for half an hour' };
