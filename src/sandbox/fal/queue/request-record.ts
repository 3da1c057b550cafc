import { infrastructureError, type JobError } from '../fal-error.js';

/** Pictures to be drawn from the request itself, whenever somebody asks for one. */
export interface PicturesOutcome {
  readonly kind: 'pictures';
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly format: 'jpeg' | 'png';
  /** One per picture; a flagged one is drawn black. */
  readonly flagged: readonly boolean[];
  /** What the answer says about that instead. */
  readonly oddFlags?: readonly unknown[];
  /** How much is kept of the picture that was sent in, 0-1; without it there was none. */
  readonly kept?: number;
  /** The answer has one picture, not a list. */
  readonly form?: 'image';
  /** What each of several LoRAs was trained to be called. */
  readonly names?: readonly string[];
}

/** A kept copy of the picture that was sent in, to be enlarged on demand. */
export interface UpscaledOutcome {
  readonly kind: 'upscaled';
  readonly seed: number;
  readonly width: number;
  readonly height: number;
}

/** LoRA weights to be written from the request on demand. */
export interface WeightsOutcome {
  readonly kind: 'weights';
  readonly seed: number;
  readonly steps: number;
  readonly trigger: string;
  readonly pictures: number;
}

interface TextOutcome {
  readonly kind: 'text';
  readonly output: string;
}

export type JobOutput = PicturesOutcome | UpscaledOutcome | WeightsOutcome | TextOutcome;
/** Known at submit already: everything later is computed from it and from the clock. */
export type JobOutcome = JobOutput | JobError;

/** One request as it stands in `requests/<id>.json`. Written at submit, again only when it is cancelled. */
export interface RequestRecord {
  readonly id: string;
  /** With its sub-path, e.g. `fal-ai/flux-pro/finetuned`. */
  readonly endpoint: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The `x-` headers of the submit, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly webhookUrl?: string;
  /** Milliseconds since 1970, as all times here. */
  readonly submittedAt: number;
  readonly startAt: number;
  /** `null`: it never ends by itself. */
  readonly endAt: number | null;
  readonly cancelledAt?: number;
  /** How long output files live after the end; without it they stay. */
  readonly filesLiveMilliseconds?: number;
  readonly outcome: JobOutcome;
}

export type Stage = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED';

export function stageOf(record: RequestRecord, now: number): Stage {
  if (record.cancelledAt !== undefined) return 'COMPLETED';
  if (now < record.startAt) return 'IN_QUEUE';
  return record.endAt === null || now < record.endAt ? 'IN_PROGRESS' : 'COMPLETED';
}

/** When it ended or will end; `null` when it never will. */
export function endOf(record: RequestRecord): number | null {
  return record.cancelledAt ?? record.endAt;
}

/** fal answers 499 for a job that its owner cancelled. */
export function outcomeOf(record: RequestRecord): JobOutcome {
  return record.cancelledAt === undefined
    ? record.outcome
    : infrastructureError(499, 'client_cancelled', 'Request was cancelled by the client');
}

export function isJobError(outcome: JobOutcome): outcome is JobError {
  return outcome.kind === 'model-error' || outcome.kind === 'infrastructure-error';
}

/** `owner/alias`: all that fal looks at in the paths of status, result and cancel. */
export function applicationOf(endpoint: string): string {
  return endpoint.split('/').slice(0, 2).join('/');
}
