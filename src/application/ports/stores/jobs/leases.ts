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
