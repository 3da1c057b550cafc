import type { Failure } from '../../domain/failure.js';
import {
  type Generation,
  type GenerationIn,
  ledgerReference,
  referenceOf,
  type Transition,
} from '../../domain/generation/generation.js';
import {
  failed,
  maybeBought,
  notBought,
  submitted,
  submitting,
} from '../../domain/generation/generation-transitions.js';
import type { Order } from '../../domain/generation/order.js';
import type { GenerationId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { Holding } from '../jobs/holding.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { JobStores } from '../jobs/job-stores.js';
import { leaseFor } from '../jobs/lease.js';
import type { ProviderHealth } from '../jobs/provider-health.js';
import type { Sleep } from '../jobs/retry-write.js';
import { type Purchase, saveTicketWithRetry } from '../jobs/save-ticket.js';
import { SubmitFailed } from '../jobs/step-guard.js';
import { uploads, weighFailedUpload } from '../jobs/weigh-refusal.js';
import { doubtSeconds, leaseSeconds, type Policy, pollSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { ProviderError } from '../ports/provider-error.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import { generationKind } from './generation-kind.js';
import type { GenerationWatch } from './generation-watch.js';
import { type LateImages, lateImages } from './late-results.js';
import type { RetireEndpoint } from './retire-endpoint.js';
import { calledOffWithoutAvatar } from './without-avatar.js';

/** The source of an upscale is uploaded first, which may take two minutes. */
const leaseSecondsWithUpload = 240;

/** Which one it is about, whatever becomes of its transaction. */
interface Taken {
  id: GenerationId | null;
}

const leaseOf = ({ order }: Generation): number =>
  'source' in order ? leaseSecondsWithUpload : leaseSeconds;

type Parts = Needs<JobStores, 'generator' | 'clock' | 'worker' | 'metrics' | 'log'> & {
  readonly policy: Policy;
  readonly health: ProviderHealth;
  readonly retireEndpoint: RetireEndpoint;
  readonly watch: GenerationWatch;
  readonly sleep: Sleep;
};

/** Sends the next generation in fair line to the provider, if there is room for one more. */
export class SubmitNext {
  private readonly lateImages: LateImages;

  constructor(private readonly parts: Parts) {
    this.lateImages = lateImages(parts);
  }

  /** True when one was taken from the line: ask again. */
  async execute(): Promise<boolean> {
    if (!this.parts.health.mayBuy()) return false;
    const taken: Taken = { id: null };
    try {
      const from = this.parts.clock.ticks();
      const state = await this.takeNext(taken);
      if (state === null) {
        this.parts.health.didNotBuy();
        return false;
      }
      await new Holding(this.parts.clock, () => this.renew(state), from).confirm();
      await this.submit(state);
    } catch (error) {
      // It was called off meanwhile, or another process has decided about it.
      if (error instanceof StaleWrite) return true;
      throw taken.id === null ? error : new SubmitFailed(taken.id, error);
    }
    return true;
  }

  /** A process that was paused here would buy what another buys meanwhile. */
  private async renew(state: GenerationIn<'submitting'>): Promise<void> {
    const lease = leaseFor(this.parts.clock, this.parts.worker, leaseOf(state));
    await this.parts.database.stores.generations.save(
      state,
      { status: state.status, ...this.conditions(state) },
      {
        checkAfter: lease.until,
        lease,
      },
    );
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
    this.parts.health.well();
    await this.saveTicket(state, ticket);
    await this.served(state.order);
  }

  private async served(order: Order): Promise<void> {
    for (const endpoint of 'source' in order ? [order.endpoint, uploads] : [order.endpoint])
      if (await this.parts.database.stores.endpoints.served(endpoint))
        this.parts.log.info('fal takes jobs for an endpoint again', { endpoint });
  }

  private async saveTicket(state: GenerationIn<'submitting'>, ticket: string): Promise<void> {
    const now = this.parts.clock.now();
    const { next } = submitted(state, ticket, now);
    const purchase: Purchase<Generation> = {
      kind: generationKind,
      ticket,
      state,
      next,
      checkAfter: secondsAfter(now, pollSeconds),
      // The webhook may have come first: its event was kept for this moment.
      also: async (stores) => {
        const event =
          this.parts.policy.webhooks &&
          ((await stores.webhookInbox.byTicket(ticket)) ?? (await this.lateImages.find(stores, state)));
        if (event) await stores.jobs.add({ task: 'collect', generation: state.id });
      },
    };
    if (!(await saveTicketWithRetry(purchase, this.parts))) return;
    this.parts.metrics.left('submitting', (now.getTime() - state.startedAt.getTime()) / 1000);
    if (next.status === 'submitted') this.parts.watch.follow(next);
  }

  private takeNext(taken: Taken): Promise<GenerationIn<'submitting'> | null> {
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      const { generations } = stores;
      const next = await generations.lockNext({
        total: this.parts.policy.inFlightTotal,
        perUser: this.parts.policy.inFlightPerUser,
        now,
      });
      if (next?.status !== 'accepted') return null;
      taken.id = next.id;
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
    const now = this.parts.clock.now();
    switch (error.trouble) {
      case 'not_taken':
        return this.write(
          state,
          notBought(state, secondsAfter(now, this.parts.health.unwell(error.retryAfter))),
        );
      case 'no_access':
        return this.write(
          state,
          notBought(state, secondsAfter(now, this.parts.health.noAccess(error.message))),
        );
      case 'in_doubt':
        this.parts.metrics.ambiguousSubmit();
        this.parts.health.doubtful();
        return this.doubt(state);
      case 'endpoint_gone':
        return this.parts.retireEndpoint.execute(state, { lease: this.parts.worker, submits: state.submits });
      case 'not_uploaded':
        return this.notUploaded(state, error);
      case 'refused': {
        const failure: Failure = { kind: 'refused_input', detail: error.detail };
        await this.write(state, failed(state, failure, now));
        return this.parts.metrics.failed(failure.kind);
      }
      default:
        error.trouble satisfies never;
    }
  }

  private async notUploaded(state: GenerationIn<'submitting'>, error: ProviderError): Promise<void> {
    const now = this.parts.clock.now();
    const again = await weighFailedUpload(this.parts.database.stores, ledgerReference(state), now);
    if (again !== null) return this.write(state, notBought(state, again));
    const failure: Failure = { kind: 'provider_error', detail: error.detail };
    await this.write(state, failed(state, failure, now));
    this.parts.metrics.failed(failure.kind);
  }

  private async doubt(state: GenerationIn<'submitting'>): Promise<void> {
    const now = this.parts.clock.now();
    // Time counts as it is seen to pass: it is looked at all the while.
    const lookAt = secondsAfter(now, Math.min(doubtSeconds(this.parts.policy, state.preset), pollSeconds));
    await this.parts.database.transaction(async (stores) => {
      await stores.generations.save(
        maybeBought(state, now).next,
        { status: state.status, ...this.conditions(state) },
        {
          checkAfter: lookAt,
        },
      );
      await stores.jobs.add({ task: 'resolve-submit', generation: state.id }, lookAt);
    });
  }

  private async write(state: Generation, transition: Transition): Promise<void> {
    const now = this.parts.clock.now();
    await this.parts.database.transaction(async (stores) => {
      await writeTransition(generationKind, stores, state, transition, { now, ...this.conditions(state) });
    });
  }

  private conditions(state: Generation) {
    return { lease: this.parts.worker, submits: state.submits };
  }
}
