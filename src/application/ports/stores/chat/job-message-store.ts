import type { GenerationId } from '../../../../domain/ids.js';
import type { Sent } from './sent-file-store.js';

/** The one message that shows how far a job is. */
export interface JobMessage {
  readonly generation: GenerationId;
  /** Which bot wrote it. */
  readonly source: string;
  readonly chat: number;
  readonly message: number;
  /** The language it is written in. */
  readonly language: string;
}

export interface JobMessageStore {
  /** Replaces an earlier one of the same job. Returns whether the person was told already how the job ended. */
  remember(message: JobMessage, now: Date): Promise<boolean>;
  find(generation: GenerationId): Promise<JobMessage | null>;
  /**
   * The right to show progress in it now: the message, unless it was shown anything after `shownBefore`. Over all
   * processes only one gets it.
   */
  takeTurn(generation: GenerationId, now: Date, shownBefore: Date): Promise<JobMessage | null>;
  /** The same for whichever messages waited longest. */
  takeTurns(source: string, now: Date, shownBefore: Date, limit: number): Promise<JobMessage[]>;
  /**
   * Returns it if it was there: whoever gets it tidies it up. In the same step it is remembered under which handle, and
   * where, each picture was sent that takes its place, as far as the picture is there still.
   */
  remove(generation: GenerationId, sent?: readonly Sent[]): Promise<JobMessage | null>;
}
