import {
  chargedFor,
  type Effect,
  type Generation,
  heldFor,
  isInFlight,
  ledgerReference,
  referenceOf,
  type Transition,
} from '../../domain/generation/generation.js';
import { submitted } from '../../domain/generation/generation-transitions.js';
import { type PaidJob, refund } from '../../domain/ledger.js';
import { applyShared, type JobKind } from '../jobs/job-kind.js';
import type { Stores } from '../ports/stores/stores.js';

export const generationKind: JobKind<Generation, Effect, 'generations' | 'jobs' | 'ledger'> = {
  name: 'generation',
  rows: ({ generations }) => generations,
  reference: referenceOf,
  atProvider: 'submitted',
  begun: submitted,
  apply: applyEffects,
  paid,
  charged: chargedFor,
  jobs: {
    submit: () => ({ task: 'submit-next' }),
    resolve: (generation) => ({ task: 'resolve-submit', generation }),
    collect: (generation) => ({ task: 'collect', generation }),
    deliver: (generation) => ({ task: 'deliver', generation }),
    cancel: (ticket) => ({ task: 'cancel-at-provider', ticket }),
  },
};

function paid(generation: Generation): PaidJob {
  return { owner: generation.owner, account: ledgerReference(generation), held: heldFor(generation) };
}

/** Carries the effects of a transition out, in the transaction that wrote its state. */
async function applyEffects(
  stores: Pick<Stores, 'generations' | 'jobs' | 'ledger'>,
  before: Generation,
  { next, effects }: Transition,
  now: Date,
): Promise<void> {
  for (const effect of effects)
    if (effect === 'refund') await stores.ledger.write(refund(paid(before), chargedFor(before)), now);
    else await applyShared(generationKind, stores, effect, { before, next }, now);
  const leavesFlight = isInFlight(before) && !isInFlight(next);
  if (leavesFlight && !effects.includes('submit') && (await stores.generations.hasWaiting()))
    await stores.jobs.add({ task: 'submit-next' });
}
