import type { Failure } from '../../domain/failure.js';
import type { TrainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import {
  type Training,
  type TrainingIn,
  type TrainingTransition,
  trainingReference,
} from '../../domain/training/training.js';
import {
  trainingFailed,
  trainingInDoubt,
  trainingPutOff,
  trainingSubmitting,
} from '../../domain/training/training-transitions.js';
import { Holding } from '../jobs/holding.js';
import { leaseFor } from '../jobs/lease.js';
import type { ProviderHealth } from '../jobs/provider-health.js';
import { uploads } from '../jobs/weigh-refusal.js';
import { type Policy, pollSeconds } from '../policy/policy.js';
import { trainingDoubtSeconds, trainingLeaseSeconds } from '../policy/training-policy.js';
import type { AvatarTrainer } from '../ports/avatar-trainer.js';
import type { TickingClock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import { type MediaStore, NoSuchFile } from '../ports/media-store.js';
import type { Metrics } from '../ports/metrics.js';
import { ProviderError } from '../ports/provider-error.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Database } from '../ports/stores/stores.js';
import { applyTrainingEffects } from './apply-training-effects.js';
import type { RefusedTraining } from './refused-training.js';
import type { TrainingTickets } from './training-tickets.js';

/** While fal's answers to orders make no sense, this often is looked whether they do again. */
const closedSeconds = 15;

/** Sends the photos of one training and buys it. */
export class SubmitTraining {
  constructor(
    private readonly database: Database,
    private readonly trainer: AvatarTrainer,
    private readonly media: Pick<MediaStore, 'bytes'>,
    private readonly clock: TickingClock,
    private readonly policy: Policy,
    private readonly worker: string,
    private readonly health: ProviderHealth,
    private readonly refused: RefusedTraining,
    private readonly tickets: Pick<TrainingTickets, 'keep'>,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {}

  async execute(id: TrainingId): Promise<void> {
    const now = this.clock.now();
    const acquired = await this.database.stores.trainings.acquire(id, 'collecting', this.lease(), now);
    if (acquired?.status !== 'collecting') return;
    if (acquired.notBefore !== null && acquired.notBefore > now)
      return this.wait(acquired, acquired.notBefore);
    const closedUntil = this.health.mayBuy() ? null : secondsAfter(now, closedSeconds);
    if (closedUntil !== null) return this.wait(acquired, closedUntil);
    let state: TrainingIn<'collecting' | 'submitting'> = acquired;
    try {
      const photos = await this.photosOf(acquired);
      if (photos === null) return;
      const archive = await this.trainer.upload(photos);
      const from = this.clock.ticks();
      const begun = await this.begin(acquired);
      state = begun;
      await new Holding(this.clock, () => this.renew(begun), from).confirm();
      const ticket = await this.trainer.submit(state.order, archive, { reference: trainingReference(state) });
      this.health.well();
      await this.tickets.keep(state, ticket);
      for (const endpoint of [state.order.endpoint, uploads])
        if (await this.database.stores.endpoints.served(endpoint))
          this.log.info('fal takes trainings for a trainer again', { endpoint });
    } catch (error) {
      if (state.status === 'collecting') this.health.didNotBuy();
      if (error instanceof StaleWrite) return;
      if (!(error instanceof ProviderError)) throw error;
      this.log.warn('a training could not be submitted', { training: id, trouble: error.trouble, error });
      await this.handle(state, error);
    }
  }

  /** All photos, or null when one is gone: then the training has failed. */
  private async photosOf(state: TrainingIn<'collecting'>): Promise<Buffer[] | null> {
    try {
      return await Promise.all(state.order.photos.map((key) => this.media.bytes(key)));
    } catch (error) {
      // Anything else than a missing file may pass: the job is tried again.
      if (!(error instanceof NoSuchFile)) throw error;
      this.log.error('photos of a training cannot be read', { training: state.id, error });
      await this.fail(state, { kind: 'file_unavailable', detail: 'photos are gone from the media store' });
      return null;
    }
  }

  /** A process that was paused here would buy what another buys meanwhile. */
  private async renew(state: TrainingIn<'submitting'>): Promise<void> {
    const lease = this.lease();
    await this.database.stores.trainings.save(state, this.precondition(state), {
      checkAfter: lease.until,
      lease,
    });
  }

  /** Written before the call: from here on it may have been bought. */
  private async begin(state: TrainingIn<'collecting'>): Promise<TrainingIn<'submitting'>> {
    const now = this.clock.now();
    const next = trainingSubmitting(state, now);
    const lease = this.lease();
    await this.database.stores.trainings.save(next, this.precondition(state), {
      checkAfter: lease.until,
      lease,
    });
    return next;
  }

  private async handle(state: TrainingIn<'collecting' | 'submitting'>, error: ProviderError): Promise<void> {
    const now = this.clock.now();
    switch (error.trouble) {
      case 'not_taken':
        return this.write(
          state,
          trainingPutOff(state, secondsAfter(now, this.health.unwell(error.retryAfter))),
        );
      case 'no_access':
        return this.write(
          state,
          trainingPutOff(state, secondsAfter(now, this.health.noAccess(error.message))),
        );
      case 'in_doubt':
        if (state.status === 'collecting')
          return this.write(state, trainingPutOff(state, secondsAfter(now, 5)));
        this.metrics.ambiguousSubmit();
        this.health.doubtful();
        return this.doubt(state);
      case 'endpoint_gone':
      case 'not_uploaded':
        return this.refused.execute(state, error.trouble, { lease: this.worker, submits: state.submits });
      case 'refused':
        return this.fail(state, { kind: 'refused_input', detail: error.detail });
      default:
        error.trouble satisfies never;
    }
  }

  private async doubt(state: TrainingIn<'submitting'>): Promise<void> {
    const now = this.clock.now();
    // Time counts as it is seen to pass: it is looked at all the while.
    const lookAt = secondsAfter(now, Math.min(trainingDoubtSeconds(this.policy, state.speed), pollSeconds));
    await this.database.transaction(async (stores) => {
      await stores.trainings.save(trainingInDoubt(state, now), this.precondition(state), {
        checkAfter: lookAt,
      });
      await stores.jobs.add({ task: 'resolve-training', training: state.id }, lookAt);
    });
  }

  private async wait(state: Training, until: Date): Promise<void> {
    await this.database.transaction(async (stores) => {
      await stores.trainings.free(state.id, this.worker, until);
      await stores.jobs.add({ task: 'submit-training', training: state.id }, until);
    });
  }

  private async fail(state: Training, failure: Failure): Promise<void> {
    this.metrics.failed(failure.kind);
    await this.write(state, trainingFailed(state, failure, this.clock.now()));
  }

  private async write(state: Training, transition: TrainingTransition): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (stores) => {
      await stores.trainings.save(transition.next, this.precondition(state), {
        checkAfter: checkOf(transition, now),
      });
      await applyTrainingEffects(stores, state, transition, now);
    });
  }

  private lease() {
    return leaseFor(this.clock, this.worker, trainingLeaseSeconds);
  }

  private precondition(state: Training) {
    return { status: state.status, lease: this.worker, submits: state.submits };
  }
}

/** A row that waits on purpose does not stand still. */
const checkOf = ({ next }: TrainingTransition, now: Date): Date =>
  secondsAfter(next.status === 'collecting' && next.notBefore !== null ? next.notBefore : now, 10);
