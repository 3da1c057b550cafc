import type { Failure } from '../failure.js';

/** An image as the provider serves it. `url` is short-lived and signed: never logged, never stored for good. */
export interface RemoteImage {
  readonly url: string;
  /** The provider blacked it out as unsafe. */
  readonly flagged: boolean;
}

/** The answer to "what became of this job?". "Could not ask" is not among them: that throws. */
export type Outcome =
  | { readonly kind: 'pending'; readonly phase: 'queued' | 'running'; readonly position: number | null }
  | { readonly kind: 'done'; readonly images: readonly RemoteImage[]; readonly seed: bigint | null }
  | { readonly kind: 'failed'; readonly failure: Failure };
