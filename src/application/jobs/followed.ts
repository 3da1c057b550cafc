import type { Job } from '../ports/stores/jobs/job-queue.js';
import type { LeasedStore } from '../ports/stores/jobs/leased-store.js';

/** A row that the provider has under a ticket. */
export interface TicketedRow {
  readonly id: string;
  readonly ticket: string;
}

/** What every kind of job says of its progress. */
export interface Heard {
  readonly phase: string;
  readonly position: number | null;
}

/** What is to be known of a kind of job to follow it at the provider. */
export interface Followed<Followable extends TicketedRow, Pending extends Heard> {
  readonly kind: {
    readonly name: string;
    readonly jobs: { collect(id: Followable['id']): Job };
  };
  readonly rows: Pick<LeasedStore<Followable['id'], { readonly status: string }>, 'lookAt'>;
  /** Ends when the job is over, when `signal` aborts or when the connection is lost. */
  stream?(ticket: string, signal: AbortSignal): AsyncIterable<Pending>;
  /** Asks once; `null` when it is over. */
  ask(ticket: string): Promise<Pending | null>;
  /** Is told of changes, one job after the other. Never throws. */
  onPending(row: Followable, pending: Pending): Promise<void>;
  /** When a job is given up, by time that was seen to pass. */
  deadlineSeconds(row: Followable): number;
  readonly tempo: Tempo;
}

/** How closely jobs are followed. Seconds. */
export interface Tempo {
  /** So many are followed by streams at once. The others are asked. */
  readonly streams: number;
  /** A job is asked about again after a tenth of its age, but no sooner and no later than this. */
  readonly soonest: number;
  readonly latest: number;
}
