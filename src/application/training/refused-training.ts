import type { Failure } from '../../domain/failure.js';
import { secondsAfter } from '../../domain/time.js';
import { type TrainingIn, type TrainingTransition, trainingAccount } from '../../domain/training/training.js';
import { trainingFailed, trainingPutOff } from '../../domain/training/training-transitions.js';
import { writeTransition } from '../jobs/job-kind.js';
import { weighFailedUpload, weighRefusal } from '../jobs/weigh-refusal.js';
import type { Needs } from '../ports/needs.js';
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
    const transition = await this.parts.database.transaction(async (stores) => {
      const again =
        why === 'endpoint_gone'
          ? await this.triedAgain(await weighRefusal(stores, { endpoint, job }, now), endpoint)
          : await weighFailedUpload(stores, job, now);
      const transition =
        again === null ? trainingFailed(state, failureOf(why, endpoint), now) : trainingPutOff(state, again);
      await writeTransition(trainingKind, stores, state, transition, {
        now,
        ...expected,
        checkAfter: secondsAfter(again ?? now, 10),
      });
      return transition;
    });
    if (transition.next.status === 'failed') this.parts.metrics.failed(transition.next.failure.kind);
    else await this.tell(transition);
  }

  private triedAgain({ again, isNew }: Awaited<ReturnType<typeof weighRefusal>>, endpoint: string) {
    if (isNew)
      this.parts.log.error(
        'fal does not take trainings for a trainer any more; it is tried again from time to time',
        {
          endpoint,
        },
      );
    return again;
  }

  /** Best effort: it may fail. */
  private async tell({ next }: TrainingTransition): Promise<void> {
    if (next.status !== 'accepted') return;
    try {
      const transport = this.parts.transports.find(({ name }) => name === next.origin.transport);
      const avatar = await this.parts.database.stores.avatars.find(next.avatar);
      await transport?.deliver({ kind: 'training-waits', training: next, avatar, why: 'not_taken' });
    } catch (error) {
      this.parts.log.debug('that a training waits could not be shown', { training: next.id, error });
    }
  }
}

const failureOf = (why: 'endpoint_gone' | 'not_uploaded', endpoint: string): Failure =>
  why === 'endpoint_gone'
    ? { kind: 'endpoint_retired', detail: `${endpoint} has answered 404 for half an hour` }
    : { kind: 'provider_error', detail: 'the photos could not be uploaded for half an hour' };
