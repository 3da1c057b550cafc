import type { Failure } from '../../domain/failure.js';
import {
  type Effect,
  type Generation,
  type GenerationIn,
  imagesOrdered,
  ledgerReference,
} from '../../domain/generation/generation.js';
import { collected, failed, fetchFailed, rerolled } from '../../domain/generation/generation-transitions.js';
import type { Outcome } from '../../domain/generation/outcome.js';
import type { GenerationId } from '../../domain/ids.js';
import type { StoredImage } from '../../domain/stored-image.js';
import { JobLease } from '../jobs/job-lease.js';
import type { JobStores } from '../jobs/job-stores.js';
import type { ProviderHealth } from '../jobs/provider-health.js';
import { weighFailedUpload } from '../jobs/weigh-refusal.js';
import {
  askAgainSeconds,
  deadlineSeconds,
  leaseSeconds,
  type Policy,
  pollSeconds,
  readAgainSeconds,
} from '../policy/policy.js';
import { BadDownload } from '../ports/image-downloads.js';
import { NoRoom } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import { ProviderError } from '../ports/provider-error.js';
import type { ProviderEvent } from '../ports/provider-webhooks.js';
import type { HeldToCollect } from '../ports/stores/jobs/job-queue.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import { FetchImages } from './fetch-images.js';
import { generationKind } from './generation-kind.js';
import type { GenerationWatch } from './generation-watch.js';
import { type LateImages, lateImages } from './late-results.js';
import type { WeightsRenewal } from './renew-weights.js';
import type { TellProgress } from './tell-progress.js';
import { WriteOutcome } from './write-outcome.js';

/** An unanswered question says nothing about the job: it is given up only after so long. */
const unansweredSeconds = 86_400;
/** A job that fal says it does not know is given up sooner: nothing is to be had of it, and it takes a place. */
const unknownSeconds = 3600;

type Parts = Needs<
  JobStores,
  'generator' | 'downloads' | 'media' | 'clock' | 'ids' | 'worker' | 'metrics' | 'log'
> & {
  readonly policy: Policy;
  readonly health: ProviderHealth;
  readonly watch: GenerationWatch;
  readonly tellProgress: TellProgress;
  readonly renewal: WeightsRenewal;
};

/** Learns what became of a submitted job and, when there are images, brings them home. */
export class CollectImages {
  private readonly lease: JobLease<Generation, Effect>;
  private readonly images: FetchImages;
  private readonly outcome: WriteOutcome;
  private readonly lateImages: LateImages;

  constructor(private readonly parts: Parts) {
    this.lease = new JobLease(parts, generationKind, leaseSeconds);
    this.images = new FetchImages(parts, this.lease);
    this.outcome = new WriteOutcome(parts);
    this.lateImages = lateImages(parts);
  }

