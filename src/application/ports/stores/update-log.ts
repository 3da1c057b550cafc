/** Which messages of a way in were dealt with already: they may arrive twice. */
export interface UpdateLog {
  /**
   * True when it is ours to handle: never seen, or taken so long ago (`abandonedBefore`) without being finished that
   * whoever took it must have died.
   * @param source names the numbering, e.g. the bot
   */
  claim(source: string, id: number, now: Date, abandonedBefore: Date): Promise<boolean>;
  finish(source: string, id: number): Promise<void>;
  /** Forgets those older than this; returns how many. */
  forget(before: Date): Promise<number>;
}
