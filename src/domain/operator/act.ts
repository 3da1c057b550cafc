import type { GenerationId, TrainingId, UserId } from '../ids.js';
import type { AdmissionState } from './admission.js';
import type { CaseKind, Decision, ReportCategory } from './case.js';

/** Who acts: an operator by their Telegram id, or whoever has a shell on this machine. */
export type Operator = UserId | 'cli';

/** A job, whichever kind it is of. */
export type JobNamed =
  | { readonly kind: 'generation'; readonly id: GenerationId }
  | { readonly kind: 'training'; readonly id: TrainingId };

/** What is kept of each kind of act, beside whom it was done to and why. Each kind is a word of its own for good. */
export interface ActDetails {
  readonly grant: { readonly credits: number };
  readonly 'take-back': { readonly credits: number; readonly entry: string };
  /** Credits that went with the Stars. */
  readonly refund: { readonly charge: string; readonly stars: number; readonly credits: number };
  /** A payment for an unknown offer is worth so many credits. */
  readonly 'payment-settle': { readonly charge: string; readonly stars: number; readonly credits: number };
  /** A refund without an answer is asked for no more; so many credits came back. */
  readonly 'refund-stop': { readonly charge: string; readonly stars: number; readonly credits: number };
  readonly block: Readonly<Record<string, never>>;
  readonly unblock: Readonly<Record<string, never>>;
  readonly message: Readonly<Record<string, never>>;
  readonly broadcast: { readonly id: string; readonly people: number };
  readonly 'broadcast-stop': { readonly id: string; readonly left: number };
  readonly 'promo-create': {
    readonly code: string;
    readonly credits: number | null;
    /** `undefined` where an earlier release wrote it: there were only credits. */
    readonly percent?: number | null;
  };
  readonly 'promo-end': { readonly code: string };
  readonly access: { readonly decision: Exclude<AdmissionState, 'asked'> };
  readonly 'access-link': { readonly code: string; readonly uses: number };
  readonly 'access-link-end': { readonly code: string };
  /** What had been spent, in millionths of a dollar. */
  readonly 'budget-reset': { readonly day: number; readonly month: number };
  readonly 'picture-limit': { readonly pictures: number | null };
  readonly 'access-open': Readonly<Record<string, never>>;
  /** Looked at what somebody wrote, made or sent. */
  readonly 'case-open': { readonly about: CaseKind };
  readonly 'case-decide': {
    readonly about: CaseKind;
    readonly decision: Decision;
    readonly category: ReportCategory | null;
  };
  /** It was tried again, with a hold of so many credits. */
  readonly 'job-replay': { readonly job: JobNamed; readonly credits: number };
  /** It was taken off the list of those given up; so many credits were still held, and went back. */
  readonly 'job-give-back': { readonly job: JobNamed; readonly credits: number };
  readonly 'endpoint-restore': { readonly endpoint: string };
}

export type ActKind = keyof ActDetails;

/** Something that an operator did to a person, to money or to the bot. */
export type OperatorAct = {
  readonly [Kind in ActKind]: {
    readonly at: Date;
    readonly admin: Operator;
    readonly act: Kind;
    /** Whom or what it was done to; a person by their id. */
    readonly subject: string | null;
    /** In the operator's own words. */
    readonly why: string | null;
    readonly details: ActDetails[Kind];
  };
}[ActKind];

/** One that is kept, with its number: a later one has a greater one. */
export type KeptAct = OperatorAct & { readonly id: number };
