/** An update of a way in as it came. */
export interface KeptUpdate {
  readonly id: number;
  readonly body: unknown;
}

export interface IncomingUpdate extends KeptUpdate {
  /** Whose it is, as the way in calls them: people get their turns by it. */
  readonly person?: string;
}

/** One that was tried too often. */
export interface DeadUpdate extends KeptUpdate {
  readonly source: string;
  readonly deadAt: Date;
  /** What the last try ended in; `null` when it was never told. */
  readonly error: string | null;
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
export interface UpdateInbox {
  /**
   * Writes down what came; those that are known stay as they are.
   * @throws ContentRefused when one of them cannot be stored; none was kept then
   */
  keep(source: string, updates: readonly IncomingUpdate[], now: Date): Promise<void>;
  /**
   * Writes down what came and takes it, all in one step: those that `claim` would give are ours to handle, and returned.
   * Notes the `finished` ones as dealt with; they are nobody's.
   * @throws ContentRefused as `keep`; nothing was written then
   */
  take(
    source: string,
    updates: readonly IncomingUpdate[],
    by: Taker,
    { abandonedBefore, finished }: { abandonedBefore: Date; finished: readonly number[] },
  ): Promise<ReadonlySet<number>>;
  /**
   * True when it is ours (`by` says whose) to handle: never taken, or taken so long ago (`abandonedBefore`) without
   * being finished that whoever took it must have died; and not tried too often. One that was not kept is taken too.
   */
  claim(source: string, id: number, by: Taker, abandonedBefore: Date): Promise<boolean>;
  finish(source: string, ...ids: readonly number[]): Promise<void>;
  /** Notes one that cannot be stored as dealt with. For the operator it is kept in a form that anything can hold. */
  setAside(source: string, update: KeptUpdate, now: Date): Promise<void>;
  /**
   * It could not be dealt with now: anybody may take it at once. `isOurs` counts the try against it; without, it was
   * the other side's trouble, or ours with everything.
   */
  giveBack(source: string, id: number, failure?: { error: string; isOurs: boolean }): Promise<void>;
  /** Gives up those that were tried too often (`maximumUpdateTries`) and that nobody has in hand; returns them. */
  giveUp(source: string, claimedBefore: Date, now: Date): Promise<DeadUpdate[]>;
  /** Given up, latest first, whatever their source. */
  dead(limit: number): Promise<DeadUpdate[]>;
  /** One that was given up is tried again. False when there is none such. */
  revive(source: string, id: number): Promise<boolean>;
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
  /** Whether one of these sources has any received before then that are not dealt with, in somebody's hands or nobody's. */
  hasOpen(sources: readonly string[], received: Date): Promise<boolean>;
  /** Forgets those received before this; returns how many. */
  forget(before: Date): Promise<number>;
}
