import type { Outcome } from '../../domain/generation/outcome.js';

/** A webhook whose signature, age and address were all found right. */
export interface ProviderEvent {
  /** The `reference` that was given to submit. */
  readonly reference: string;
  readonly requestId: string;
  readonly ticket: string;
  /** What it says became of the job; `null` when it could not carry the result: ask. */
  readonly outcome: Exclude<Outcome, { kind: 'pending' }> | null;
}

export interface ProviderWebhooks {
  /**
   * Judges address and headers first and reads the body only when they are right; then checks the request over its
   * raw bytes, before parsing them. Returns the reason when it is to be refused. Throws what `body` throws, and when it
   * could not be judged (the provider's keys are out of reach): answer 503, it comes again.
   */
  verify(request: {
    query: URLSearchParams;
    header(name: string): string | undefined;
    body(): Promise<Uint8Array>;
  }): Promise<{ accepted: true; event: ProviderEvent } | { accepted: false; reason: string }>;
}
