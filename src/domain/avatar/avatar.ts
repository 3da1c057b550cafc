import type { AvatarId, UserId } from '../ids.js';
import type { AvatarModel } from './avatar-model.js';
import type { AvatarType } from './avatar-type.js';

/** A model that a training replaced, with what belonged to it. */
export interface EarlierModel {
  readonly model: AvatarModel;
  readonly trigger: string | null;
  /** As `defaultStrength`. */
  readonly strength: number | null;
  readonly replacedAt: Date;
}

interface AvatarBasics {
  readonly id: AvatarId;
  readonly owner: UserId;
  /** 2-50 characters, as the owner typed it. */
  readonly name: string;
  readonly type: AvatarType;
  /** Trigger word or phrase put in front of every prompt; `null` when the model was trained without one. */
  readonly trigger: string | null;
  readonly isMain: boolean;
  /** LoRA scale or finetune strength the owner settled on; `null` means the preset's. */
  readonly defaultStrength: number | null;
  readonly createdAt: Date;
}

/** An avatar can be used only when `ready`; only then it holds a model. */
export type Avatar = AvatarBasics &
  (
    | {
        readonly status: 'ready';
        readonly model: AvatarModel;
        /** What its owner can go back to, for a while; the last one was in use last. */
        readonly earlier?: readonly EarlierModel[];
      }
    | { readonly status: 'draft' | 'training' }
    | { readonly status: 'failed'; readonly reason: string }
  );

/** What it keeps whatever becomes of it. */
export function basicsOf(avatar: Avatar): AvatarBasics {
  const { id, owner, name, type, trigger, isMain, defaultStrength, createdAt } = avatar;
  return { id, owner, name, type, trigger, isMain, defaultStrength, createdAt };
}

export type ReadyAvatar = Extract<Avatar, { status: 'ready' }>;
export type AvatarStatus = Avatar['status'];

/** Shorter ones would be met by chance too often; also names are looked at first. */
const shortestIdPart = 6;
const idPart = new RegExp(`^[0-9a-f]{${shortestIdPart}}[0-9a-f-]*$`);

/** Those that somebody means by an id, by a name in whatever letter case, or else by the beginning of an id. */
export function avatarsMeant(avatars: readonly Avatar[], idOrName: string): Avatar[] {
  const wanted = idOrName.trim().toLowerCase();
  const exact = avatars.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (exact.length > 0 || !idPart.test(wanted)) return exact;
  return avatars.filter(({ id }) => id.startsWith(wanted));
}
