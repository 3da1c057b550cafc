import type { FailureKind } from '../../domain/failure.js';
import type { GenerationStatus } from '../../domain/generation/generation.js';

/** What the use cases count. Gauges (states, queue depth, ledger totals) are read from the database instead. */
export interface Metrics {
  accepted(transport: string): void;
  /** `seconds` spent in the state that was left. */
  left(status: GenerationStatus, seconds: number): void;
  failed(kind: FailureKind): void;
  /** A submit that may or may not have bought an image. */
  ambiguousSubmit(): void;
  /** A submit repeated after such a doubt: at most this many images were paid for twice. */
  boughtAgain(): void;
  /** Of what was bought twice the first purchase came after all, and the second was called off. */
  foundAfterAll(): void;
  webhookRefused(reason: string): void;
  deliveryRetried(transport: string): void;
  /** Tried for the last time: a dead letter, which the operator may have tried again. */
  gaveUp(what: 'generation' | 'training' | 'update'): void;
  /** One of the things that a worker looks after. */
  choreFailed(chore: string): void;
  /** An update of a way in that cannot be stored: whoever sent it is not answered. */
  updateSetAside(): void;
}
