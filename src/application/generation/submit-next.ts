import type { Failure } from '../../domain/failure.js';
import {
  type Effect,
  type Generation,
  type GenerationIn,
  ledgerReference,
  referenceOf,
} from '../../domain/generation/generation.js';
import {
  failed,
  maybeBought,
  notBought,
  submitting,
} from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { JobLease } from '../jobs/job-lease.js';
import type { JobStores } from '../jobs/job-stores.js';
import { leaseFor } from '../jobs/lease.js';
import { SubmitFailed } from '../jobs/step-guard.js';
import { type SubmitParts, SubmitSteps } from '../jobs/submit-steps.js';
import { uploads, weighFailedUpload } from '../jobs/weigh-refusal.js';
import { doubtSeconds, leaseSeconds, type Policy, pollSeconds } from '../policy/policy.js';
import type { ImageGenerator } from '../ports/image-generator.js';
import { ProviderError } from '../ports/provider-error.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Stores } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';
import type { GenerationWatch } from './generation-watch.js';
import { type LateImages, lateImages } from './late-results.js';
import type { RetireEndpoint } from './retire-endpoint.js';
import { calledOffWithoutAvatar } from './without-avatar.js';

/** The picture that an order starts from is uploaded first, which may take two minutes. */
const leaseSecondsWithUpload = 240;

interface Limits {
  readonly total: number;
  readonly perUser: number;
  readonly now: Date;
}

/** Which one it is about, whatever becomes of its transaction. */
class Taken {
  #id: GenerationId | null = null;

  constructor(private readonly tell: (id: GenerationId) => void) {}

  get id(): GenerationId | null {
    return this.#id;
  }

  is(id: GenerationId): void {
    this.#id = id;
    this.tell(id);
  }
}

const leaseOf = ({ order }: Generation): number =>
  'source' in order ? leaseSecondsWithUpload : leaseSeconds;

type Parts = SubmitParts & {
  readonly generator: ImageGenerator;
  readonly policy: Policy;
  readonly retireEndpoint: RetireEndpoint;
  readonly watch: GenerationWatch;
};

/** Sends the next generation of the fair queue to the provider, if there is room for one more. */
export class SubmitNext {
  private readonly lateImages: LateImages;
  private readonly lease: JobLease<Generation, Effect>;
  private readonly steps: SubmitSteps<Generation, GenerationIn<'submitting'>, Effect>;

  constructor(private readonly parts: Parts) {
    this.lateImages = lateImages(parts);
    this.lease = new JobLease(parts, generationKind, leaseSeconds);
    this.steps = new SubmitSteps(parts, {
      kind: generationKind,
      lease: this.lease,
      inDoubt: (row, now) => maybeBought(row, now).next,
      patience: ({ preset }) => doubtSeconds(parts.policy, preset),
      askSeconds: pollSeconds,
    });
  }

  /**
   * True when one was taken from the queue: ask again.
   * @param tell hears which one it is
   */
  async execute(tell: (id: GenerationId) => void = () => undefined): Promise<boolean> {
    if (!this.parts.health.mayBuy()) return false;
    const taken = new Taken(tell);
    try {
      const from = this.parts.clock.ticks();
      const state = await this.takeNext(taken);
      if (state === null) {
        this.parts.health.didNotBuy();
        return false;
      }
      await this.steps.confirm(state, from, leaseOf(state));
      await this.submit(state);
    } catch (error) {
      // It was called off meanwhile, or another process has decided about it.
      if (error instanceof StaleWrite) return true;
      throw taken.id === null ? error : new SubmitFailed(taken.id, error);
    }
    return true;
  }

  private async submit(state: GenerationIn<'submitting'>): Promise<void> {
    let ticket: string;
    try {
      ticket = await this.parts.generator.submit(state.order, {
        reference: referenceOf(state),
        label: state.preset ?? undefined,
      });
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.parts.log.warn('submit did not succeed', { generation: state.id, trouble: error.trouble, error });
      return this.handle(state, error);
    }
    await this.saveTicket(state, ticket);
    const { order } = state;
    await this.steps.served('source' in order ? [order.endpoint, uploads] : [order.endpoint]);
  }

