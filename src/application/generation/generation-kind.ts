import {
  chargedFor,
  type Effect,
  type Generation,
  heldFor,
  inFlightStatuses,
  ledgerReference,
  referenceOf,
  type Transition,
} from '../../domain/generation/generation.js';
import { submitted } from '../../domain/generation/generation-transitions.js';
import { hold, type PaidJob, refund, settle } from '../../domain/ledger.js';
import type { JobKind } from '../jobs/job-kind.js';
import type { Stores } from '../ports/stores/stores.js';

export const generationKind: JobKind<Generation, Effect, 'generations' | 'jobs' | 'ledger'> = {
  name: 'generation',
  rows: ({ generations }) => generations,
  reference: referenceOf,
  atProvider: 'submitted',
  begun: submitted,
  apply: applyEffects,
  jobs: {
    resolve: (generation) => ({ task: 'resolve-submit', generation }),
    collect: (generation) => ({ task: 'collect', generation }),
    deliver: (generation) => ({ task: 'deliver', generation }),
    cancel: (ticket) => ({ task: 'cancel-at-provider', ticket }),
  },
};

const inFlight: readonly string[] = inFlightStatuses;

const paidJob = (generation: Generation): PaidJob => ({
  owner: generation.owner,
  account: ledgerReference(generation),
  held: heldFor(generation),
});

/** Carries the effects of a transition out, in the transaction that wrote its state. */
async function applyEffects(
  stores: Pick<Stores, 'generations' | 'jobs' | 'ledger'>,
  before: Generation,
  { next, effects }: Transition,
  now: Date,
): Promise<void> {
  for (const effect of effects) {
    switch (effect) {
      case 'hold':
        await stores.ledger.write(hold(paidJob(next)), now);
        break;
      case 'settle':
        await stores.ledger.write(settle(paidJob(next), chargedFor(next)), now);
        break;
      case 'refund':
        await stores.ledger.write(refund(paidJob(before), chargedFor(before)), now);
        break;
      case 'submit':
        await stores.jobs.add(
          { task: 'submit-next' },
          next.status === 'accepted' && next.notBefore !== null ? next.notBefore : undefined,
        );
        break;
      case 'deliver':
        await stores.jobs.add({ task: 'deliver', generation: next.id });
        break;
      case 'cancel':
        if (before.status === 'submitted')
          await stores.jobs.add({ task: 'cancel-at-provider', ticket: before.ticket });
        break;
      default:
        effect satisfies never;
    }
  }
  const leavesFlight = inFlight.includes(before.status) && !inFlight.includes(next.status);
  if (leavesFlight && !effects.includes('submit') && (await stores.generations.hasWaiting()))
    await stores.jobs.add({ task: 'submit-next' });
}
