import { DomainError } from '../../domain/errors.js';
import { type GenerationIn, ledgerReference, type Transition } from '../../domain/generation/generation.js';
import { failed, notBought, rerouted } from '../../domain/generation/generation-transitions.js';
import { type Order, startOf } from '../../domain/generation/order.js';
import { workOf } from '../../domain/generation/order-work.js';
import { route } from '../../domain/generation/routing.js';
import { costOf } from '../../domain/provider-prices.js';
import { writeTransition } from '../jobs/job-kind.js';
import { type Weighed, weighRefusal } from '../jobs/weigh-refusal.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';
import type { TellProgress } from './tell-progress.js';

type Touched = 'avatars' | 'endpoints' | 'generations' | 'jobs' | 'ledger';

type Expected = { readonly lease: string; readonly submits: number };

type Parts = Needs<Touched, 'clock' | 'metrics' | 'log'> & {
  readonly policy: Pick<Policy, 'providerPrices'>;
  readonly tellProgress: Pick<TellProgress, 'execute'>;
};

/** An order, and what it is reckoned to cost. */
interface Reckoned {
  readonly order: Order;
  readonly cost: number | null;
}

/**
 * fal answered a submit as if the endpoint did not exist. The job is tried again, and at the second refusal sent
 * another way; one that has none waits for half an hour. Only several witnesses retire an endpoint.
 */
export class RetireEndpoint {
  constructor(private readonly parts: Parts) {}

  async execute(state: GenerationIn<'submitting'>, expected: Expected): Promise<void> {
    const { database, clock, metrics, log, tellProgress } = this.parts;
    const now = clock.now();
    const { endpoint } = state.order;
    const { weighed, another, transition } = await database.transaction(async (stores) => {
      const weighed = await weighRefusal(stores, { endpoint, job: ledgerReference(state) }, now);
      const another = await this.anotherWay(stores, state, now);
      const transition = decided(state, weighed, another && this.reckoned(another, now), now);
      await writeTransition(generationKind, stores, state, transition, { now, ...expected });
      return { weighed, another, transition };
    });
    if (weighed.isNew)
      log.error('fal does not take jobs for an endpoint any more; it is tried again from time to time', {
        endpoint,
      });
    if (transition.next.status === 'failed') metrics.failed(transition.next.failure.kind);
    // Whoever has another way is on it in a moment.
    else if (another === null && weighed.ofJob === 1)
      await tellProgress.execute(transition.next, { kind: 'pending', phase: 'waiting', position: null });
  }

  private reckoned(order: Order, now: Date): Reckoned {
    return { order, cost: costOf(workOf(order), this.parts.policy.providerPrices, now) };
  }

  /** Never one that has refused this job: two in trouble would pass it to and fro. */
  private async anotherWay(
    stores: Pick<Stores, Touched>,
    state: GenerationIn<'submitting'>,
    now: Date,
  ): Promise<Order | null> {
    if (state.avatar === null || state.preset === null) return null;
    const avatar = await stores.avatars.find(state.avatar);
    if (avatar?.status !== 'ready') return null;
    const refusers = await stores.endpoints.refusersOf(ledgerReference(state));
    const retired = new Set([...(await stores.endpoints.retired(now)), ...refusers]);
    try {
      const { preset, prompt, overrides } = state;
      const picture = startOf(state.order);
      return route({ avatar, picture, preset, prompt, overrides, catalogue: { retired } });
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}

function decided(
  state: GenerationIn<'submitting'>,
  { ofJob, again, isRetired }: Weighed,
  another: Reckoned | null,
  now: Date,
): Transition {
  if (another !== null && (ofJob > 1 || isRetired)) return rerouted(state, another.order, another.cost);
  if (again !== null) return notBought(state, again);
  const detail = `${state.order.endpoint} has answered 404 for half an hour`;
  return failed(state, { kind: 'endpoint_retired', detail }, now);
}
