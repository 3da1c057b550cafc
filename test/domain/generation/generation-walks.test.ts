import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/domain/errors.js';
import {
  chargedFor,
  type Effect,
  type Generation,
  type GenerationStatus,
  heldFor,
  ledgerReference,
  type Transition,
} from '../../../src/domain/generation/generation.js';
import * as transitions from '../../../src/domain/generation/generation-transitions.js';
import { hold, type LedgerEntry, settle } from '../../../src/domain/ledger.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { anOrder } from '../../support/builders/an-order.js';
import { longAgo } from '../../support/builders/ids.js';

/** Everything that can be heard of a job, at the right moment or not; `null` where nobody could ask for it. */
const events: Readonly<Record<string, (state: Generation, images: number) => Transition | null>> = {
  next: (state) =>
    state.status === 'accepted' ? { next: transitions.submitting(state, longAgo), effects: [] } : null,
  taken: (state) => transitions.submitted(state, 'ticket', longAgo),
  notTaken: (state) => (state.status === 'submitting' ? transitions.notBought(state, longAgo) : null),
  inDoubt: (state) => (state.status === 'submitting' ? transitions.maybeBought(state, longAgo) : null),
  neverHeard: (state) => (state.status === 'submitting' ? transitions.buyAgain(state, longAgo) : null),
  retired: (state) =>
    state.status === 'submitting' || state.status === 'submitted'
      ? transitions.rerouted(state, anOrder({ count: 4, seed: 1 }))
      : null,
  rolledAgain: (state) =>
    state.status === 'submitted' ? transitions.rerolled(state, anOrder({ count: 4, seed: 2 })) : null,
  cutOff: (state) =>
    state.status === 'submitted' ? transitions.fetchFailed(state, 'cut off', longAgo) : null,
  images: (state, images) =>
    transitions.collected(state, { imageCount: images, flagged: 4 - images, seed: null }, longAgo),
  delivered: (state) => transitions.delivered(state, longAgo),
  failed: (state) => transitions.failed(state, { kind: 'timeout', detail: '' }, longAgo),
  cancelled: (state) => transitions.cancelled(state, longAgo),
  announced: (state) =>
    state.status === 'blocked' || state.status === 'failed' || state.status === 'cancelled'
      ? transitions.announced(state, longAgo)
      : null,
  replayed: (state) => transitions.replayed(state),
};

interface Step {
  readonly before: Generation;
  readonly after: Generation;
  readonly event: string;
  readonly effects: readonly Effect[];
}

interface Walk {
  readonly end: Generation;
  readonly steps: readonly Step[];
  readonly entries: readonly LedgerEntry[];
}

const paidJob = (generation: Generation) => ({
  owner: generation.owner,
  account: ledgerReference(generation),
  held: heldFor(generation),
});

const open: readonly GenerationStatus[] = ['accepted', 'submitting', 'submitted'];
const isOpen = ({ status }: Generation) => open.includes(status);
const sum = (entries: readonly LedgerEntry[]) => entries.reduce((total, { amount }) => total + amount, 0);

function apply(name: string, state: Generation, images: number): Transition | null {
  try {
    return events[name]?.(state, images) ?? null;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'wrong_state') return null;
    throw error;
  }
}

/** Follows the news as the use cases do: each effect is carried out with the state that is written. */
function follow(everything: readonly (readonly [string, number])[]): Walk {
  let state: Generation = aGeneration({ order: anOrder({ count: 4 }), price: 5 });
  const steps: Step[] = [];
  const entries: LedgerEntry[] = [...hold(paidJob(state))];
  for (const [name, images] of everything) {
    const transition = apply(name, state, images);
    if (transition === null) continue;
    const { next, effects } = transition;
    if (effects.includes('hold')) entries.push(...hold(paidJob(next)));
    if (effects.includes('settle')) entries.push(...settle(paidJob(next), chargedFor(next)));
    steps.push({ before: state, after: next, event: name, effects });
    state = next;
  }
  return { end: state, steps, entries };
}

