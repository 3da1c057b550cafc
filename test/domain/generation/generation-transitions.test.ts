import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/domain/errors.js';
import {
  type Effect,
  type Generation,
  type GenerationStatus,
  generationStatuses,
  type Transition,
} from '../../../src/domain/generation/generation.js';
import {
  announced,
  buyAgain,
  cancelled,
  collected,
  delivered,
  failed,
  fetchFailed,
  maybeBought,
  notBought,
  replayed,
  rerolled,
  rerouted,
  submitted,
  submitting,
} from '../../../src/domain/generation/generation-transitions.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { anOrder } from '../../support/builders/an-order.js';
import { secondsLater } from '../../support/builders/ids.js';

const now = secondsLater(60);
const failure = { kind: 'timeout', detail: 'too slow' } as const;
const twoImages = { imageCount: 2, flagged: 1, seed: 7n };
const noImages = { imageCount: 0, flagged: 1, seed: 7n };

/** `same`: nothing changes and nothing is to be done. `refused`: throws `wrong_state`. */
type Expected = 'same' | 'refused' | readonly [GenerationStatus, ...Effect[]];
type Table = Readonly<Record<GenerationStatus, Expected>>;

const transitions: readonly [string, (state: Generation) => Transition, Table][] = [
  [
    'fal took it',
    (state) => submitted(state, 'new ticket', now),
    {
      accepted: 'refused',
      submitting: ['submitted'],
      submitted: 'same',
      collected: 'same',
      delivered: 'same',
      blocked: 'refused',
      failed: 'refused',
      cancelled: 'refused',
    },
  ],
  [
    'images came',
    (state) => collected(state, twoImages, now),
    {
      accepted: 'refused',
      submitting: 'refused',
      submitted: ['collected', 'settle', 'deliver'],
      collected: 'same',
      delivered: 'same',
      blocked: 'same',
      failed: 'refused',
      cancelled: 'refused',
    },
  ],
  [
    'all images were withheld',
    (state) => collected(state, noImages, now),
    {
      accepted: 'refused',
      submitting: 'refused',
      submitted: ['blocked', 'settle', 'deliver'],
      collected: 'same',
      delivered: 'same',
      blocked: 'same',
      failed: 'refused',
      cancelled: 'refused',
    },
  ],
  [
    'it was handed over',
    (state) => delivered(state, now),
    {
      accepted: 'refused',
      submitting: 'refused',
      submitted: 'refused',
      collected: ['delivered'],
      delivered: 'same',
      blocked: 'refused',
      failed: 'refused',
      cancelled: 'refused',
    },
  ],
  [
    'it failed',
    (state) => failed(state, failure, now),
    {
      accepted: ['failed', 'settle', 'deliver'],
      submitting: ['failed', 'settle', 'deliver'],
      submitted: ['failed', 'settle', 'deliver', 'cancel'],
      collected: 'refused',
      delivered: 'refused',
      blocked: 'refused',
      failed: 'same',
      cancelled: 'refused',
    },
  ],
  [
    'the user called it off',
    (state) => cancelled(state, now),
    {
      accepted: ['cancelled', 'settle', 'deliver'],
      submitting: ['cancelled', 'settle', 'deliver'],
      submitted: ['cancelled', 'settle', 'deliver', 'cancel'],
      collected: 'refused',
      delivered: 'refused',
      blocked: 'refused',
      failed: 'refused',
      cancelled: 'same',
    },
  ],
  [
    'the operator replays it',
    (state) => replayed(state),
    {
      accepted: 'refused',
      submitting: 'refused',
      submitted: 'refused',
      collected: 'refused',
      delivered: 'refused',
      blocked: ['accepted', 'hold', 'submit'],
      failed: ['accepted', 'hold', 'submit'],
      cancelled: 'refused',
    },
  ],
];

const cases = transitions.flatMap(([event, apply, table]) =>
  generationStatuses.map((status) => ({ event, apply, status, expected: table[status] })),
);

