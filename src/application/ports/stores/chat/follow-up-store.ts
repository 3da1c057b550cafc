import type { GenerationId } from '../../../../domain/ids.js';

/** What comes after a result that was handed over: the buttons of an album, the originals as files. */
export interface FollowUp {
  readonly generation: GenerationId;
  /** Which bot owes it. */
  readonly source: string;
  /** When a process last worked on it: until a while later nobody else does. */
  readonly takenAt: Date;
  /** Its buttons were sent, or it has none of its own. */
  readonly hasButtons: boolean;
}

/** What is owed outlives the process that owes it. Which files went already is known by their handles. */
export interface FollowUpStore {
  /** To be called before the result is sent. Does nothing for a job that is not to be handed over any more. */
  owe(followUp: FollowUp): Promise<void>;
  /** Keeps it for the caller. `null` when another has taken it meanwhile, or it is done. */
  keep(followUp: FollowUp, now: Date): Promise<FollowUp | null>;
  /** Those of results that were handed over which nobody has worked on since: now they are the caller's. */
  take(source: string, now: Date, untouchedSince: Date, limit: number): Promise<FollowUp[]>;
  /** Nothing more follows. */
  done(generation: GenerationId): Promise<void>;
}
