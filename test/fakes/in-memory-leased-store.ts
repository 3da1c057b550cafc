import type {
  Hopeless,
  LeasedStore,
  Seen,
  StepFailure,
} from '../../src/application/ports/stores/jobs/leased-store.js';
import {
  type Lease,
  type Precondition,
  StaleWrite,
  type Then,
} from '../../src/application/ports/stores/jobs/leases.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Access, State } from './in-memory-state.js';
import {
  acquired,
  isFree,
  isFreeToAcquire,
  isHopeless,
  isUnlikely,
  type LeasedRow,
  looked,
  putBack,
  released,
  written,
} from './leased-row.js';

interface Job {
  readonly id: string;
  readonly owner: UserId;
  readonly createdAt: Date;
  readonly status: string;
  readonly submits: number;
  readonly notBefore?: Date | null;
  readonly ticket?: string | null;
}

/** A job as it is kept, with its lease. */
export interface JobRow<Kind, Progress> extends LeasedRow {
  readonly job: Kind;
  readonly requestKey: string | null;
  readonly progress: Progress | null;
}

interface JobKind<Kind extends Job, Row> {
  readonly name: 'generation' | 'training';
  rows(state: State): Map<Kind['id'], Row>;
  isOpen(job: Kind): boolean;
  readonly atProvider: Kind['status'];
  /** Whether the sweep looks after it. */
  needsWork(job: Kind): boolean;
}

