import { describe, expect, it } from 'vitest';
import {
  type Training,
  type TrainingStatus,
  trainingStatuses,
} from '../../../src/domain/training/training.js';
import {
  proofMade,
  trainingBegun,
  trainingBoughtAgain,
  trainingCancelled,
  trainingFailed,
  trainingInDoubt,
  trainingPutOff,
  trainingReady,
  trainingSubmitting,
  weightsNotFetched,
} from '../../../src/domain/training/training-transitions.js';
import { aTraining, someWeights } from '../../support/builders/a-training.js';
import { secondsLater } from '../../support/builders/ids.js';

const now = secondsLater(100);
const failure = { kind: 'provider_error', detail: 'a 500' } as const;
const over: readonly TrainingStatus[] = ['ready', 'failed', 'cancelled'];

describe('the states of a training', () => {
  it('go from the photos to the weights', () => {
    const submitting = trainingSubmitting(aTraining(), now);
    expect(submitting).toMatchObject({ status: 'submitting', submits: 1, ambiguousAt: null });
    const begun = trainingBegun(submitting, 't', now);
    expect(begun).toMatchObject({ next: { status: 'training', ticket: 't' }, effects: [] });
    const { next, effects } = trainingReady(begun.next, someWeights, now);
    expect(next).toMatchObject({ status: 'ready', weights: someWeights, proof: { status: 'rendering' } });
    expect(effects).toEqual(['settle', 'avatar', 'deliver', 'proof']);
  });

  it.each(trainingStatuses.filter((status) => status !== 'training' && status !== 'ready'))(
    'cannot become ready out of %s',
    (status) => {
      expect(() => trainingReady(aTraining<TrainingStatus>({ status }), someWeights, now)).toThrow();
    },
  );

  it.each([
    ['ready', (state: Training) => trainingReady(state, someWeights, now)],
    ['training', (state: Training) => trainingBegun(state, 'again', now)],
    ['failed', (state: Training) => trainingFailed(state, failure, now)],
    ['cancelled', (state: Training) => trainingCancelled(state, now)],
  ] as const)('stay as they are when %s is told twice', (status, transition) => {
    const state = aTraining<TrainingStatus>({ status });
    expect(transition(state)).toEqual({ next: state, effects: [] });
  });

  it.each(['accepted', 'submitting', 'training'] as const)('release what was held when %s ends', (status) => {
    const state = aTraining<TrainingStatus>({ status });
    for (const { next, effects } of [trainingFailed(state, failure, now), trainingCancelled(state, now)]) {
      expect(next).toMatchObject({ endedAt: now, announcedAt: null });
      expect(effects.slice(0, 3)).toEqual(['settle', 'avatar', 'deliver']);
      expect(effects.includes('cancel')).toBe(status === 'training');
    }
  });

  it.each(over)('neither fail nor are cancelled after %s, unless they were', (status) => {
    const state = aTraining<TrainingStatus>({ status });
    if (status !== 'failed') expect(() => trainingFailed(state, failure, now)).toThrow();
    if (status !== 'cancelled') expect(() => trainingCancelled(state, now)).toThrow();
  });

  it('are bought again once after a doubt', () => {
    const doubt = trainingInDoubt(aTraining({ status: 'submitting' }), now);
    expect(trainingInDoubt(doubt, secondsLater(200))).toBe(doubt);
    expect(trainingBoughtAgain(doubt, now)).toMatchObject({
      next: { status: 'accepted' },
      effects: ['submit'],
    });
    const second = { ...doubt, doubts: 2 };
    expect(trainingBoughtAgain(second, now).next).toMatchObject({
      status: 'failed',
      failure: { kind: 'lost' },
    });
  });

  it('wait when they were surely not bought', () => {
    const { next } = trainingPutOff(aTraining({ status: 'submitting' }), secondsLater(130));
    expect(next).toMatchObject({ status: 'accepted', notBefore: secondsLater(130) });
  });

  it('fail when the weights cannot be fetched five times', () => {
    let state = aTraining({ status: 'training' });
    for (let time = 1; time < 5; time += 1) {
      const { next } = weightsNotFetched(state, 'cut', now);
      if (next.status !== 'training') throw new Error('too soon');
      state = next;
    }
    expect(weightsNotFetched(state, 'cut', now).next).toMatchObject({ failure: { kind: 'bad_result' } });
  });

  it('have one proof sheet', () => {
    const none = proofMade(aTraining({ status: 'ready' }), null).next;
    if (none.status !== 'ready') throw new Error('it stays ready');
    expect(proofMade(none, null)).toEqual({ next: none, effects: [] });
  });
});
