import type { GenerationId } from '../../../../domain/ids.js';
import type { Sent, SentPlace } from './sent-file-store.js';

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

export interface KeptJobMessage extends JobMessage {
  /** When it last had the turn to show a draft; `null`: never. */
  readonly draftedAt: Date | null;
}

/** The latest moments at which a message may have been shown anything, and a draft, to be given a turn now. */
export interface LastTurn {
  readonly shown: Date;
  readonly drafted: Date;
}

export interface JobMessageStore {
  /** Replaces an earlier one of the same job. Returns whether the person was told already how the job ended. */
  remember(message: JobMessage, now: Date): Promise<boolean>;
  find(generation: GenerationId): Promise<KeptJobMessage | null>;
  findAt(source: string, place: SentPlace): Promise<KeptJobMessage | null>;
  /**
   * The right to show progress in it now: the message, unless it was shown anything after `last`. Over all processes
   * only one gets it. If it may show a draft as well, it says that it was drafted now: of a chat's messages only the
   * oldest may.
   */
  takeTurn(generation: GenerationId, now: Date, last: LastTurn): Promise<KeptJobMessage | null>;
  /** The same for whichever messages waited longest. */
  takeTurns(source: string, now: Date, last: LastTurn, limit: number): Promise<KeptJobMessage[]>;
  /**
   * Returns it if it was there: whoever gets it tidies it up. In the same step it is remembered under which handle, and
   * where, each picture was sent that takes its place, as far as the picture is there still.
   */
  remove(generation: GenerationId, sent?: readonly Sent[]): Promise<KeptJobMessage | null>;
}
