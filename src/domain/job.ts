/** What is kept of a job that the provider took. */
export interface Sent {
  /** The provider's handle on the job: stored, never parsed outside its adapter. */
  readonly ticket: string;
  readonly submittedAt: Date;
}

/** What is kept of a job that has ended without a result. */
export interface Ended {
  /** The last ticket, if one was ever had: for cancelling at the provider and for the operator's eyes. */
  readonly ticket: string | null;
  readonly endedAt: Date;
  /** When the user was told; `null` until then. */
  readonly announcedAt: Date | null;
}

/** From one state to the next, with what has to be carried out in the transaction that writes it. */
export interface TransitionOf<State, Effect> {
  readonly next: State;
  readonly effects: readonly Effect[];
}
