import { DomainError } from './errors.js';
import type { Failure } from './failure.js';
import type { UserId } from './ids.js';
import type { Origin } from './origin.js';

/** What generations and trainings have in common: work that is bought from fal, and that ends once. */
export interface JobBasics {
  readonly owner: UserId;
  /** Credits, as it was when the job was accepted: a generation's for each image, a training's for the whole. */
  readonly price: number;
  /**
   * What the whole of it is reckoned to cost at fal, in millionths of a dollar; `null`: nobody knows, or it is of an
   * earlier release. Not what fal bills: that comes with no result.
   */
  readonly cost: number | null;
  readonly origin: Origin;
  readonly createdAt: Date;
  /** Calls to fal that were begun for this job; names each of them in its webhook. */
  readonly submits: number;
  /** How many submits of its current order ended without our learning whether fal took them. */
  readonly doubts: number;
}

export interface Accepted {
  readonly status: 'accepted';
  readonly notBefore: Date | null;
}

export interface Submitting {
  readonly status: 'submitting';
  readonly startedAt: Date;
  readonly ambiguousAt: Date | null;
}

/** What is kept of a job that the provider took. */
export interface Sent {
  /** The provider's handle on the job: stored, never parsed outside its adapter. */
  readonly ticket: string;
  readonly submittedAt: Date;
}

/** What is kept of a job that has ended without a result. */
export interface Ended {
  /** The last ticket, if one was ever had: for cancelling at the provider and for the operator's eyes. */
  readonly ticket: string | null;
  readonly endedAt: Date;
  /** When the user was told; `null` until then. */
  readonly announcedAt: Date | null;
}

/** How a job can end without a result. */
export type EndWithout =
  | { readonly status: 'failed'; readonly failure: Failure }
  | { readonly status: 'cancelled' };

/** From one state to the next, with what has to be carried out in the transaction that writes it. */
export interface TransitionOf<State, Effect> {
  readonly next: State;
  readonly effects: readonly Effect[];
}

/** An order is bought again at most once after a submit that ended in doubt. */
export const maximumDoubts = 2;

/** A result, or a file of it, that stays unreadable is asked for this often. */
export const maximumFetchFailures = 5;

/** What belongs to a state in which a job has not ended yet. */
type OfOpenState = keyof Accepted | keyof Submitting | keyof Sent | 'fetchFailures';

/** Without its state: what a job keeps when it enters another. */
export function basicsOf<State extends { readonly status: string }>(state: State): Omit<State, OfOpenState> {
  const open: State & { readonly [Key in OfOpenState]?: unknown } = state;
  const { status, notBefore, startedAt, ambiguousAt, ticket, submittedAt, fetchFailures, ...basics } = open;
  return basics;
}

/** What a job has once it ended without a result. */
export const endedNow = (state: object, now: Date): Ended => ({
  endedAt: now,
  announcedAt: null,
  ticket: 'ticket' in state && typeof state.ticket === 'string' ? state.ticket : null,
});

export const wrongState = (
  what: 'generation' | 'training',
  { status }: { readonly status: string },
  wanted: string,
): DomainError => new DomainError({ code: 'wrong_state', what, status, wanted });
