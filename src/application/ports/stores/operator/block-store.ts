import type { UserId } from '../../../../domain/ids.js';

/** Somebody who may use nothing any more, whether they were ever here or not. */
export interface Block {
  readonly user: UserId;
  readonly at: Date;
  /** In the operator's own words. */
  readonly why: string | null;
}

export interface BlockStore {
  /** `false`: they are blocked already, and nothing was written. */
  block(block: Block): Promise<boolean>;
  /** `false`: they are not blocked. */
  unblock(user: UserId): Promise<boolean>;
  find(user: UserId): Promise<Block | null>;
}