const rare = ['failed', 'cancelled', 'cutOff'];
const heard = fc.tuple(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...Object.keys(events).filter((name) => !rare.includes(name))) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  ),
  fc.nat({ max: 4 }),
);
const walks = fc.array(heard, { minLength: 20, maxLength: 120, size: 'max' }).map(follow);

describe('whatever is heard of a generation, in whatever order', () => {
  const always = (property: (walk: Walk) => void) =>
    fc.assert(fc.property(walks, property), { numRuns: 200 });

  it('its entries sum to what is charged, and to the whole hold while it is open', () => {
    always(({ end, entries }) => {
      for (let run = 0; run <= end.run; run += 1) {
        const { account } = paidJob({ ...end, run });
        const own = entries.filter(({ kind, reason }) => reason === `${kind}:${account}`);
        const due = run < end.run ? 0 : isOpen(end) ? heldFor(end) : chargedFor(end);
        expect(sum(own) + due).toBe(0);
      }
    });
  });

  it('every run is held for once, settled once when it ends, and told about once', () => {
    always(({ end, steps, entries }) => {
      const reasons = entries.map(({ reason }) => reason);
      expect(new Set(reasons).size).toBe(reasons.length);
      const times = (wanted: Effect) => steps.filter(({ effects }) => effects.includes(wanted)).length;
      const runsOver = end.run + (isOpen(end) ? 0 : 1);
      expect(times('hold')).toBe(end.run);
      expect(times('settle')).toBe(runsOver);
      expect(times('deliver')).toBe(runsOver);
    });
  });

  it('the same news again changes nothing, where it is news of an end', () => {
    always(({ steps }) => {
      for (const { after, event: name } of steps)
        if (!isOpen(after) || name === 'taken') {
          const again = apply(name, after, 2);
          if (again !== null && again.effects.length > 0) expect(name).toBe('replayed');
          if (again !== null && name !== 'replayed') expect(again).toEqual({ next: after, effects: [] });
        }
    });
  });

  it('nothing is undone but by a replay', () => {
    always(({ steps }) => {
      for (const { before, after, event: name } of steps) {
        if (name === 'replayed' || isOpen(before)) continue;
        expect([before.status, 'delivered']).toContain(after.status);
        expect(before.status === after.status || before.status === 'collected').toBe(true);
      }
    });
  });

  it('it is nudged whenever it waits, and cancelled at fal whenever it leaves fal without a result', () => {
    always(({ steps }) => {
      for (const { before, after, effects } of steps) {
        expect(effects.includes('submit')).toBe(after.status === 'accepted');
        const isGivenUp = before.status === 'submitted' && ['failed', 'cancelled'].includes(after.status);
        expect(effects.includes('cancel')).toBe(isGivenUp);
      }
    });
  });

  it('an order is bought again at most once on a doubt', () => {
    always(({ steps }) => {
      let repeated = 0;
      for (const { before, after, event: name } of steps) {
        if (['retired', 'rolledAgain', 'replayed'].includes(name)) repeated = 0;
        const wasDoubtful = before.status === 'submitting' && before.ambiguousAt !== null;
        if (name === 'neverHeard' && wasDoubtful && after.status === 'accepted') repeated += 1;
        expect(repeated).toBeLessThanOrEqual(1);
        expect(after.submits - before.submits).toBe(name === 'next' ? 1 : 0);
      }
    });
  });

  it('the walks come to every state and through every piece of news', () => {
    const seen = new Set<string>();
    for (const { steps } of fc.sample(walks, { numRuns: 300, seed: 1 }))
      for (const { after, event: name } of steps) seen.add(after.status).add(name);
    expect([...seen]).toEqual(
      expect.arrayContaining([...Object.keys(events), ...open, 'collected', 'delivered']),
    );
    expect([...seen]).toEqual(expect.arrayContaining(['blocked', 'failed', 'cancelled']));
  });
});
