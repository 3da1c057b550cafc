import type { GenerationStatus } from '../../domain/generation/generation.js';
import type { EntryKind } from '../../domain/ledger.js';
import type { BilledDay } from '../../domain/operator/bill.js';
import type { StarTotals } from '../../domain/payments/star-books.js';
import type { PayWaits } from '../../domain/payments/waiting-payment.js';
import type { TrainingStatus } from '../../domain/training/training.js';
import type { WaitingEvents } from './stores/event-hook-store.js';

/** Jobs of one task in the queue. `ready` may run now; `planned` waits for its time; `dead` failed too often. */
export interface QueuedJobs {
  readonly task: string;
  readonly state: 'ready' | 'planned' | 'running' | 'dead';
  readonly count: number;
}

/** How the whole installation stands, over all its processes. */
export interface StatsSnapshot {
  /**
   * Open ones as of now; ended ones and the ledger may be some minutes old, and `null` while they are counted for the
   * first time, see the implementation.
   */
  readonly generations: Readonly<Record<GenerationStatus, number | null>>;
  /** Counted as `generations` are. */
  readonly trainings: Readonly<Record<TrainingStatus, number | null>>;
  /** Generations that ended without images and whose people were not told yet. */
  readonly unannounced: number;
  /** Given up after too many tries, and not tried again since. */
  readonly dead: Readonly<Record<'generation' | 'training' | 'update', number>>;
  /** Payments that wait for an operator, and their Stars. */
  readonly waitingPayments: Readonly<Record<PayWaits, { readonly payments: number; readonly stars: number }>>;
  /** Of people's webhooks. */
  readonly waitingEvents: WaitingEvents;
  readonly jobs: readonly QueuedJobs[];
  /** For how long the oldest job that may run has been waiting. */
  readonly oldestReadySeconds: number;
  /** Credits ever written of each kind, as positive numbers; all of one moment with `balance` and `held`. */
  readonly ledger: Readonly<Record<EntryKind, number>> | null;
  /** Credits that all users together can spend, and those set aside for open jobs. */
  readonly balance: number | null;
  readonly held: number | null;
  /** Of payments, by our books and by the provider's; counted with `ledger`. */
  readonly stars: StarTotals | null;
  /** Of the newest day that the provider’s bill was read of; `null`: none was. Counted with `ledger`. */
  readonly bill: BilledDay | null;
  readonly workersAlive: number;
  /** Endpoints that fal takes no jobs for. */
  readonly retiredEndpoints: readonly string[];
}

/** The numbers an operator watches, counted where the truth is. Cheap enough to be asked every few seconds. */
export interface SystemStats {
  /** @throws Error when the database is out of reach */
  count(): Promise<StatsSnapshot>;
}
