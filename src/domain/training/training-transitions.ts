import type { Failure } from '../failure.js';
import {
  basicsOf,
  type EndWithout,
  endedNow,
  maximumDoubts,
  maximumFetchFailures,
  wrongState,
} from '../job.js';
import type { ProofSheet, StoredWeights, Training, TrainingIn, TrainingTransition } from './training.js';

/**
 * The life of a training: `accepted -> submitting -> training -> ready`; ends also `failed`, `cancelled`.
 * Every function is pure. Repeating a finished transition returns the same state and no effects.
 */

type Open = TrainingIn<'accepted' | 'submitting' | 'training'>;

const unchanged = (state: Training): TrainingTransition => ({ next: state, effects: [] });

/** Written before the trainer is called: from here on the training may have been bought. */
export function trainingSubmitting(state: TrainingIn<'accepted'>, now: Date): TrainingIn<'submitting'> {
  const submits = state.submits + 1;
  return { ...basicsOf(state), status: 'submitting', startedAt: now, ambiguousAt: null, submits };
}

/** fal took the job. */
export function trainingBegun(state: Training, ticket: string, now: Date): TrainingTransition {
  switch (state.status) {
    case 'submitting':
      return { next: sent(state, ticket, now), effects: [] };
    case 'training':
    case 'ready':
      return unchanged(state);
    default:
      throw wrongState('training', state, 'training');
  }
}

/** Surely not bought (fal refused the connection, the photos could not be sent): it waits. */
export function trainingPutOff(
  state: TrainingIn<'accepted' | 'submitting'>,
  notBefore: Date,
): TrainingTransition {
  return { next: { ...basicsOf(state), status: 'accepted', notBefore }, effects: ['submit'] };
}

/** The submit ended in doubt: it waits for an event of itself, if there can be any. */
export function trainingInDoubt(state: TrainingIn<'submitting'>, now: Date): TrainingIn<'submitting'> {
  return state.ambiguousAt === null ? { ...state, ambiguousAt: now, doubts: state.doubts + 1 } : state;
}

/** The wait for an event of a doubtful submit is over: buy again, but at most once. */
export function trainingBoughtAgain(state: TrainingIn<'submitting'>, now: Date): TrainingTransition {
  if (state.doubts >= maximumDoubts)
    return trainingFailed(state, { kind: 'lost', detail: `no answer to ${state.doubts} submits` }, now);
  return { next: { ...basicsOf(state), status: 'accepted', notBefore: null }, effects: ['submit'] };
}

/** A submit before the current one brought weights after all: it is the one that counts, and the other is called off. */
export function trainingAdopted(state: Open, ticket: string, now: Date): TrainingTransition {
  return { next: sent(state, ticket, now), effects: state.status === 'training' ? ['cancel'] : [] };
}

/** The result or its weights could not be read whole, or were none: one odd answer is not the training's end. */
export function weightsNotFetched(
  state: TrainingIn<'training'>,
  detail: string,
  now: Date,
): TrainingTransition {
  const fetchFailures = state.fetchFailures + 1;
  if (fetchFailures >= maximumFetchFailures)
    return trainingFailed(state, { kind: 'bad_result', detail }, now);
  return { next: { ...state, fetchFailures }, effects: [] };
}

/** Real weights are in the media store: the only way to become ready, and the only one that is charged. */
export function trainingReady(state: Training, weights: StoredWeights, now: Date): TrainingTransition {
  switch (state.status) {
    case 'training': {
      const { ticket, submittedAt } = state;
      return {
        next: {
          ...basicsOf(state),
          status: 'ready',
          ticket,
          submittedAt,
          weights,
          readyAt: now,
          announcedAt: null,
          proof: { status: 'rendering' },
        },
        effects: ['settle', 'avatar', 'deliver', 'proof'],
      };
    }
    case 'ready':
      return unchanged(state);
    default:
      throw wrongState('training', state, 'ready');
  }
}

/** Work elsewhere ended without weights. */
export const trainingFailed = (state: Training, failure: Failure, now: Date): TrainingTransition =>
  endedWithout(state, { status: 'failed', failure }, now);

/** The user changed their mind. Once the weights are here it is too late: they are theirs. */
export const trainingCancelled = (state: Training, now: Date): TrainingTransition =>
  endedWithout(state, { status: 'cancelled' }, now);

/** The user was told of the end. */
export function trainingAnnounced<State extends TrainingIn<'ready' | 'failed' | 'cancelled'>>(
  state: State,
  now: Date,
): State {
  return state.announcedAt === null ? { ...state, announcedAt: now } : state;
}

/** The sheet is made, or cannot be: `null`. */
export function proofMade(state: TrainingIn<'ready'>, sheet: ProofSheet | null): TrainingTransition {
  if (state.proof.status !== 'rendering') return unchanged(state);
  return sheet === null
    ? { next: { ...state, proof: { status: 'none' } }, effects: [] }
    : { next: { ...state, proof: { status: 'composed', sheet, announcedAt: null } }, effects: ['deliver'] };
}

/** The user has seen the sheet. */
export function proofAnnounced(state: TrainingIn<'ready'>, now: Date): TrainingIn<'ready'> {
  return state.proof.status === 'composed' && state.proof.announcedAt === null
    ? { ...state, proof: { ...state.proof, announcedAt: now } }
    : state;
}

/** What is left of a proof sheet is not waited for any more. */
export function unshown(state: TrainingIn<'ready'>, now: Date): TrainingIn<'ready'> {
  return state.proof.status === 'rendering'
    ? { ...state, proof: { status: 'none' } }
    : proofAnnounced(state, now);
}

const sent = (state: Open, ticket: string, now: Date): TrainingIn<'training'> => ({
  ...basicsOf(state),
  status: 'training',
  ticket,
  submittedAt: now,
  fetchFailures: 0,
});

/** It ends without weights. */
function endedWithout(state: Training, end: EndWithout, now: Date): TrainingTransition {
  switch (state.status) {
    case 'accepted':
    case 'submitting':
    case 'training': {
      const next = { ...basicsOf(state), ...endedNow(state, now), ...end };
      const effects = ['settle', 'avatar', 'deliver'] as const;
      return { next, effects: state.status === 'training' ? [...effects, 'cancel'] : effects };
    }
    case end.status:
      return unchanged(state);
    default:
      throw wrongState('training', state, end.status);
  }
}