  async execute(id: GenerationId, held?: HeldToCollect): Promise<void> {
    const now = this.parts.clock.now();
    const state = held?.row ?? (await this.lease.acquire(id, 'submitted'));
    if (state?.status !== 'submitted') return;
    try {
      if (await this.lateImages.take(state, { lease: this.parts.worker }, now)) return;
      await this.askAndConclude(state, held?.event ?? null);
    } catch (error) {
      // What it brought is asked for again: no fault of its own, and no try is counted.
      if (error instanceof NoRoom) return this.lease.collectAgain(state, askAgainSeconds);
      // It was called off meanwhile, or another process has concluded it.
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  private async askAndConclude(state: GenerationIn<'submitted'>, heard: ProviderEvent | null): Promise<void> {
    try {
      await this.conclude(state, await this.outcomeOf(state, heard));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const { trouble } = error;
      this.parts.log.warn('could not ask what became of a job', { generation: state.id, trouble, error });
      if (trouble === 'no_access')
        return this.lease.collectAgain(state, this.parts.health.noAccess(error.message));
      if (trouble === 'not_uploaded') return this.notUploaded(state, error);
      if (await this.lease.hasWaited(state, unansweredSeconds))
        return this.fail(state, { kind: 'timeout', detail: 'no answer for a day' });
      if (trouble === 'endpoint_gone' && (await this.lease.hasWaited(state, unknownSeconds)))
        return this.fail(state, { kind: 'lost', detail: 'fal does not know the job any more' });
      await this.lease.collectAgain(state, Math.max(error.retryAfter ?? 0, askAgainSeconds));
    }
  }

  private async outcomeOf(state: GenerationIn<'submitted'>, heard: ProviderEvent | null): Promise<Outcome> {
    const { webhookInbox } = this.parts.database.stores;
    const kept = async () => (this.parts.policy.webhooks ? webhookInbox.byTicket(state.ticket) : null);
    const event = heard?.ticket === state.ticket ? heard : await kept();
    return event?.outcome ?? (await this.parts.generator.check(state.ticket));
  }

  private async conclude(state: GenerationIn<'submitted'>, outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case 'pending':
        if (await this.lease.hasWaited(state, deadlineSeconds(state.preset)))
          return this.fail(state, { kind: 'timeout', detail: 'our deadline passed' });
        await this.parts.tellProgress.execute(state, outcome);
        this.parts.watch.follow(state);
        return this.lease.free(state, pollSeconds);
      case 'failed':
        if (outcome.failure.kind === 'bad_result') return this.readAgain(state, outcome.failure.detail);
        if (
          outcome.failure.kind === 'file_unavailable' &&
          (await this.parts.renewal.execute(state, { lease: this.parts.worker }))
        )
          return;
        return this.fail(state, outcome.failure);
      case 'done':
        return this.bringHome(state, outcome);
      default:
        outcome satisfies never;
    }
  }

  private async bringHome(
    state: GenerationIn<'submitted'>,
    outcome: Extract<Outcome, { kind: 'done' }>,
  ): Promise<void> {
    const flagged = outcome.images.filter((image) => image.flagged).length;
    // Never more than were asked and paid for.
    const shown = outcome.images.filter((image) => !image.flagged).slice(0, imagesOrdered(state.order));
    const mayReroll = this.parts.policy.rerollBlocked && state.rerolls === 0;
    if (shown.length === 0 && mayReroll && 'count' in state.order)
      return this.outcome.write(state, rerolled(state, { ...state.order, seed: this.parts.ids.seed() }));
    let images: StoredImage[];
    try {
      images = await this.images.execute(state, shown);
    } catch (error) {
      if (!(error instanceof BadDownload)) throw error;
      if (!error.retry) return this.fail(state, { kind: 'unusable_result', detail: error.message });
      return this.readAgain(state, error.message);
    }
    const result = { imageCount: images.length, flagged, seed: outcome.seed };
    try {
      await this.outcome.write(state, collected(state, result, this.parts.clock.now()), images);
    } catch (error) {
      if (error instanceof StaleWrite) await this.images.discard(state, images);
      throw error;
    }
    this.parts.log.info('collected', { generation: state.id, images: images.length, flagged });
  }

  /** Weights that are to be put up again, see WeightsRenewal. */
  private async notUploaded(state: GenerationIn<'submitted'>, error: ProviderError): Promise<void> {
    const now = this.parts.clock.now();
    const again = await weighFailedUpload(this.parts.database.stores, ledgerReference(state), now);
    if (again === null) return this.fail(state, { kind: 'file_unavailable', detail: error.detail });
    await this.lease.collectAgain(state, (again.getTime() - now.getTime()) / 1000);
  }

  /** It may have been a moment's fault of whoever stands between: what is paid for is asked for a few times more. */
  private async readAgain(state: GenerationIn<'submitted'>, detail: string): Promise<void> {
    this.parts.log.warn('a result could not be read', { generation: state.id, detail });
    const transition = fetchFailed(state, detail, this.parts.clock.now());
    await this.outcome.write(state, transition);
    if (transition.next.status === 'submitted')
      await this.lease.collectAgain(transition.next, readAgainSeconds(state.fetchFailures));
  }

  private async fail(state: GenerationIn<'submitted'>, failure: Failure): Promise<void> {
    // Its detail stays in the row: fal's own words may repeat the prompt.
    this.parts.log.warn('failed', { generation: state.id, kind: failure.kind });
    await this.outcome.write(state, failed(state, failure, this.parts.clock.now()));
  }
}
