import type { Order } from '../../domain/generation/order.js';
import type { Outcome } from '../../domain/generation/outcome.js';

export type Pending = Extract<Outcome, { kind: 'pending' }>;

/** The provider has no such job yet, and does not take it just now. */
export interface NotTakenNow {
  readonly kind: 'pending';
  readonly phase: 'waiting';
  readonly position: null;
}

/** Buys images. Implementations: fal's queue; a fake for use-case tests. One contract suite holds for both. */
export interface ImageGenerator {
  /**
   * Hands the order over and returns an opaque ticket: store it before anything else, it is what was paid for.
   * `reference` names our job in the webhook that may follow; `label` is shown by the sandbox only.
   * Throws ProviderError; never retries by itself what may have been bought.
   */
  submit(order: Order, job: { reference: string; label?: string | undefined }): Promise<string>;

  /** Asks once. A failed job is a value; throws ProviderError when the question got no answer. */
  check(ticket: string): Promise<Outcome>;

  /**
   * Asks how far it is, and no more: `null` once it is over; what became of it tells `check`. Throws ProviderError when
   * the question got no answer.
   */
  ask(ticket: string): Promise<Pending | null>;

  /**
   * Live progress until the job is over, then ends; what became of it tells `check`. Ends early, without error,
   * when `signal` aborts or the connection is lost: `check` and call again.
   */
  watch(ticket: string, signal: AbortSignal): AsyncIterable<Pending>;

  /** Asks the provider to stop. Resolves also when it is too late; the job may still finish. */
  cancel(ticket: string): Promise<void>;
}
