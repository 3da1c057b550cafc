import type { Failure } from '../failure.js';
import {
  basicsOf,
  type EndWithout,
  endedNow,
  maximumDoubts,
  maximumFetchFailures,
  wrongState,
} from '../job.js';
import type { Collected, Generation, GenerationIn, Transition } from './generation.js';
import type { Order } from './order.js';

/**
 * The life of a generation:
 * `accepted -> submitting -> submitted -> collected -> delivered`; ends also `blocked`, `failed`, `cancelled`.
 * Every function is pure. Repeating a finished transition returns the same state and no effects, because
 * webhooks, streams and polls all report the same event.
 */

const unchanged = (state: Generation): Transition => ({ next: state, effects: [] });

type Open = GenerationIn<'accepted' | 'submitting' | 'submitted'>;

/** Written before fal is called: from here on the image may have been bought. */
export function submitting(state: GenerationIn<'accepted'>, now: Date): GenerationIn<'submitting'> {
  const submits = state.submits + 1;
  return { ...basicsOf(state), status: 'submitting', startedAt: now, ambiguousAt: null, submits };
}

/** fal took the job. */
export function submitted(state: Generation, ticket: string, now: Date): Transition {
  switch (state.status) {
    case 'submitting':
      return { next: sent(state, ticket, now), effects: [] };
    case 'submitted':
    case 'collected':
    case 'delivered':
      return unchanged(state);
    default:
      throw wrongState('generation', state, 'submitted');
  }
}

/** fal surely did not take the job (connection refused, 429, 503, no money): it goes back to wait. */
export function notBought(state: GenerationIn<'submitting'>, notBefore: Date): Transition {
  return { next: { ...backToAccepted(state), notBefore }, effects: ['submit'] };
}

/** The submit ended in doubt: it waits for an event of itself, if there can be any. */
export function maybeBought(state: GenerationIn<'submitting'>, now: Date): Transition {
  if (state.ambiguousAt !== null) return unchanged(state);
  return { next: { ...state, ambiguousAt: now, doubts: state.doubts + 1 }, effects: [] };
}

/** The wait for an event of a doubtful submit is over: buy again, but at most once. */
export function buyAgain(state: GenerationIn<'submitting'>, now: Date): Transition {
  if (state.doubts >= maximumDoubts)
    return failed(state, { kind: 'lost', detail: `no answer to ${state.doubts} submits` }, now);
  return { next: backToAccepted(state), effects: ['submit'] };
}

/** A submit before the current one brought images after all: it is the one that counts, and the other is called off. */
export function adopted(state: Open, ticket: string, now: Date): Transition {
  return { next: sent(state, ticket, now), effects: state.status === 'submitted' ? ['cancel'] : [] };
}

/** The endpoint is retired; the same request goes to another one. */
export function rerouted(
  state: GenerationIn<'submitting' | 'submitted'>,
  order: Order,
  cost = state.cost,
): Transition {
  return { next: { ...backToAccepted(state), order, cost, doubts: 0 }, effects: ['submit'] };
}

/** A new try with a changed order: another seed after a blocked picture, weights uploaded again. */
export function rerolled(state: GenerationIn<'submitted'>, order: Order): Transition {
  const { next, effects } = rerouted(state, order);
  return { next: { ...next, rerolls: state.rerolls + 1 }, effects };
}

/** The result, or one of its files, could not be read whole: one odd answer is not the job's end. */
export function fetchFailed(state: GenerationIn<'submitted'>, detail: string, now: Date): Transition {
  const fetchFailures = state.fetchFailures + 1;
  if (fetchFailures >= maximumFetchFailures) return failed(state, { kind: 'bad_result', detail }, now);
  return { next: { ...state, fetchFailures }, effects: [] };
}

/** The images are in the media store. With none left to show the job is `blocked` and costs nothing. */
export function collected(state: Generation, result: Collected, now: Date): Transition {
  switch (state.status) {
    case 'submitted': {
      if (result.imageCount === 0)
        return {
          next: { ...basicsOf(state), ...endedNow(state, now), status: 'blocked' },
          effects: ['settle', 'deliver'],
        };
      return {
        next: { ...state, ...result, status: 'collected', collectedAt: now },
        effects: ['settle', 'deliver'],
      };
    }
    case 'collected':
    case 'delivered':
    case 'blocked':
      return unchanged(state);
    default:
      throw wrongState('generation', state, 'collected');
  }
}

/** The transport has handed the images over. */
export function delivered(state: Generation, now: Date): Transition {
  switch (state.status) {
    case 'collected':
      return { next: { ...state, status: 'delivered', deliveredAt: now }, effects: [] };
    case 'delivered':
      return unchanged(state);
    default:
      throw wrongState('generation', state, 'delivered');
  }
}

/** No chat takes the images. They stay in the gallery, and what was charged for them comes back. */
export function undeliverable(state: GenerationIn<'collected'>, detail: string, now: Date): Transition {
  const { collectedAt: _, submittedAt: __, imageCount: ___, flagged: ____, seed: _____, ...rest } = state;
  const failure: Failure = { kind: 'undeliverable', detail };
  return {
    next: { ...rest, status: 'failed', failure, endedAt: now, announcedAt: now },
    effects: ['refund'],
  };
}

/** Work elsewhere ended without a result. */
export const failed = (state: Generation, failure: Failure, now: Date): Transition =>
  endedWithout(state, { status: 'failed', failure }, now);

/** The user changed their mind. Once images are here it is too late: they are theirs. */
export const cancelled = (state: Generation, now: Date): Transition =>
  endedWithout(state, { status: 'cancelled' }, now);

/** The user was told of an end without images. */
export function announced(state: GenerationIn<'blocked' | 'failed' | 'cancelled'>, now: Date): Transition {
  return state.announcedAt === null
    ? { next: { ...state, announcedAt: now }, effects: [] }
    : unchanged(state);
}

/** The operator replays a dead job: a new run, a new hold. */
export function replayed(state: Generation): Transition {
  if (state.status !== 'failed' && state.status !== 'blocked')
    throw wrongState('generation', state, 'accepted');
  const { endedAt: _, announcedAt: __, ticket: ___, ...ended } = state;
  const { failure: ____, ...rest } = { failure: null, ...ended };
  return {
    next: { ...rest, status: 'accepted', notBefore: null, doubts: 0, rerolls: 0, run: state.run + 1 },
    effects: ['hold', 'submit'],
  };
}

const backToAccepted = (state: Open): GenerationIn<'accepted'> => ({
  ...basicsOf(state),
  status: 'accepted',
  notBefore: null,
});

const sent = (state: Open, ticket: string, now: Date): GenerationIn<'submitted'> => ({
  ...basicsOf(state),
  status: 'submitted',
  ticket,
  submittedAt: now,
  fetchFailures: 0,
});

/** It ends without images. */
function endedWithout(state: Generation, end: EndWithout, now: Date): Transition {
  switch (state.status) {
    case 'accepted':
    case 'submitting':
    case 'submitted': {
      const next = { ...basicsOf(state), ...endedNow(state, now), ...end };
      const effects = ['settle', 'deliver'] as const;
      return { next, effects: state.status === 'submitted' ? [...effects, 'cancel'] : effects };
    }
    case end.status:
      return unchanged(state);
    default:
      throw wrongState('generation', state, end.status);
  }
}
