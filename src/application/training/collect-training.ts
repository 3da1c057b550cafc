import type { Failure } from '../../domain/failure.js';
import type { TrainingId } from '../../domain/ids.js';
import type { StoredWeights, Training, TrainingEffect, TrainingIn } from '../../domain/training/training.js';
import type { RemoteWeights, TrainingOutcome } from '../../domain/training/training-outcome.js';
import {
  trainingFailed,
  trainingReady,
  weightsNotFetched,
} from '../../domain/training/training-transitions.js';
import { JobLease } from '../jobs/job-lease.js';
import type { JobStores } from '../jobs/job-stores.js';
import type { ProviderHealth } from '../jobs/provider-health.js';
import { askAgainSeconds, type Policy, readAgainSeconds } from '../policy/policy.js';
import {
  trainingDeadlineSeconds,
  trainingLeaseSeconds,
  trainingPollSeconds,
} from '../policy/training-policy.js';
import { BadDownload } from '../ports/image-downloads.js';
import { NoRoom } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import { ProviderError } from '../ports/provider-error.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import { FetchWeights } from './fetch-weights.js';
import { type LateWeights, lateWeights } from './late-weights.js';
import type { TellTrainingProgress } from './tell-training-progress.js';
import { trainingKind } from './training-kind.js';
import type { TrainingWatch } from './training-watch.js';

type Parts = Needs<JobStores, 'trainer' | 'downloads' | 'media' | 'clock' | 'worker' | 'metrics' | 'log'> & {
  readonly policy: Policy;
  readonly health: ProviderHealth;
  readonly watch: TrainingWatch;
  readonly tellProgress: TellTrainingProgress;
};

/** Learns what became of a training and, when there are weights, brings them home and checks them. */
export class CollectTraining {
  private readonly lease: JobLease<Training, TrainingEffect>;
  private readonly weights: FetchWeights;
  private readonly lateWeights: LateWeights;

  constructor(private readonly parts: Parts) {
    this.lease = new JobLease(parts, trainingKind, trainingLeaseSeconds);
    this.weights = new FetchWeights(parts, this.lease);
    this.lateWeights = lateWeights(parts);
  }

  async execute(id: TrainingId): Promise<void> {
    const now = this.parts.clock.now();
    const state = await this.lease.acquire(id, 'training');
    if (state?.status !== 'training') return;
    try {
      if (await this.lateWeights.take(state, { lease: this.parts.worker }, now)) return;
      await this.conclude(state, await this.outcomeOf(state));
    } catch (error) {
      if (error instanceof StaleWrite) return;
      // What it brought is asked for again: no fault of its own, and no try is counted.
      if (error instanceof NoRoom) return this.lease.collectAgain(state, askAgainSeconds);
      if (!(error instanceof ProviderError)) throw error;
      this.parts.log.warn('could not ask what became of a training', { training: id, error });
      const pause =
        error.trouble === 'no_access'
          ? this.parts.health.noAccess(error.message)
          : Math.max(error.retryAfter ?? 0, trainingPollSeconds(this.parts.policy));
      await this.askAgain(state, pause);
    }
  }

  /** A webhook's word on a failure is enough; weights are read from the result itself. */
  private async outcomeOf(state: TrainingIn<'training'>): Promise<TrainingOutcome> {
    const event = await this.parts.database.stores.webhookInbox.byTicket(state.ticket);
    return event?.outcome?.kind === 'failed' ? event.outcome : this.parts.trainer.check(state.ticket);
  }

  private async conclude(state: TrainingIn<'training'>, outcome: TrainingOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'pending': {
        if (await this.isOverdue(state)) return this.fail(state, overdue);
        await this.parts.tellProgress.execute(state, outcome);
        this.parts.watch.follow(state);
        return this.lease.free(state, trainingPollSeconds(this.parts.policy));
      }
      case 'failed':
        return outcome.failure.kind === 'bad_result'
          ? this.readAgain(state, outcome.failure.detail)
          : this.fail(state, outcome.failure);
      case 'done':
        return this.bringHome(state, outcome.weights);
      default:
        outcome satisfies never;
    }
  }

  private async bringHome(state: TrainingIn<'training'>, remote: RemoteWeights): Promise<void> {
    let weights: StoredWeights;
    try {
      weights = await this.weights.execute(state, remote);
    } catch (error) {
      if (!(error instanceof BadDownload)) throw error;
      if (error.retry) return this.readAgain(state, error.message);
      this.parts.log.warn('weights cannot be fetched', { training: state.id, detail: error.message });
      return this.fail(state, { kind: 'bad_result', detail: error.message });
    }
    try {
      await this.lease.write(state, trainingReady(state, weights, this.parts.clock.now()));
    } catch (error) {
      if (error instanceof StaleWrite) await this.weights.discard(state);
      throw error;
    }
    this.parts.log.info('an avatar is ready', { training: state.id, bytes: weights.bytes });
  }

  /** It may have been a moment's fault of whoever stands between: what is paid for is asked for a few times more. */
  private async readAgain(state: TrainingIn<'training'>, detail: string): Promise<void> {
    this.parts.log.warn('the result of a training could not be read', { training: state.id, detail });
    const transition = weightsNotFetched(state, detail, this.parts.clock.now());
    if (transition.next.status === 'failed') this.parts.metrics.failed(transition.next.failure.kind);
    await this.lease.write(state, transition);
    if (transition.next.status === 'training')
      await this.askAgain(transition.next, readAgainSeconds(state.fetchFailures));
  }

  private async fail(state: TrainingIn<'training'>, failure: Failure): Promise<void> {
    this.parts.metrics.failed(failure.kind);
    // Its detail stays in the row: fal's own words may repeat what it was sent.
    this.parts.log.warn('a training failed', { training: state.id, kind: failure.kind });
    await this.lease.write(state, trainingFailed(state, failure, this.parts.clock.now()));
  }

  private isOverdue(state: TrainingIn<'training'>): Promise<boolean> {
    return this.lease.hasWaited(state, trainingDeadlineSeconds(state.speed));
  }

  private async askAgain(state: TrainingIn<'training'>, seconds: number): Promise<void> {
    if (await this.isOverdue(state)) return this.fail(state, overdue);
    await this.lease.collectAgain(state, seconds);
  }
}

const overdue: Failure = { kind: 'timeout', detail: 'our deadline passed' };
