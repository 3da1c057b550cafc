/** The right to work on one row for a while; a process that dies loses it. */
export interface Lease {
  readonly owner: string;
  readonly until: Date;
  /** When it began, by the owner's clock and by its ticks: what passes between two looks of one process is counted by them. */
  readonly from?: { readonly at: Date; readonly ticks: number } | undefined;
}

/** Somebody else moved the row meanwhile: the step has nothing left to do. */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}

/** What a write relies on; where that does not hold, it changes nothing. */
export interface Precondition<Status> {
  readonly status: Status;
  /** Lease owner, when the step works under a lease. */
  readonly lease?: string | undefined;
  /** Which submit it is about, for a write that outlives its lease. */
  readonly submits?: number | undefined;
}

/** What becomes of a row's lease with a write. */
export interface Then {
  /** Until then the sweep leaves the row alone. */
  readonly checkAfter: Date;
  /** Kept from now on; without one the lease is dropped. */
  readonly lease?: Lease | undefined;
  /** It is given up, since then. */
  readonly dead?: Date | undefined;
}
