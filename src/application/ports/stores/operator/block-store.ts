import type { UserId } from '../../../../domain/ids.js';

/** Somebody who may use nothing any more, whether they were ever here or not. */
export interface NewBlock {
  readonly user: UserId;
  readonly at: Date;
  /** In the operator's own words, or the category of what was reported. */
  readonly why: string | null;
}

export interface Block extends NewBlock {
  readonly appealedAt: Date | null;
}

export interface BlockStore {
  /** `false`: they are blocked already, and nothing was written. */
  block(block: NewBlock): Promise<boolean>;
  /** `false`: they are not blocked. */
  unblock(user: UserId): Promise<boolean>;
  find(user: UserId): Promise<Block | null>;
  /** Their one appeal against this block. `null`: they have appealed before, or are not blocked. */
  appeal(user: UserId, now: Date): Promise<Block | null>;
}
