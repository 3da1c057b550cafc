import { type GenerationIn, type GenerationStatus, referenceOf } from '../../domain/generation/generation.js';
import { adopted } from '../../domain/generation/generation-transitions.js';
import { secondsAfter } from '../../domain/time.js';
import type { Ports } from '../ports/needs.js';
import type { ProviderEvent } from '../ports/provider-webhooks.js';
import type { Precondition } from '../ports/stores/jobs/leases.js';
import type { WebhookInbox } from '../ports/stores/jobs/webhook-inbox.js';
import type { Stores } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';

type Sendable = GenerationIn<'accepted' | 'submitting' | 'submitted'>;

/** Submits that surely were not taken come between; nobody looks for results over more of them. */
const submitsBack = 5;

/** An event with images of a submit that was given up for lost and bought again; null when there is none. */
export async function lateResults(
  webhookInbox: WebhookInbox,
  state: Sendable,
): Promise<ProviderEvent | null> {
  if (state.doubts === 0) return null;
  // One that waits in line has no submit of its own under way.
  const latest = state.status === 'accepted' ? state.submits : state.submits - 1;
  for (let submit = latest; submit > 0 && submit > latest - submitsBack; submit -= 1) {
    const event = await webhookInbox.byReference(referenceOf(state, submit));
    if (event !== null && bringsImages(event)) return event;
  }
  return null;
}

/** Anything else proves nothing: a withheld picture or a failure may be of an order that was changed since. */
const bringsImages = ({ outcome }: ProviderEvent): boolean =>
  outcome?.kind === 'done' && outcome.images.some(({ flagged }) => !flagged);

/** Takes what comes first of two purchases, and calls the other off. */
export class LateResults {
  constructor(private readonly parts: Pick<Ports, 'metrics' | 'log'>) {}

  /** True when the job has taken the ticket of a submit before; its images are collected next. To be called in a transaction. */
  async adopt(
    stores: Pick<Stores, 'generations' | 'jobs' | 'ledger' | 'webhookInbox'>,
    state: Sendable,
    expected: Omit<Precondition<GenerationStatus>, 'status'>,
    now: Date,
  ): Promise<boolean> {
    const event = await lateResults(stores.webhookInbox, state);
    if (event === null) return false;
    const transition = adopted(state, event.ticket, now);
    const precondition = { status: state.status, ...expected };
    await stores.generations.save(transition.next, precondition, { checkAfter: secondsAfter(now, 10) });
    await generationKind.apply(stores, state, transition, now);
    await stores.jobs.add({ task: 'collect', generation: state.id });
    this.parts.metrics.foundAfterAll();
    this.parts.log.info('a submit that was bought again brought its images after all', {
      generation: state.id,
    });
    return true;
  }
}