  private async saveTicket(state: GenerationIn<'submitting'>, ticket: string): Promise<void> {
    const now = this.parts.clock.now();
    // An event of a submit before may have come meanwhile: one of this submit has moved the row itself.
    const collectAtOnce = async (stores: Pick<Stores, JobStores>) => {
      const event =
        (await stores.webhookInbox.byTicket(ticket)) ?? (await this.lateImages.find(stores, state));
      if (event !== null) await stores.jobs.add({ task: 'collect', generation: state.id });
    };
    const mayBeLate = this.parts.policy.webhooks && state.doubts > 0;
    const sent = await this.steps.bought(state, ticket, mayBeLate ? collectAtOnce : undefined);
    if (sent?.status !== 'submitted') return;
    this.parts.metrics.left('submitting', (now.getTime() - state.startedAt.getTime()) / 1000);
    this.parts.watch.follow(sent);
  }

  private async takeNext(taken: Taken): Promise<GenerationIn<'submitting'> | null> {
    const { database, clock, worker, policy, metrics, log } = this.parts;
    const { generations } = database.stores;
    const now = clock.now();
    const limits = { total: policy.inFlightTotal, perUser: policy.inFlightPerUser, now };
    const state = await generations
      .takeNext(limits, leaseFor(clock, worker, leaseSeconds))
      // Which one it was is found out by looking closer.
      .catch((error: unknown) => void log.warn('the next one could not be taken at once', { error }));
    if (state == null) return (await generations.hasNext(limits)) ? this.lookCloser(taken, limits) : null;
    taken.is(state.id);
    metrics.left('accepted', (now.getTime() - state.createdAt.getTime()) / 1000);
    return state;
  }

  /** The same for any case there is. */
  private lookCloser(taken: Taken, limits: Limits): Promise<GenerationIn<'submitting'> | null> {
    const { now } = limits;
    return this.parts.database.transaction(async (stores) => {
      const { generations } = stores;
      const next = await generations.lockNext(limits);
      if (next?.status !== 'accepted') return null;
      taken.is(next.id);
      const late = await this.lateImages.find(stores, next);
      if (late !== null) {
        await this.lateImages.adopt(stores, next, late, {}, now);
        return null;
      }
      if (await calledOffWithoutAvatar(stores, next, now)) {
        await stores.jobs.add({ task: 'submit-next' });
        return null;
      }
      const state = submitting(next, now);
      const lease = leaseFor(this.parts.clock, this.parts.worker, leaseOf(next));
      await generations.save(state, { status: 'accepted' }, { checkAfter: lease.until, lease });
      this.parts.metrics.left('accepted', (now.getTime() - next.createdAt.getTime()) / 1000);
      return state;
    });
  }

  private async handle(state: GenerationIn<'submitting'>, error: ProviderError): Promise<void> {
    const { clock, worker, health, retireEndpoint } = this.parts;
    const now = clock.now();
    switch (error.trouble) {
      case 'not_taken':
      case 'no_access':
        return this.lease.write(state, notBought(state, secondsAfter(now, health.pauseAfter(error))));
      case 'in_doubt':
        return this.steps.doubt(state);
      case 'endpoint_gone':
        return retireEndpoint.execute(state, { lease: worker, submits: state.submits });
      case 'not_uploaded':
        return this.notUploaded(state, error);
      case 'refused':
        return this.fail(state, { kind: 'refused_input', detail: error.detail });
      default:
        error.trouble satisfies never;
    }
  }

  private async notUploaded(state: GenerationIn<'submitting'>, error: ProviderError): Promise<void> {
    const now = this.parts.clock.now();
    const again = await weighFailedUpload(this.parts.database.stores, ledgerReference(state), now);
    if (again !== null) return this.lease.write(state, notBought(state, again));
    await this.fail(state, { kind: 'provider_error', detail: error.detail });
  }

  private async fail(state: GenerationIn<'submitting'>, failure: Failure): Promise<void> {
    await this.lease.write(state, failed(state, failure, this.parts.clock.now()));
    this.parts.metrics.failed(failure.kind);
  }
}
