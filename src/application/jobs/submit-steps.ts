import { secondsAfter } from '../../domain/time.js';
import { pollSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { Holding } from './holding.js';
import type { JobKind, JobRow } from './job-kind.js';
import type { JobLease } from './job-lease.js';
import type { JobStores } from './job-stores.js';
import type { ProviderHealth } from './provider-health.js';
import type { Sleep } from './retry-write.js';
import { saveTicketWithRetry } from './save-ticket.js';
import { Throttle } from './throttle.js';

/** An endpoint that serves one job after another need not be said to work more often than this. */
const servedMilliseconds = 1000;

export type SubmitParts = Needs<JobStores, 'clock' | 'worker' | 'metrics' | 'log'> & {
  readonly health: ProviderHealth;
  readonly sleep: Sleep;
};

/** How a kind of job is submitted. `Submitting`: its rows whose submit is under way. */
export interface SubmitRules<Row extends JobRow, Submitting extends Row, Effect> {
  readonly kind: JobKind<Row, Effect>;
  readonly lease: JobLease<Row, Effect>;
  inDoubt(row: Submitting, now: Date): Row;
  /** How long a submit in doubt waits for its event. Seconds. */
  patience(row: Submitting): number;
  /** How soon the provider is asked about what it took. */
  readonly askSeconds: number;
}

/** What a submit has to do whatever is bought: be sure before, write down what came of it after. */
export class SubmitSteps<Row extends JobRow, Submitting extends Row, Effect> {
  private readonly servedLately = new Map<string, Throttle>();

  constructor(
    private readonly parts: SubmitParts,
    private readonly rules: SubmitRules<Row, Submitting, Effect>,
  ) {}

  /**
   * A process that was paused would buy what another buys meanwhile.
   * @param since ticks of the moment before the row was written. @throws StaleWrite when it is no longer ours
   */
  confirm(row: Submitting, since: number, leaseSeconds?: number): Promise<void> {
    const renew = () => this.rules.lease.renew(row, leaseSeconds);
    return new Holding(this.parts.clock, renew, since).confirm();
  }

  /**
   * The provider took it. Returns the row with its ticket, null when that was written by others or not at all.
   * @param also is written in the same transaction
   */
  async bought(
    row: Submitting,
    ticket: string,
    also?: (stores: Pick<Stores, JobStores>) => Promise<void>,
  ): Promise<Row | null> {
    const { kind, askSeconds } = this.rules;
    const now = this.parts.clock.now();
    this.parts.health.well();
    const { next } = kind.begun(row, ticket, now);
    const checkAfter = secondsAfter(now, askSeconds);
    const purchase = { kind, ticket, state: row, next, checkAfter, ...(also && { also }) };
    return (await saveTicketWithRetry<Row>(purchase, this.parts)) ? next : null;
  }

  /** What was held against these is forgotten. */
  async served(endpoints: readonly string[]): Promise<void> {
    const now = this.parts.clock.now();
    for (const endpoint of endpoints) {
      const lately = this.servedLately.get(endpoint) ?? new Throttle(servedMilliseconds);
      this.servedLately.set(endpoint, lately);
      if (!lately.isOver(now)) continue;
      if (await this.parts.database.stores.endpoints.served(endpoint))
        this.parts.log.info('fal takes jobs for an endpoint again', { endpoint });
    }
  }

  /** Nobody knows whether it was bought. */
  async doubt(row: Submitting): Promise<void> {
    const { kind, lease, inDoubt, patience } = this.rules;
    this.parts.metrics.ambiguousSubmit();
    this.parts.health.doubtful();
    const now = this.parts.clock.now();
    // Time counts as it is seen to pass: it is looked at all the while.
    const lookAt = secondsAfter(now, Math.min(patience(row), pollSeconds));
    await lease.writeWith(row, inDoubt(row, now), kind.jobs.resolve(row.id), lookAt);
  }
}
