import type { UserId } from '../ids.js';
import type { Origin } from '../origin.js';
import { secondsAfter } from '../time.js';
import type { JobNamed, KeptAct, Operator } from './act.js';
import type { BroadcastTexts } from './broadcast.js';

/** What is to be done for one person. */
export type PersonalAct =
  | {
      readonly act: 'grant' | 'take-back';
      readonly user: UserId;
      readonly credits: number;
      readonly why: string;
    }
  | {
      readonly act: 'refund' | 'refund-stop';
      readonly user: UserId;
      readonly charge: string;
      readonly why: string | null;
    }
  | {
      readonly act: 'payment-settle';
      readonly user: UserId;
      readonly charge: string;
      readonly credits: number;
      readonly why: string;
    }
  | { readonly act: 'block'; readonly user: UserId; readonly why: string | null }
  /** `message`: how the way in names what is to be sent. */
  | { readonly act: 'message'; readonly user: UserId; readonly message: string };

/** What an operator was shown with its numbers, and may confirm. */
export type IntendedAct =
  | PersonalAct
  | IntendedJobAct
  | { readonly act: 'budget-reset' | 'access-open' }
  | IntendedBroadcast
  | { readonly act: 'promo-create'; readonly terms: IntendedPromo }
  | IntendedCaseBlock
  | IntendedEnd;

export interface IntendedBroadcast {
  readonly act: 'broadcast';
  readonly message: Origin;
  /** Missing in what earlier releases kept. */
  readonly translations?: BroadcastTexts['translations'] | undefined;
}

export interface IntendedPromo {
  readonly credits?: number | undefined;
  /** Instead of credits. */
  readonly percent?: number | undefined;
  readonly uses?: number | undefined;
  /** A day, its last one: `2027-01-31`. */
  readonly until?: string | undefined;
  readonly code?: string | undefined;
}

/** With a job that was given up, and so many credits: to be held, or to go back. */
export interface IntendedJobAct {
  readonly act: 'job-replay' | 'job-give-back';
  readonly user: UserId;
  readonly job: JobNamed;
  readonly credits: number;
}

/** Whoever shared what was reported is blocked. */
export interface IntendedCaseBlock {
  readonly act: 'case-block';
  /** A UUID. */
  readonly case: string;
  readonly person: UserId;
  readonly why: string | null;
}

/** No more of what was handed out works: a promo code, or a link that lets people in. */
export interface IntendedEnd {
  readonly act: 'promo-end' | 'access-link-end';
  readonly code: string;
}

export const isJobAct = (intended: IntendedAct): intended is IntendedJobAct => 'job' in intended;

/** The button that confirms names the intent alone: what a button says comes from whoever taps it. */
export interface Intent {
  /** A UUID. */
  readonly id: string;
  /** Nobody else can confirm it. */
  readonly admin: Operator;
  readonly act: IntendedAct;
  readonly madeAt: Date;
}

/** Whether what was done is what an operator is asked about here: then there is nothing left to confirm. */
export function isSameMatter(intended: IntendedAct, done: KeptAct): boolean {
  const of = (name: 'charge' | 'code') => Reflect.get(done.details, name) as unknown;
  switch (intended.act) {
    case 'grant':
    case 'take-back':
    case 'block':
      return done.act === intended.act && done.subject === intended.user;
    case 'refund':
    case 'refund-stop':
    case 'payment-settle':
      return of('charge') === intended.charge;
    case 'job-replay':
    case 'job-give-back':
      return 'job' in done.details && done.details.job.id === intended.job.id;
    case 'budget-reset':
    case 'access-open':
      return done.act === intended.act;
    case 'promo-end':
    case 'access-link-end':
      return done.act === intended.act && of('code') === intended.code;
    // Two may write to the same people or make two codes, and a case is decided once by itself.
    case 'message':
    case 'broadcast':
    case 'promo-create':
    case 'case-block':
      return false;
    default:
      return intended satisfies never;
  }
}

const validMinutes = 15;

/** What was made before then is shown with numbers that may have changed. */
export const stillValid = (now: Date): Date => secondsAfter(now, -validMinutes * 60);
