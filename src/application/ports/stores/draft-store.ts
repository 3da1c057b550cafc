import type { Draft } from '../../../domain/draft.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';

/** Avatars in the making. */
export interface DraftStore {
  /** Writes a new draft, or all fields of an existing one. */
  save(draft: Draft): Promise<void>;
  find(avatar: AvatarId): Promise<Draft | null>;
  /** Never finds someone else's: the owner is part of the question. */
  findOwned(owner: UserId, avatar: AvatarId): Promise<Draft | null>;
  /** Newest first. */
  list(owner: UserId): Promise<Draft[]>;
  remove(avatar: AvatarId): Promise<void>;
}
