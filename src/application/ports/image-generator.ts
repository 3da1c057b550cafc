import type { Order } from '../../domain/generation/order.js';
import type { Outcome } from '../../domain/generation/outcome.js';

/**
 * Why a question to the provider got no answer; the only thing these methods throw for reasons outside.
 * `not_taken`: the job surely was not accepted, safe to try again. `in_doubt`: it may have been.
 * `no_access`: key refused or no money; the operator has to act. `endpoint_gone`: 404 for the endpoint itself, or for
 * the job that was asked about.
 * `refused`: the input was refused at once, trying again is useless. `not_uploaded`: a file that the order needs could
 * not be put where the provider finds it; nothing was bought.
 */
export type ProviderTrouble =
  | 'not_taken'
  | 'in_doubt'
  | 'no_access'
  | 'endpoint_gone'
  | 'refused'
  | 'not_uploaded';

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly #detail: string;

  /**
   * @param message goes into logs: nothing of the provider's own text, which may repeat the prompt
   * @param retryAfter seconds the provider asked us to wait (`Retry-After`), if it did
   */
  constructor(
    readonly trouble: ProviderTrouble,
    message: string,
    readonly retryAfter: number | null = null,
    { detail, ...options }: ErrorOptions & { readonly detail?: string } = {},
  ) {
    super(message, options);
    this.#detail = detail ?? message;
  }

  /** What it said, in its own words: for the job's row, which the operator reads, never for a log. */
  get detail(): string {
    return this.#detail;
  }
}

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
   * Live news until the job is over, then ends; what became of it tells `check`. Ends early, without error,
   * when `signal` aborts or the connection is lost: `check` and call again.
   */
  watch(ticket: string, signal: AbortSignal): AsyncIterable<Pending>;

  /** Asks the provider to stop. Resolves also when it is too late; the job may still finish. */
  cancel(ticket: string): Promise<void>;
}
