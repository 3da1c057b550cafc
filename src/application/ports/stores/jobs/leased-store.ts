import type { UserId } from '../../../../domain/ids.js';
import type { Lease, Precondition, Then } from './leases.js';

/** What a step that came to no end leaves behind. */
export interface StepFailure {
  readonly now: Date;
  /** For the operator's eyes. */
  readonly error: string;
  /** False when it says nothing about this row: it is soon tried again, however often that happens. */
  readonly counts: boolean;
}

/** A row whose steps came to no end too often, or that has been open for too long. */
export interface Hopeless<Row> {
  readonly row: Row;
  /** What the last try ended in; `null` when it was never told, as by a process that died each time. */
  readonly error: string | null;
}

/** What a look at a row at the provider found. */
export interface Seen<Id> {
  readonly id: Id;
  readonly ticket: string;
  /** Seconds that were seen to pass since it came to be as it is. */
  readonly waited: number;
}

/** Rows that workers take steps on, one at a time: what the stores of generations and trainings have in common. */
export interface LeasedStore<Id, Row extends { readonly status: string }> {
  /** Takes no notice of whose it is; null when there is none. */
  find(id: Id): Promise<Row | null>;
  /** Ids that begin with these letters of a UUID, whosever they are; at most so many. */
  beginningWith(letters: string, limit: number): Promise<Id[]>;
  findOwned(owner: UserId, id: Id): Promise<Row | null>;
  findByRequestKey(requestKey: string): Promise<Row | null>;
  /** Waits for other writers of this row and keeps them out until the transaction ends. */
  lock(id: Id): Promise<Row | null>;

  /**
   * Takes the lease if the row is in this state (one of these), nobody holds it and it was not tried too often. Counts
   * a try until a write or until it is freed, and the time since the last look. Returns the row, or null.
   */
  acquire(
    id: Id,
    status: Row['status'] | readonly Row['status'][],
    lease: Lease,
    now: Date,
  ): Promise<Row | null>;
  /** Writes the next state. @throws StaleWrite when its precondition does not hold */
  save(next: Row, expected: Precondition<Row['status']>, then: Then): Promise<void>;
  /** Gives the lease back without a change of state. */
  free(id: Id, lease: string, checkAfter: Date): Promise<void>;

  /**
   * Looks at those of these rows that are at the provider, in nobody's hands and seen last by `look.owner`: counts the
   * time since then, and the sweep leaves them alone until `look.until`. Returns them; the others are not touched.
   */
  lookAt(ids: readonly Id[], look: Lease, now: Date): Promise<Seen<Id>[]>;

  /** Takes note of rows whose work is overdue and that nobody holds, not to be reported again before `again`. */
  stalled(now: Date, again: Date, limit: number): Promise<Row[]>;
  /**
   * Makes everything that is at the provider and that nobody holds due at once: who watched it may be gone. So is what
   * was put off to a time that is too far away for us to have chosen it. Returns how many.
   */
  recheck(now: Date): Promise<number>;
  /** Frees the rows of processes that died. */
  dropLeases(owners: readonly string[]): Promise<number>;

  /**
   * Gives the lease back after a step that came to no end. The next try comes after a pause that doubles with each of
   * them. Returns how many there were, or null when the row is no longer this worker's.
   */
  putBack(id: Id, worker: string, failure: StepFailure): Promise<number | null>;
  /** Rows that were tried so often (`maximumTries`) that nobody may claim them any more, and that are nobody's. */
  hopeless(limit: number): Promise<Hopeless<Row>[]>;
  /** Rows that are open for this many seconds that were seen to pass, and that are nobody's. */
  openFor(seconds: number, limit: number): Promise<Row[]>;
  /** Notes when it was given up, so that nobody tries it again by himself; `null`: the operator has had it tried again. */
  markDead(id: Id, since: Date | null): Promise<void>;
  /** One that was given up; `null`: there is none, or it was not. */
  findDead(id: Id): Promise<Hopeless<Row> | null>;
  /** Given up, latest first. */
  dead(limit: number): Promise<Hopeless<Row>[]>;
  /** Seconds that were seen to pass since it came to be as it is. */
  waited(id: Id): Promise<number>;
}
