import type { TransitionOf } from '../../domain/job.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { ProviderEvent } from '../ports/provider-webhooks.js';
import type { Precondition } from '../ports/stores/jobs/leases.js';
import type { Database, Stores } from '../ports/stores/stores.js';
import { type JobKind, type JobRow, writeTransition } from './job-kind.js';
import type { JobStores } from './job-stores.js';

/** Submits that surely were not taken come between; nobody looks for results over more of them. */
const submitsBack = 5;

/** What a kind of job makes of an event that comes when its submit was given up for lost. */
export interface LateResultRules<Row extends JobRow, Sendable extends Row, Effect> {
  readonly kind: JobKind<Row, Effect>;
  /** Whether the event stands for a result that can be had: anything else ends no second purchase. */
  brings(event: ProviderEvent): boolean | Promise<boolean>;
  /** The job with the ticket of an earlier submit. */
  adopted(row: Sendable, ticket: string, now: Date): TransitionOf<Row, Effect>;
}

type Expected = Omit<Precondition<string>, 'status'>;

/** Takes what comes first of two purchases, and calls the other off. */
export class LateResults<Row extends JobRow, Sendable extends Row, Effect> {
  constructor(
    private readonly parts: {
      readonly database: Database<JobStores>;
      readonly metrics: Metrics;
      readonly log: Logger;
    },
    private readonly rules: LateResultRules<Row, Sendable, Effect>,
  ) {}

  /** An event with a result of a submit that was bought again. Null when there is none, or its own result has come. */
  async find({ webhookInbox }: Pick<Stores, 'webhookInbox'>, row: Sendable): Promise<ProviderEvent | null> {
    if (row.doubts === 0) return null;
    if (row.ticket != null && (await webhookInbox.byTicket(row.ticket)) !== null) return null;
    // One that waits has no submit of its own under way.
    const latest = row.status === 'accepted' ? row.submits : row.submits - 1;
    for (let submit = latest; submit > 0 && submit > latest - submitsBack; submit -= 1) {
      const event = await webhookInbox.byReference(this.rules.kind.reference(row, submit));
      if (event !== null && (await this.rules.brings(event))) return event;
    }
    return null;
  }

  /** True when the job has taken the ticket of a submit before; its result is collected next. */
  async take(row: Sendable, expected: Expected, now: Date): Promise<boolean> {
    const event = await this.find(this.parts.database.stores, row);
    if (event === null) return false;
    await this.parts.database.transaction((stores) => this.adopt(stores, row, event, expected, now));
    return true;
  }

  /** To be called in a transaction. */
  async adopt(
    stores: Pick<Stores, JobStores>,
    row: Sendable,
    { ticket }: ProviderEvent,
    expected: Expected,
    now: Date,
  ): Promise<void> {
    const { kind } = this.rules;
    await writeTransition(kind, stores, row, this.rules.adopted(row, ticket, now), { now, ...expected });
    await stores.jobs.add(kind.jobs.collect(row.id));
    this.parts.metrics.foundAfterAll();
    const what = 'a submit that was bought again brought its result after all';
    this.parts.log.info(what, { [kind.name]: row.id });
  }
}
