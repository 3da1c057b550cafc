import type { Failure } from '../../domain/failure.js';
import type { TrainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import {
  type Training,
  type TrainingEffect,
  type TrainingIn,
  trainingReference,
} from '../../domain/training/training.js';
import {
  trainingFailed,
  trainingInDoubt,
  trainingPutOff,
  trainingSubmitting,
} from '../../domain/training/training-transitions.js';
import { JobLease } from '../jobs/job-lease.js';
import { leaseFor } from '../jobs/lease.js';
import { type SubmitParts, SubmitSteps } from '../jobs/submit-steps.js';
import { uploads } from '../jobs/weigh-refusal.js';
import type { Policy } from '../policy/policy.js';
import {
  trainingDoubtSeconds,
  trainingLeaseSeconds,
  trainingPollSeconds,
} from '../policy/training-policy.js';
import type { AvatarTrainer } from '../ports/avatar-trainer.js';
import { type MediaStore, NoSuchFile } from '../ports/media-store.js';
import { ProviderError } from '../ports/provider-error.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import { type LateWeights, lateWeights } from './late-weights.js';
import type { RefusedTraining } from './refused-training.js';
import { trainingKind } from './training-kind.js';
import type { TrainingWatch } from './training-watch.js';

/** While fal's answers to orders make no sense, this often is looked whether they do again. */
const closedSeconds = 15;

export type SubmitTrainingParts = SubmitParts & {
  readonly trainer: AvatarTrainer;
  readonly media: Pick<MediaStore, 'bytes'>;
  readonly policy: Policy;
  readonly refused: RefusedTraining;
  readonly watch: Pick<TrainingWatch, 'follow'>;
};

/** Sends the photos of one training and buys it. */
export class SubmitTraining {
  private readonly lateWeights: LateWeights;
  private readonly lease: JobLease<Training, TrainingEffect>;
  private readonly steps: SubmitSteps<Training, TrainingIn<'submitting'>, TrainingEffect>;

  constructor(private readonly parts: SubmitTrainingParts) {
    this.lateWeights = lateWeights(parts);
    this.lease = new JobLease(parts, trainingKind, trainingLeaseSeconds);
    this.steps = new SubmitSteps(parts, {
      kind: trainingKind,
      lease: this.lease,
      inDoubt: trainingInDoubt,
      patience: ({ speed }) => trainingDoubtSeconds(parts.policy, speed),
      askSeconds: trainingPollSeconds(parts.policy),
    });
  }

  async execute(id: TrainingId): Promise<void> {
    const now = this.parts.clock.now();
    const acquired = await this.lease.acquire(id, 'accepted');
    if (acquired?.status !== 'accepted') return;
    try {
      if (await this.lateWeights.take(acquired, { lease: this.parts.worker }, now)) return;
      const until = this.waitsUntil(acquired, now);
      if (until === null) await this.buy(acquired);
      else await this.lease.comeBack(acquired, { task: 'submit-training', training: id }, until);
    } catch (error) {
      // It was called off meanwhile, or another process has decided about it.
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  private waitsUntil({ notBefore }: TrainingIn<'accepted'>, now: Date): Date | null {
    if (notBefore !== null && notBefore > now) return notBefore;
    return this.parts.health.mayBuy() ? null : secondsAfter(now, closedSeconds);
  }

  private async buy(acquired: TrainingIn<'accepted'>): Promise<void> {
    let state: TrainingIn<'accepted' | 'submitting'> = acquired;
    try {
      const photos = await this.photosOf(acquired);
      if (photos === null) return;
      const archive = await this.parts.trainer.upload(photos);
      const from = this.parts.clock.ticks();
      const begun = await this.begin(acquired);
      state = begun;
      await this.steps.confirm(begun, from);
      const reference = trainingReference(state);
      const ticket = await this.parts.trainer.submit(state.order, archive, { reference });
      const sent = await this.steps.bought(begun, ticket);
      if (sent?.status === 'training') this.parts.watch.follow(sent);
      await this.steps.served([state.order.endpoint, uploads]);
    } catch (error) {
      if (state.status === 'accepted') this.parts.health.didNotBuy();
      if (!(error instanceof ProviderError)) throw error;
      const { trouble } = error;
      this.parts.log.warn('a training could not be submitted', { training: state.id, trouble, error });
      await this.handle(state, error);
    }
  }

  /** All photos, or null when one is gone: then the training has failed. */
  private async photosOf(state: TrainingIn<'accepted'>): Promise<Buffer[] | null> {
    try {
      return await Promise.all(state.order.photos.map((key) => this.parts.media.bytes(key)));
    } catch (error) {
      // Anything else than a missing file may pass: the job is tried again.
      if (!(error instanceof NoSuchFile)) throw error;
      this.parts.log.error('photos of a training cannot be read', { training: state.id, error });
      await this.fail(state, { kind: 'file_unavailable', detail: 'photos are gone from the media store' });
      return null;
    }
  }

  /** Written before the call: from here on it may have been bought. */
  private async begin(state: TrainingIn<'accepted'>): Promise<TrainingIn<'submitting'>> {
    const { database, clock, worker } = this.parts;
    const next = trainingSubmitting(state, clock.now());
    const lease = leaseFor(clock, worker, trainingLeaseSeconds);
    const expected = { status: state.status, lease: worker };
    await database.stores.trainings.save(next, expected, { checkAfter: lease.until, lease });
    return next;
  }

  private async handle(state: TrainingIn<'accepted' | 'submitting'>, error: ProviderError): Promise<void> {
    const { clock, worker, health, refused } = this.parts;
    const now = clock.now();
    switch (error.trouble) {
      case 'not_taken':
      case 'no_access':
        return this.putOff(state, secondsAfter(now, health.pauseAfter(error)));
      case 'in_doubt':
        return state.status === 'accepted'
          ? this.putOff(state, secondsAfter(now, 5))
          : this.steps.doubt(state);
      case 'endpoint_gone':
      case 'not_uploaded':
        return refused.execute(state, error.trouble, { lease: worker, submits: state.submits });
      case 'refused':
        return this.fail(state, { kind: 'refused_input', detail: error.detail });
      default:
        error.trouble satisfies never;
    }
  }

  /** A row that waits on purpose does not stand still. */
  private putOff(state: TrainingIn<'accepted' | 'submitting'>, until: Date): Promise<void> {
    return this.lease.write(state, trainingPutOff(state, until), secondsAfter(until, 10));
  }

  private async fail(state: Training, failure: Failure): Promise<void> {
    this.parts.metrics.failed(failure.kind);
    await this.lease.write(state, trainingFailed(state, failure, this.parts.clock.now()));
  }
}
