import { type EndpointId, endpointIds } from '../domain/endpoint-catalogue.js';
import { DomainError } from '../domain/errors.js';
import type { In, Transition } from '../domain/generation.js';
import { failed, rerouted } from '../domain/generation-transitions.js';
import type { Order } from '../domain/order.js';
import { route } from '../domain/routing.js';
import { carryOut } from './carry-out.js';
import { secondsAfter } from './policy.js';
import type { Clock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';
import type { Metrics } from './ports/metrics.js';
import type { Database, Stores } from './ports/stores/stores.js';

const known: readonly string[] = endpointIds;
const isKnown = (endpoint: string): endpoint is EndpointId => known.includes(endpoint);

/** fal no longer serves an endpoint: remember it, tell the operator once, send the job another way if there is one. */
export class RetireEndpoint {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {}

  async execute(state: In<'submitting' | 'submitted'>, believed: { lease: string }): Promise<void> {
    const now = this.clock.now();
    const { endpoint } = state.order;
    const { isNews, isDeadEnd } = await this.database.transaction(async (stores) => {
      const isNews = isKnown(endpoint) && (await stores.endpoints.markRetired(endpoint, now));
      const order = await this.anotherWay(stores, state);
      const transition: Transition =
        order === null
          ? failed(state, { kind: 'endpoint_retired', detail: `${endpoint} answers 404` }, now)
          : rerouted(state, order);
      await stores.generations.save(
        transition.next,
        { status: state.status, ...believed },
        { checkAfter: secondsAfter(now, 10) },
      );
      await carryOut(stores, state, transition, now);
      return { isNews, isDeadEnd: order === null };
    });
    if (isDeadEnd) this.metrics.failed('endpoint_retired');
    if (isNews)
      this.log.warn('fal has retired an endpoint; jobs take the fallback from now on, if there is one', {
        endpoint,
      });
  }

  private async anotherWay(stores: Stores, state: In<'submitting' | 'submitted'>): Promise<Order | null> {
    if (state.avatar === null || state.preset === null) return null;
    const avatar = await stores.avatars.find(state.avatar);
    if (avatar?.status !== 'ready') return null;
    try {
      const { preset, prompt, overrides } = state;
      const catalogue = { retired: await stores.endpoints.retired() };
      const order = route({ avatar, preset, prompt, overrides, catalogue });
      return order.endpoint === state.order.endpoint ? null : order;
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}