export class InMemoryLeasedStore<Kind extends Job, Progress, Row extends JobRow<Kind, Progress>>
  implements LeasedStore<Kind['id'], Kind>
{
  constructor(
    protected readonly access: Access,
    private readonly kind: JobKind<Kind, Row>,
  ) {}

  find(id: Kind['id']): Promise<Kind | null> {
    return this.access((state) => this.kind.rows(state).get(id)?.job ?? null);
  }

  beginningWith(letters: string, limit: number): Promise<Kind['id'][]> {
    const digits = letters.toLowerCase().replaceAll('-', '');
    return this.access((state) =>
      this.all(state)
        .map(({ job }) => job.id)
        .filter((id) => digits !== '' && id.replaceAll('-', '').startsWith(digits))
        .sort()
        .slice(0, limit),
    );
  }

  async findOwned(owner: UserId, id: Kind['id']): Promise<Kind | null> {
    const found = await this.find(id);
    return found?.owner === owner ? found : null;
  }

  findByRequestKey(requestKey: string): Promise<Kind | null> {
    return this.access((state) => this.withKey(state, requestKey));
  }

  /** Transactions run one after another here: nobody else is writing. */
  lock(id: Kind['id']): Promise<Kind | null> {
    return this.find(id);
  }

  acquire(
    id: Kind['id'],
    status: Kind['status'] | readonly Kind['status'][],
    lease: Lease,
    now: Date,
  ): Promise<Kind | null> {
    return this.access((state) => {
      const row = this.kind.rows(state).get(id);
      if (row === undefined || ![status].flat().includes(row.job.status)) return null;
      if (!isFreeToAcquire(row, now, state.living)) return null;
      this.put(state, acquired(row, lease, now));
      return row.job;
    });
  }

  save(next: Kind, expected: Precondition<Kind['status']>, then: Then): Promise<void> {
    return this.access((state) => {
      if (!this.saveIn(state, next, expected, then))
        throw new StaleWrite(`${this.kind.name} ${next.id} is no longer ${expected.status} and mine`);
    });
  }

  /** False, and nothing is changed, when the row is not as expected. */
  protected saveIn(state: State, next: Kind, expected: Precondition<Kind['status']>, then: Then): boolean {
    const row = this.kind.rows(state).get(next.id);
    if (row === undefined || !isTrue(expected, row)) return false;
    const { owner, createdAt } = row.job;
    this.put(state, { ...written(row, [row.job, next], then), job: { ...next, owner, createdAt } });
    return true;
  }

  free(id: Kind['id'], lease: string, checkAfter: Date): Promise<void> {
    return this.change(id, (row) => (row.lease?.owner === lease ? released(row, checkAfter) : row));
  }

  reportProgress(id: Kind['id'], progress: Progress): Promise<void> {
    return this.change(id, (row) => ({ ...row, progress }));
  }

  progressOf(id: Kind['id']): Promise<Progress | null> {
    return this.access((state) => this.kind.rows(state).get(id)?.progress ?? null);
  }

  lookAt(ids: readonly Kind['id'][], look: Lease, now: Date): Promise<Seen<Kind['id']>[]> {
    return this.access((state) =>
      [...new Set(ids)].flatMap((id) => {
        const row = this.kind.rows(state).get(id);
        if (row?.job.status !== this.kind.atProvider || row.lease !== null) return [];
        if (row.seen?.by !== look.owner) return [];
        const next = { ...looked(row, look, now), checkAfter: look.until };
        this.put(state, next);
        return [{ id, ticket: row.job.ticket ?? '', waited: next.waited }];
      }),
    );
  }

  stalled(now: Date, again: Date, limit: number): Promise<Kind[]> {
    return this.access((state) => {
      const overdue = this.all(state)
        .filter((row) => this.kind.needsWork(row.job) && row.checkAfter <= now)
        .filter((row) => isFree(row, now, state.living))
        .sort((one, other) => one.checkAfter.getTime() - other.checkAfter.getTime())
        .slice(0, limit);
      for (const row of overdue) this.put(state, { ...row, checkAfter: again });
      return overdue.map(({ job }) => job);
    });
  }

  recheck(now: Date): Promise<number> {
    return this.access((state) => {
      let due = 0;
      for (const row of this.all(state)) {
        const { job, lease, checkAfter } = row;
        const isLate = job.status === this.kind.atProvider ? checkAfter > now : isUnlikely(checkAfter, now);
        const isDue = this.kind.needsWork(job) && isLate;
        const isPutOff = job.notBefore != null && isUnlikely(job.notBefore, now);
        if (lease !== null || !(isDue || isPutOff)) continue;
        due += 1;
        this.put(state, {
          ...row,
          checkAfter: isDue ? new Date(0) : checkAfter,
          job: isPutOff ? { ...job, notBefore: null } : job,
        });
      }
      return due;
    });
  }

  putBack(id: Kind['id'], worker: string, failure: StepFailure): Promise<number | null> {
    return this.access((state) => {
      const row = this.kind.rows(state).get(id);
      if (row?.lease?.owner !== worker) return null;
      const next = putBack(row, failure);
      this.put(state, next);
      return next.tries;
    });
  }

  hopeless(limit: number): Promise<Hopeless<Kind>[]> {
    return this.access((state) => this.all(state).filter(isHopeless).slice(0, limit).map(withError));
  }

  openFor(seconds: number, limit: number): Promise<Kind[]> {
    return this.access((state) =>
      this.all(state)
        .filter(({ job, waited }) => this.kind.isOpen(job) && waited >= seconds)
        .filter(({ lease, deadAt }) => lease === null && deadAt === null)
        .slice(0, limit)
        .map(({ job }) => job),
    );
  }

  markDead(id: Kind['id'], since: Date | null): Promise<void> {
    return this.change(id, (row) => ({ ...row, deadAt: since }));
  }

  findDead(id: Kind['id']): Promise<Hopeless<Kind> | null> {
    return this.access((state) => {
      const row = this.kind.rows(state).get(id);
      return row === undefined || row.deadAt === null ? null : withError(row);
    });
  }

  dead(limit: number): Promise<Hopeless<Kind>[]> {
    return this.access((state) =>
      this.all(state)
        .filter(({ deadAt }) => deadAt !== null)
        .sort((one, other) => (other.deadAt?.getTime() ?? 0) - (one.deadAt?.getTime() ?? 0))
        .slice(0, limit)
        .map(withError),
    );
  }

  waited(id: Kind['id']): Promise<number> {
    return this.access((state) => this.kind.rows(state).get(id)?.waited ?? 0);
  }

  dropLeases(owners: readonly string[]): Promise<number> {
    return this.access((state) => {
      const freed = this.all(state).filter(({ lease }) => lease !== null && owners.includes(lease.owner));
      for (const row of freed) this.put(state, { ...row, lease: null, checkAfter: new Date(0) });
      return freed.length;
    });
  }

  protected all(state: State): Row[] {
    return [...this.kind.rows(state).values()];
  }

  protected withKey(state: State, requestKey: string | undefined): Kind | null {
    if (requestKey === undefined) return null;
    return this.all(state).find((row) => row.requestKey === requestKey)?.job ?? null;
  }

  protected put(state: State, row: Row): void {
    this.kind.rows(state).set(row.job.id, row);
  }

  protected change(id: Kind['id'], change: (row: Row) => Row): Promise<void> {
    return this.access((state) => {
      const row = this.kind.rows(state).get(id);
      if (row !== undefined) this.put(state, change(row));
    });
  }
}

const withError = <Kind>({ job, error }: JobRow<Kind, unknown>): Hopeless<Kind> => ({ row: job, error });

const isTrue = <Kind extends Job>(
  expected: Precondition<Kind['status']>,
  { job, lease }: JobRow<Kind, unknown>,
): boolean =>
  job.status === expected.status &&
  (expected.lease === undefined || lease?.owner === expected.lease) &&
  (expected.submits === undefined || job.submits === expected.submits);
