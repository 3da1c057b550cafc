import type { TransitionOf } from '../../domain/job.js';
import { secondsAfter } from '../../domain/time.js';
import { leaseSeconds, pollSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { JobKind, JobRow } from './job-kind.js';
import { JobLease } from './job-lease.js';
import type { JobStores } from './job-stores.js';
import type { LateResults } from './late-results.js';

/** What a kind of job makes of a submit whose end is unknown. `Doubtful`: its rows that are being submitted. */
export interface DoubtRules<Row extends JobRow, Doubtful extends Row, Effect> {
  readonly kind: JobKind<Row, Effect>;
  /** The state in which a submit is under way. */
  readonly submitting: Row['status'];
  isDoubtful(row: Row): row is Doubtful;
  readonly noticed: (row: Doubtful, now: Date) => Doubtful;
  readonly lateResults: Pick<LateResults<Row, Doubtful, Effect>, 'take'>;
  /** How long it waits for its event. Seconds. */
  readonly patience: (row: Doubtful) => number;
  /** Bought once more, or given up for lost. */
  repeated(row: Doubtful, now: Date): TransitionOf<Row, Effect>;
}

export type DoubtParts = Needs<JobStores, 'clock' | 'worker' | 'metrics' | 'log'>;

/**
 * Decides about a submit whose end is unknown: its answer was lost, or the process died in the middle. An event of it
 * by webhook settles the matter; without one it is bought again, at most once.
 */
export class ResolveDoubt<
  Row extends JobRow,
  /** Since when it has been in doubt; null when nobody has noticed yet. */
  Doubtful extends Row & { readonly ambiguousAt: Date | null },
  Effect,
> {
  private readonly lease: JobLease<Row, Effect>;

  constructor(
    private readonly parts: DoubtParts,
    private readonly rules: DoubtRules<Row, Doubtful, Effect>,
  ) {
    this.lease = new JobLease(parts, rules.kind, leaseSeconds);
  }

  async execute(id: Row['id']): Promise<void> {
    const row = await this.lease.acquire(id, this.rules.submitting);
    if (row === null || !this.rules.isDoubtful(row)) return;
    try {
      await this.decide(row, this.parts.clock.now());
    } catch (error) {
      // The answer came after all, or the job was called off.
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  private async decide(row: Doubtful, now: Date): Promise<void> {
    const { kind, lateResults, noticed, patience } = this.rules;
    const { database, worker, metrics } = this.parts;
    const event = await database.stores.webhookInbox.byReference(kind.reference(row));
    if (event !== null) return this.adopt(row, event.ticket, now);
    if (await lateResults.take(row, { lease: worker }, now)) return;
    const isNew = row.ambiguousAt === null;
    if (isNew) metrics.ambiguousSubmit();
    const state = isNew ? noticed(row, now) : row;
    const waited = isNew ? 0 : await kind.rows(database.stores).waited(row.id);
    const left = patience(state) - waited;
    if (left <= 0) return this.repeat(state, now);
    const again = secondsAfter(now, Math.min(left, pollSeconds));
    await this.lease.writeWith(row, state, kind.jobs.resolve(row.id), again);
  }

  private async adopt(row: Doubtful, ticket: string, now: Date): Promise<void> {
    const { kind } = this.rules;
    await this.lease.writeWith(row, kind.begun(row, ticket, now).next, kind.jobs.collect(row.id), now);
    this.parts.log.info('a webhook told of a submit whose answer was lost', { [kind.name]: row.id, ticket });
  }

  private async repeat(row: Doubtful, now: Date): Promise<void> {
    const { metrics, log } = this.parts;
    const transition = this.rules.repeated(row, now);
    await this.lease.write(row, transition);
    const { status } = transition.next;
    if (status === 'failed') metrics.failed('lost');
    else metrics.boughtAgain();
    log.warn('no event of a doubtful submit', { [this.rules.kind.name]: row.id, now: status });
  }
}
