import type { DraftPhoto } from '../../../domain/avatar/photo.js';
import type { AvatarId, PhotoId, UserId } from '../../../domain/ids.js';

/** The photos of avatars in the making. The database itself keeps no more than 20 of each status per avatar. */
export interface PhotoStore {
  /** The set, oldest first; other writers of it wait until this transaction ends. */
  lock(avatar: AvatarId): Promise<DraftPhoto[]>;
  /** Oldest first. */
  list(avatar: AvatarId): Promise<DraftPhoto[]>;
  /** False when the set is full, however many write at once. */
  add(photo: DraftPhoto): Promise<boolean>;
  /** Makes a warned photo a kept one. False when the set is full. Nothing happens to one that is kept already. */
  keep(avatar: AvatarId, id: PhotoId): Promise<boolean>;
  /** Writes what may change of a photo: its file, what is said of it, its status. False when there is no room, or no photo. */
  update(photo: DraftPhoto): Promise<boolean>;
  /** Returns the photos that were removed; their files are the caller's to remove. */
  remove(avatar: AvatarId, ids: readonly PhotoId[]): Promise<DraftPhoto[]>;
  /** Avatars with photos whose latest training ended well before `before` and that have none open. */
  avatarsTrainedBefore(before: Date, limit: number): Promise<AvatarId[]>;
  ofOwner(owner: UserId): Promise<DraftPhoto[]>;
}
