/** An update of a way in as it came. */
export interface KeptUpdate {
  readonly id: number;
  readonly body: unknown;
}

export interface IncomingUpdate extends KeptUpdate {
  /** Whose it is, as the way in calls them: people get their turns by it. */
  readonly person?: string;
}

/** The worker that takes an update, and when. */
export interface Taker {
  readonly owner: string;
  readonly at: Date;
}

/**
 * Updates of a way in, kept from before they are acknowledged until they were dealt with: one may arrive twice, and
 * a process may die with one in its hands. `source` names the numbering, e.g. the bot.
 */
export interface UpdateLog {
  /**
   * Writes down what came; those that are known stay as they are.
   * @throws ContentRefused when one of them cannot be stored; none was kept then
   */
  keep(source: string, updates: readonly IncomingUpdate[], now: Date): Promise<void>;
  /**
   * True when it is ours (`by` says whose) to handle: never taken, or taken so long ago (`abandonedBefore`) without
   * being finished that whoever took it must have died. One that was not kept is taken too.
   */
  claim(source: string, id: number, by: Taker, abandonedBefore: Date): Promise<boolean>;
  finish(source: string, id: number): Promise<void>;
  /** Notes one that cannot be stored as dealt with. For the operator it is kept in a form that anything can hold. */
  setAside(source: string, update: KeptUpdate, now: Date): Promise<void>;
  /** It could not be dealt with now: anybody may take it at once. */
  giveBack(source: string, id: number): Promise<void>;
  /** Gives back all that these workers had taken and not dealt with; returns how many. */
  dropClaims(owners: readonly string[]): Promise<number>;
  /**
   * Kept ones that nobody deals with: received and last taken before then. At most so many in all and of each person,
   * so that one who sent thousands hides nobody's. Oldest first.
   */
  unfinished(
    source: string,
    before: { received: Date; claimed: Date },
    most: { all: number; each: number },
  ): Promise<KeptUpdate[]>;
  /** Forgets those received before this; returns how many. */
  forget(before: Date): Promise<number>;
}
