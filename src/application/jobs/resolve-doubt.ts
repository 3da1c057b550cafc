import { secondsAfter } from '../../domain/time.js';
import { leaseSeconds, pollSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Stores } from '../ports/stores/stores.js';
import { type JobKind, type JobRow, type Transition, writeTransition } from './job-kind.js';
import type { JobStores } from './job-stores.js';
import type { LateResults } from './late-results.js';
import { leaseFor } from './lease.js';

/** What a kind of job makes of a submit whose end is unknown. `Doubtful`: its rows that are being submitted. */
export interface DoubtRules<Row extends JobRow, Doubtful extends Row, Effect> {
  readonly kind: JobKind<Row, Effect>;
  /** The state in which a submit is under way. */
  readonly submitting: Row['status'];
  isDoubtful(row: Row): row is Doubtful;
  noticed(row: Doubtful, now: Date): Doubtful;
  readonly lateResults: Pick<LateResults<Row, Doubtful, Effect>, 'take'>;
  /** How long it waits for its event. Seconds. */
  patience(row: Doubtful): number;
  /** Bought once more, or given up for lost. */
  repeated(row: Doubtful, now: Date): Transition<Row, Effect>;
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
  constructor(
    private readonly parts: DoubtParts,
    private readonly rules: DoubtRules<Row, Doubtful, Effect>,
  ) {}

  async execute(id: Row['id']): Promise<void> {
    const { database, clock, worker } = this.parts;
    const now = clock.now();
    const lease = leaseFor(clock, worker, leaseSeconds);
    const row = await this.rules.kind.rows(database.stores).acquire(id, this.rules.submitting, lease, now);
    if (row === null || !this.rules.isDoubtful(row)) return;
    try {
      await this.decide(row, now);
    } catch (error) {
      // The answer came after all, or the job was called off.
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  private async decide(row: Doubtful, now: Date): Promise<void> {
    const { rules } = this;
    const { stores } = this.parts.database;
    const event = await stores.webhookInbox.byReference(rules.kind.reference(row));
    if (event !== null) return this.adopt(row, event.ticket);
    if (await rules.lateResults.take(row, { lease: this.parts.worker }, now)) return;
    const isNew = row.ambiguousAt === null;
    if (isNew) this.parts.metrics.ambiguousSubmit();
    const state = isNew ? rules.noticed(row, now) : row;
    const waited = isNew ? 0 : await rules.kind.rows(stores).waited(row.id);
    const left = rules.patience(state) - waited;
    if (left > 0) return this.wait(state, secondsAfter(now, Math.min(left, pollSeconds)));
    await this.repeat(state);
  }

  private async adopt(row: Doubtful, ticket: string): Promise<void> {
    const now = this.parts.clock.now();
    const { next } = this.rules.kind.begun(row, ticket, now);
    await this.write(next, secondsAfter(now, 10), async ({ jobs }) =>
      jobs.add(this.rules.kind.jobs.collect(row.id)),
    );
    this.parts.log.info('a webhook told of a submit whose answer was lost', {
      [this.rules.kind.name]: row.id,
      ticket,
    });
  }

  private wait(row: Doubtful, again: Date): Promise<void> {
    return this.write(row, again, async ({ jobs }) => jobs.add(this.rules.kind.jobs.resolve(row.id), again));
  }

  private async repeat(row: Doubtful): Promise<void> {
    const { database, clock, worker, metrics, log } = this.parts;
    const now = clock.now();
    const transition = this.rules.repeated(row, now);
    const { next } = transition;
    await database.transaction((stores) =>
      writeTransition(this.rules.kind, stores, row, transition, { now, lease: worker }),
    );
    if (next.status === 'failed') metrics.failed('lost');
    else metrics.boughtAgain();
    log.warn('no event of a doubtful submit', { [this.rules.kind.name]: row.id, now: next.status });
  }

  private write(
    next: Row,
    checkAfter: Date,
    also: (stores: Pick<Stores, JobStores>) => Promise<void>,
  ): Promise<void> {
    const { database, worker } = this.parts;
    return database.transaction(async (stores) => {
      const expected = { status: this.rules.submitting, lease: worker };
      await this.rules.kind.rows(stores).save(next, expected, { checkAfter });
      await also(stores);
    });
  }
}
