import type { TransitionOf } from '../../domain/job.js';
import { secondsAfter } from '../../domain/time.js';
import type { Needs } from '../ports/needs.js';
import type { Job } from '../ports/stores/jobs/job-queue.js';
import { type JobKind, type JobRow, writeTransition } from './job-kind.js';
import type { JobStores } from './job-stores.js';
import { leaseFor } from './lease.js';

/** A worker's hold on rows of one kind. Every write that goes through it throws StaleWrite when the row is no longer its own. */
export class JobLease<Row extends JobRow, Effect> {
  constructor(
    private readonly parts: Needs<JobStores, 'clock' | 'worker'>,
    private readonly kind: JobKind<Row, Effect>,
    private readonly seconds: number,
  ) {}

  /** The row, if it is in this state (one of these) and nobody's. */
  acquire(id: Row['id'], status: Row['status'] | readonly Row['status'][]): Promise<Row | null> {
    const { clock, worker } = this.parts;
    return this.rows.acquire(id, status, leaseFor(clock, worker, this.seconds), clock.now());
  }

  /** Holds it for longer, and writes what has changed of it in the same state. */
  async renew(row: Row, seconds = this.seconds): Promise<void> {
    const { clock, worker: owner } = this.parts;
    const until = secondsAfter(clock.now(), seconds);
    await this.rows.save(row, this.expected(row), { checkAfter: until, lease: { owner, until } });
  }

  /** Writes what became of it and lets go. */
  async write(row: Row, transition: TransitionOf<Row, Effect>, checkAfter?: Date): Promise<void> {
    const { database, clock, worker: lease } = this.parts;
    const write = { now: clock.now(), lease, submits: row.submits, ...(checkAfter && { checkAfter }) };
    // A row alone needs no transaction.
    if (transition.effects.length === 0)
      return writeTransition(this.kind, database.stores, row, transition, write);
    await database.transaction((stores) => writeTransition(this.kind, stores, row, transition, write));
  }

  /** Writes it and lets go, with the job that takes it up again. What it waits for from now on is counted from now on. */
  async writeWith(row: Row, next: Row, job: Job, at: Date): Promise<void> {
    const { database, clock, worker } = this.parts;
    await database.transaction(async (stores) => {
      const rows = this.kind.rows(stores);
      const seen = leaseFor(clock, worker, this.seconds);
      await rows.save(next, this.expected(row), { checkAfter: at, lease: seen });
      await rows.free(row.id, worker, at);
      await stores.jobs.add(job, at);
    });
  }

  /** Lets go of it until then. */
  free(row: Row, seconds: number): Promise<void> {
    const { clock, worker } = this.parts;
    return this.rows.free(row.id, worker, secondsAfter(clock.now(), seconds));
  }

  /** The same, and has the provider asked then. */
  collectAgain(row: Row, seconds: number): Promise<void> {
    return this.comeBack(row, this.kind.jobs.collect(row.id), secondsAfter(this.parts.clock.now(), seconds));
  }

  /** The same, with the job that takes it up again. */
  async comeBack(row: Row, job: Job, at: Date): Promise<void> {
    await this.parts.database.transaction(async (stores) => {
      await this.kind.rows(stores).free(row.id, this.parts.worker, at);
      await stores.jobs.add(job, at);
    });
  }

  /** By time that was seen to pass: a clock that jumps ends nothing. */
  async hasWaited({ id }: Row, seconds: number): Promise<boolean> {
    return (await this.rows.waited(id)) >= seconds;
  }

  private expected({ status, submits }: Row) {
    return { status, submits, lease: this.parts.worker };
  }

  private get rows() {
    return this.kind.rows(this.parts.database.stores);
  }
}