describe('a generation', () => {
  it.each(cases)('that is $status, when $event: $expected', ({ apply, status, expected }) => {
    const state: Generation = aGeneration({ status });
    const before = structuredClone(state);
    if (expected === 'refused') {
      expect(() => apply(state)).toThrow(DomainError);
      expect(() => apply(state)).toThrow(`The generation is ${status}`);
    } else if (expected === 'same') {
      expect(apply(state)).toEqual({ next: state, effects: [] });
      expect(apply(state).next).toBe(state);
    } else {
      const [next, ...effects] = expected;
      expect(apply(state)).toMatchObject({ next: { status: next }, effects });
    }
    expect(state).toStrictEqual(before);
  });

  it('has each submit counted before fal is called', () => {
    const state = aGeneration({ submits: 2, notBefore: secondsLater(1) });
    const { notBefore: _, ...rest } = state;
    expect(submitting(state, now)).toStrictEqual({
      ...rest,
      status: 'submitting',
      startedAt: now,
      ambiguousAt: null,
      submits: 3,
    });
  });

  it('keeps the ticket that fal gave', () => {
    const { next } = submitted(aGeneration({ status: 'submitting' }), 'ticket', now);
    expect(next).toMatchObject({ ticket: 'ticket', submittedAt: now, fetchFailures: 0 });
    expect(next).not.toHaveProperty('startedAt');
  });

  it('waits in line again when fal surely did not take it', () => {
    const state = aGeneration({ status: 'submitting', submits: 2, doubts: 1 });
    const { next, effects } = notBought(state, secondsLater(90));
    expect(next).toMatchObject({ status: 'accepted', notBefore: secondsLater(90), submits: 2, doubts: 1 });
    expect(effects).toEqual(['submit']);
  });

  it('is in doubt once per submit', () => {
    const { next, effects } = maybeBought(aGeneration({ status: 'submitting' }), now);
    expect(next).toMatchObject({ status: 'submitting', ambiguousAt: now, doubts: 1 });
    expect(effects).toEqual([]);
    if (next.status !== 'submitting') throw new Error('it is');
    expect(maybeBought(next, secondsLater(99))).toEqual({ next, effects: [] });
  });

  it('is bought again after the first doubt, and given up after the second', () => {
    const doubtful = aGeneration({ status: 'submitting', ambiguousAt: now, doubts: 1 });
    expect(buyAgain(doubtful, now)).toMatchObject({
      next: { status: 'accepted', notBefore: null, doubts: 1 },
      effects: ['submit'],
    });
    expect(buyAgain({ ...doubtful, doubts: 2 }, now)).toMatchObject({
      next: { status: 'failed', failure: { kind: 'lost' } },
      effects: ['settle', 'deliver'],
    });
  });

  it.each(['submitting', 'submitted'] as const)('goes with another order when %s', (status) => {
    const order = anOrder({ seed: 99 });
    const { next, effects } = rerouted(aGeneration({ status, doubts: 1, rerolls: 0 }), order);
    expect(next).toMatchObject({ status: 'accepted', order, doubts: 0, rerolls: 0, notBefore: null });
    expect(next).not.toHaveProperty('ticket');
    expect(effects).toEqual(['submit']);
  });

  it('counts how often it was rolled again', () => {
    const { next } = rerolled(aGeneration({ status: 'submitted', rerolls: 1 }), anOrder({ seed: 99 }));
    expect(next).toMatchObject({ status: 'accepted', order: { seed: 99 }, rerolls: 2 });
  });

  it('is fetched five times before its files are given up', () => {
    let state: Generation = aGeneration({ status: 'submitted' });
    const effects: Effect[] = [];
    for (let time = 1; time <= 5; time += 1) {
      if (state.status !== 'submitted') throw new Error(`given up after ${time - 1}`);
      const transition = fetchFailed(state, 'cut off', now);
      state = transition.next;
      effects.push(...transition.effects);
    }
    expect(state).toMatchObject({ status: 'failed', failure: { kind: 'bad_result', detail: 'cut off' } });
    expect(effects).toEqual(['settle', 'deliver', 'cancel']);
  });

  it('keeps what came', () => {
    const { next } = collected(aGeneration({ status: 'submitted' }), twoImages, now);
    expect(next).toMatchObject({ ...twoImages, ticket: 'ticket-1', collectedAt: now });
    expect(delivered(next, secondsLater(61)).next).toMatchObject({
      ...twoImages,
      collectedAt: now,
      deliveredAt: secondsLater(61),
    });
  });

  it.each([
    ['failed', (state: Generation) => failed(state, failure, now)],
    ['cancelled', (state: Generation) => cancelled(state, now)],
    ['blocked', (state: Generation) => collected(state, noImages, now)],
  ])('keeps the last ticket when it ends %s', (_, end) => {
    expect(end(aGeneration({ status: 'submitted' })).next).toMatchObject({
      ticket: 'ticket-1',
      endedAt: now,
      announcedAt: null,
    });
  });

  it.each(['blocked', 'failed', 'cancelled'] as const)('that is %s is announced once', (status) => {
    const { next, effects } = announced(aGeneration({ status }), now);
    expect(next).toMatchObject({ status, announcedAt: now });
    expect(effects).toEqual([]);
    if (next.status !== status) throw new Error('it stays');
    expect(announced(next, secondsLater(99))).toEqual({ next, effects: [] });
  });

  it.each(['blocked', 'failed'] as const)('that was %s starts over as new when replayed', (status) => {
    const { next } = replayed(
      aGeneration({ status, doubts: 2, rerolls: 1, run: 3, submits: 4, announcedAt: now }),
    );
    const fresh = aGeneration({ id: next.id, run: 4, submits: 4 });
    expect(next).toStrictEqual(fresh);
  });
});
