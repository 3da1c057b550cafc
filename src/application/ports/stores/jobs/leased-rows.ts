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

/** What rows know of steps that fail and of the time that passes, whichever rows they are. */
export interface LeasedRowStore<Id, Row> {
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
  /** Given up, latest first. */
  dead(limit: number): Promise<Hopeless<Row>[]>;
  /** Seconds that were seen to pass since it came to be as it is. */
  waited(id: Id): Promise<number>;
}
