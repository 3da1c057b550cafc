import type { AvatarDraft } from '../../../domain/avatar/avatar-draft.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';

/** When a draft was last worked on, and when its owner was told that it will go. */
export interface DraftTimes {
  readonly touchedAt: Date;
  readonly toldAt: Date | null;
}

/** Avatars in the making. */
export interface DraftStore {
  /** Writes a new draft, or all fields of an existing one. */
  save(draft: AvatarDraft): Promise<void>;
  find(avatar: AvatarId): Promise<AvatarDraft | null>;
  /** Never finds someone else's: the owner is part of the question. */
  findOwned(owner: UserId, avatar: AvatarId): Promise<AvatarDraft | null>;
  /** Newest first. */
  list(owner: UserId): Promise<AvatarDraft[]>;
  remove(avatar: AvatarId): Promise<void>;
  /** Somebody works on it: it stays, whatever its owner was told. */
  touch(avatar: AvatarId, now: Date): Promise<void>;
  times(avatar: AvatarId): Promise<DraftTimes | null>;
  /**
   * Drafts that nobody has worked on since then, of avatars that never were ready and are not being trained; longest
   * first. `toldBefore`: of those whose owners were told, and before then; `null`: of the others.
   */
  idle(since: { touchedBefore: Date; toldBefore: Date | null }, limit: number): Promise<AvatarDraft[]>;
  /** Notes that the owner is told, or (`null`) was not after all. False when that is noted already. */
  tell(avatar: AvatarId, at: Date | null): Promise<boolean>;
}
