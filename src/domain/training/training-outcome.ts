import type { Failure } from '../failure.js';

export interface TrainingPending {
  readonly kind: 'pending';
  readonly phase: 'queued' | 'running';
  /** Jobs in front of it, while queued. */
  readonly position: number | null;
  /** Steps done of `steps`, as the trainer's own log says; `null` while it says nothing. */
  readonly step: number | null;
  readonly steps: number | null;
}

/** The weights as the provider serves them. `url` is public to whoever knows it: never logged. */
export interface RemoteWeights {
  readonly url: string;
  /** As announced; `null` when nothing was. */
  readonly bytes: number | null;
}

/** The answer to "what became of this training?". "Could not ask" is not among them: that throws. */
export type TrainingOutcome =
  | TrainingPending
  | { readonly kind: 'done'; readonly weights: RemoteWeights }
  | { readonly kind: 'failed'; readonly failure: Failure };
