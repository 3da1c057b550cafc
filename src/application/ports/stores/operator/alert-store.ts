import type { Trouble } from '../../../../domain/operator/trouble.js';

/** A trouble that was noticed: it begins once, however many processes see it. */
export interface KeptTrouble extends Trouble {
  /** A UUID. */
  readonly id: string;
  readonly begunAt: Date;
  /** `null`: it lasts. */
  readonly clearedAt: Date | null;
}

/** What is to be told of a trouble on one way: that it has begun, when nothing was told yet, or that it is over. */
export interface DueAlert extends KeptTrouble {
  readonly way: string;
  readonly told: 'nothing' | 'begun';
  /** How often it was sent without success, this time included. */
  readonly tries: number;
}

export interface AlertStore {
  /** Somebody sees it now: it begins under this id, unless it has begun already. */
  note(id: string, trouble: Trouble, now: Date): Promise<void>;
  /** What nobody has seen since is over. Returns how many were. */
  clear(unseenSince: Date, now: Date): Promise<number>;
  /** Those that last, oldest first. */
  lasting(): Promise<KeptTrouble[]>;
  /**
   * One of which something is to be told on this way now. Until `until` it is the caller's alone; it counts as a try.
   * What was over before this way was known is never told on it.
   */
  take(way: string, now: Date, until: Date): Promise<DueAlert | null>;
  /** It was told what comes next: nothing more is to be told of it, or at once that it is over. */
  markTold(alert: DueAlert, now: Date): Promise<void>;
  /** It was not taken: not again before `nextTryAt`. */
  putOff(alert: DueAlert, nextTryAt: Date): Promise<void>;
  /** Deletes what was over before then, told or not. */
  forget(clearedBefore: Date): Promise<number>;
}
