import type { Avatar } from '../../../domain/avatar/avatar.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';

/** A part of a list that may be long. */
export interface AvatarPage {
  readonly limit?: number | undefined;
  /** The last one of the page before, as it stood there: it may be deleted by now. */
  readonly after?: Pick<Avatar, 'createdAt' | 'id'> | undefined;
}

export interface AvatarStore {
  /** Writes a new avatar, or all fields of an existing one. Making one main unmakes the owner's other. */
  save(avatar: Avatar, legacyId?: string): Promise<void>;
  /** Never finds someone else's: the owner is part of the question. */
  findOwned(owner: UserId, id: AvatarId): Promise<Avatar | null>;
  /** The owner's avatar; other writers of it wait until this transaction ends. */
  lock(owner: UserId, id: AvatarId): Promise<Avatar | null>;
  find(id: AvatarId): Promise<Avatar | null>;
  findByLegacyId(legacyId: string): Promise<Avatar | null>;
  /** Whether an imported avatar with this old id was deleted here, whoever deleted it and however. */
  wasDeleted(legacyId: string): Promise<boolean>;
  mainOf(owner: UserId): Promise<Avatar | null>;
  /** By creation, oldest first; of everybody when no owner is named. Nothing comes after one that is not there. */
  list(owner?: UserId, page?: AvatarPage): Promise<Avatar[]>;
  /** By id, by name with letter case ignored, or by the beginning of an id; of everybody when no owner is named. */
  search(idOrName: string, owner?: UserId): Promise<Avatar[]>;
  /** Ready ones that use LoRA weights of which there is no copy here, in any order. */
  withWeightsElsewhere(limit: number): Promise<AvatarId[]>;
  /** Avatars that hold a model which was replaced before that time. */
  replacedBefore(before: Date, limit: number): Promise<Avatar[]>;
  /** With its photos and its draft; their files are the caller's to remove. */
  remove(owner: UserId, id: AvatarId): Promise<void>;
}
