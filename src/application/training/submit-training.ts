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
  trainingBegun,
  trainingFailed,
  trainingInDoubt,
  trainingPutOff,
  trainingSubmitting,
} from '../../domain/training/training-transitions.js';
import { Holding } from '../jobs/holding.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { JobStores } from '../jobs/job-stores.js';
import { leaseFor } from '../jobs/lease.js';
import type { ProviderHealth } from '../jobs/provider-health.js';
import type { Sleep } from '../jobs/retry-write.js';
import { type Purchase, saveTicketWithRetry } from '../jobs/save-ticket.js';
import { uploads } from '../jobs/weigh-refusal.js';
import { type Policy, pollSeconds } from '../policy/policy.js';
import {
  trainingDoubtSeconds,
  trainingLeaseSeconds,
  trainingPollSeconds,
} from '../policy/training-policy.js';
import { type MediaStore, NoSuchFile } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import { ProviderError } from '../ports/provider-error.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import { type LateWeights, lateWeights } from './late-weights.js';
import type { RefusedTraining } from './refused-training.js';
import { trainingKind } from './training-kind.js';
import type { TrainingWatch } from './training-watch.js';

/** While fal's answers to orders make no sense, this often is looked whether they do again. */
const closedSeconds = 15;

export type SubmitTrainingParts = Needs<JobStores, 'trainer' | 'clock' | 'worker' | 'metrics' | 'log'> & {
  readonly media: Pick<MediaStore, 'bytes'>;
  readonly policy: Policy;
  readonly health: ProviderHealth;
  readonly refused: RefusedTraining;
  readonly watch: Pick<TrainingWatch, 'follow'>;
  readonly sleep: Sleep;
};

/** Sends the photos of one training and buys it. */
export class SubmitTraining {
  private readonly lateWeights: LateWeights;

  constructor(private readonly parts: SubmitTrainingParts) {
    this.lateWeights = lateWeights(parts);
  }

  async execute(id: TrainingId): Promise<void> {
    const now = this.parts.clock.now();
    const acquired = await this.parts.database.stores.trainings.acquire(id, 'accepted', this.lease(), now);
    if (acquired?.status !== 'accepted') return;
    try {
      if (await this.lateWeights.take(acquired, this.conditions(acquired), now)) return;
      const until = this.waitsUntil(acquired, now);
      await (until === null ? this.buy(acquired) : this.wait(acquired, until));
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
      await new Holding(this.parts.clock, () => this.renew(begun), from).confirm();
      const ticket = await this.parts.trainer.submit(state.order, archive, {
        reference: trainingReference(state),
      });
      this.parts.health.well();
      await this.saveTicket(begun, ticket);
      for (const endpoint of [state.order.endpoint, uploads])
        if (await this.parts.database.stores.endpoints.served(endpoint))
          this.parts.log.info('fal takes trainings for a trainer again', { endpoint });
    } catch (error) {
      if (state.status === 'accepted') this.parts.health.didNotBuy();
      if (!(error instanceof ProviderError)) throw error;
      this.parts.log.warn('a training could not be submitted', {
        training: state.id,
        trouble: error.trouble,
        error,
      });
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

  /** A process that was paused here would buy what another buys meanwhile. */
  private async renew(state: TrainingIn<'submitting'>): Promise<void> {
    const lease = this.lease();
    await this.parts.database.stores.trainings.save(
      state,
      { status: state.status, ...this.conditions(state) },
      {
        checkAfter: lease.until,
        lease,
      },
    );
  }

  /** Written before the call: from here on it may have been bought. */
  private async begin(state: TrainingIn<'accepted'>): Promise<TrainingIn<'submitting'>> {
    const now = this.parts.clock.now();
    const next = trainingSubmitting(state, now);
    const lease = this.lease();
    await this.parts.database.stores.trainings.save(
      next,
      { status: state.status, ...this.conditions(state) },
      {
        checkAfter: lease.until,
        lease,
      },
    );
    return next;
  }

  private async saveTicket(state: TrainingIn<'submitting'>, ticket: string): Promise<void> {
    const now = this.parts.clock.now();
    const { next } = trainingBegun(state, ticket, now);
    const purchase: Purchase<Training> = {
      kind: trainingKind,
      ticket,
      state,
      next,
      checkAfter: secondsAfter(now, trainingPollSeconds(this.parts.policy)),
    };
    const isSaved = await saveTicketWithRetry(purchase, this.parts);
    if (isSaved && next.status === 'training') this.parts.watch.follow(next);
  }

  private async handle(state: TrainingIn<'accepted' | 'submitting'>, error: ProviderError): Promise<void> {
    const now = this.parts.clock.now();
    switch (error.trouble) {
      case 'not_taken':
        return this.write(
          state,
          trainingPutOff(state, secondsAfter(now, this.parts.health.unwell(error.retryAfter))),
        );
      case 'no_access':
        return this.write(
          state,
          trainingPutOff(state, secondsAfter(now, this.parts.health.noAccess(error.message))),
        );
      case 'in_doubt':
        if (state.status === 'accepted')
          return this.write(state, trainingPutOff(state, secondsAfter(now, 5)));
        this.parts.metrics.ambiguousSubmit();
        this.parts.health.doubtful();
        return this.doubt(state);
      case 'endpoint_gone':
      case 'not_uploaded':
        return this.parts.refused.execute(state, error.trouble, {
          lease: this.parts.worker,
          submits: state.submits,
        });
      case 'refused':
        return this.fail(state, { kind: 'refused_input', detail: error.detail });
      default:
        error.trouble satisfies never;
    }
  }

  private async doubt(state: TrainingIn<'submitting'>): Promise<void> {
    const now = this.parts.clock.now();
    // Time counts as it is seen to pass: it is looked at all the while.
    const lookAt = secondsAfter(
      now,
      Math.min(trainingDoubtSeconds(this.parts.policy, state.speed), pollSeconds),
    );
    await this.parts.database.transaction(async (stores) => {
      await stores.trainings.save(
        trainingInDoubt(state, now),
        { status: state.status, ...this.conditions(state) },
        {
          checkAfter: lookAt,
        },
      );
      await stores.jobs.add({ task: 'resolve-training', training: state.id }, lookAt);
    });
  }

  private async wait(state: Training, until: Date): Promise<void> {
    await this.parts.database.transaction(async (stores) => {
      await stores.trainings.free(state.id, this.parts.worker, until);
      await stores.jobs.add({ task: 'submit-training', training: state.id }, until);
    });
  }

  private async fail(state: Training, failure: Failure): Promise<void> {
    this.parts.metrics.failed(failure.kind);
    await this.write(state, trainingFailed(state, failure, this.parts.clock.now()));
  }

  private async write(state: Training, transition: TrainingTransition): Promise<void> {
    const now = this.parts.clock.now();
    await this.parts.database.transaction(async (stores) => {
      await writeTransition(trainingKind, stores, state, transition, {
        now,
        ...this.conditions(state),
        checkAfter: checkOf(transition, now),
      });
    });
  }

  private lease() {
    return leaseFor(this.parts.clock, this.parts.worker, trainingLeaseSeconds);
  }

  private conditions(state: Training) {
    return { lease: this.parts.worker, submits: state.submits };
  }
}

/** A row that waits on purpose does not stand still. */
const checkOf = ({ next }: TrainingTransition, now: Date): Date =>
  secondsAfter(next.status === 'accepted' && next.notBefore !== null ? next.notBefore : now, 10);
