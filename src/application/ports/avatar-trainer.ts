import type { TrainingOrder } from '../../domain/training/training-order.js';
import type { TrainingOutcome, TrainingPending } from '../../domain/training/training-outcome.js';

/** Buys trainings. Implementations: fal's queue; a fake for use-case tests. One contract suite holds for both. */
export interface AvatarTrainer {
  /**
   * Packs photos (JPEG, without metadata) into an archive and puts it where the trainer finds it, for hours only.
   * Buys nothing. Returns its address. Throws ProviderError `not_uploaded`, `refused` or `no_access`.
   */
  upload(photos: readonly Uint8Array[]): Promise<string>;

  /**
   * Hands the order over and returns an opaque ticket: store it before anything else, it is what was paid for.
   * `reference` names our job in the webhook that may follow. Throws ProviderError; never retries by itself.
   */
  submit(order: TrainingOrder, archive: string, job: { reference: string }): Promise<string>;

  /** Asks once. A failed job is a value; throws ProviderError (`not_taken`) when the question got no answer. */
  check(ticket: string): Promise<TrainingOutcome>;

  /**
   * Asks how far it is, and no more: `null` once it is over; what became of it tells `check`. Throws ProviderError when
   * the question got no answer.
   */
  ask(ticket: string): Promise<TrainingPending | null>;

  /** Asks the provider to stop. Resolves also when it is too late; the job may still finish. */
  cancel(ticket: string): Promise<void>;
}
