import type { Failure } from '../../domain/failure.js';
import type { TransitionOf } from '../../domain/job.js';
import { hold, type PaidJob, settle } from '../../domain/ledger.js';
import { secondsAfter } from '../../domain/time.js';
import type { Job } from '../ports/stores/jobs/job-queue.js';
import type { LeasedStore } from '../ports/stores/jobs/leased-store.js';
import type { Precondition } from '../ports/stores/jobs/leases.js';
import type { Stores } from '../ports/stores/stores.js';
import type { JobStores } from './job-stores.js';

export interface JobRow {
  readonly id: string;
  readonly status: string;
  readonly submits: number;
  readonly doubts: number;
  readonly origin: { readonly transport: string };
  /** Of one that was sent. */
  readonly ticket?: string | null;
  /** Since when its submit has been in doubt. */
  readonly ambiguousAt?: Date | null;
  /** Of one that waits to be sent. */
  readonly notBefore?: Date | null;
  /** Of one that has failed. */
  readonly failure?: Failure;
}

/** What the steps that all jobs take must know of one kind. Its states, and what leads from one to the next, are its own. */
export interface JobKind<Row extends JobRow, Effect, Touched extends JobStores = JobStores> {
  /** Names the row in logs. */
  readonly name: 'generation' | 'training';
  rows(stores: Pick<Stores, Touched>): LeasedStore<Row['id'], Row>;
  /** What the event of a submit by webhook is filed under; of the current one unless told otherwise. */
  reference(row: Row, submit?: number): string;
  /** The state in which the provider has it. */
  readonly atProvider: Row['status'];
  /** The provider took it. */
  begun(row: Row, ticket: string, now: Date): { readonly next: Row };
  /** Carries out what a transition asks for, in the transaction that wrote it. */
  apply(
    stores: Pick<Stores, Touched>,
    before: Row,
    transition: TransitionOf<Row, Effect>,
    now: Date,
  ): Promise<void>;
  /** Whose money it is about, and how much of what was held is charged. */
  paid(row: Row): PaidJob;
  charged(row: Row): number;
  readonly jobs: {
    submit(id: Row['id']): Job;
    resolve(id: Row['id']): Job;
    collect(id: Row['id']): Job;
    deliver(id: Row['id']): Job;
    cancel(ticket: string): Job;
  };
}

/** What a transition of any kind of job may ask for. */
type SharedEffect = 'hold' | 'submit' | 'cancel' | 'settle' | 'deliver';

/** Carries one of them out, in the transaction that writes `next`. */
export async function applyShared<Row extends JobRow>(
  { paid, charged, jobs, atProvider }: Pick<JobKind<Row, never>, 'paid' | 'charged' | 'jobs' | 'atProvider'>,
  stores: Pick<Stores, 'jobs' | 'ledger'>,
  effect: SharedEffect,
  { before, next }: { readonly before: Row; readonly next: Row },
  now: Date,
): Promise<void> {
  switch (effect) {
    case 'hold':
      await stores.ledger.write(hold(paid(next)), now);
      break;
    case 'settle':
      await stores.ledger.write(settle(paid(next), charged(next)), now);
      break;
    case 'submit':
      await stores.jobs.add(jobs.submit(next.id), next.notBefore ?? undefined);
      break;
    case 'deliver':
      await stores.jobs.add(jobs.deliver(next.id));
      break;
    case 'cancel':
      if (before.status === atProvider && before.ticket != null)
        await stores.jobs.add(jobs.cancel(before.ticket));
      break;
    default:
      effect satisfies never;
  }
}

/** A step that follows at once, and was lost with its process, is found again after so long. */
export const lostNudgeSeconds = 2;

/** How a transition is written: on what condition beside the state that it leads from, and with what about the lease. */
interface Write extends Omit<Precondition<string>, 'status'> {
  readonly now: Date;
  /** Unless told otherwise so soon that a next step which nobody began, because the process died, is begun by others. */
  readonly checkAfter?: Date;
  readonly dead?: Date;
}

/**
 * Writes what a transition leads to and carries it out. To be called in a transaction.
 * @throws StaleWrite when the row is no longer what it was
 */
export async function writeTransition<Row extends JobRow, Effect, Touched extends JobStores>(
  kind: JobKind<Row, Effect, Touched>,
  stores: Pick<Stores, Touched>,
  before: Row,
  transition: TransitionOf<Row, Effect>,
  { now, checkAfter = secondsAfter(now, lostNudgeSeconds), dead, ...expected }: Write,
): Promise<void> {
  await kind.rows(stores).save(transition.next, { status: before.status, ...expected }, { checkAfter, dead });
  await kind.apply(stores, before, transition, now);
}
