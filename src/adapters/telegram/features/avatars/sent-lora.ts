import { type AvatarType, avatarTypes } from '../../../../domain/avatar/avatar-type.js';

/** A LoRA file that somebody sent, until it is an avatar. */
export interface SentLora {
  readonly file: string;
  readonly name: string;
  /** `null` until it was said. */
  readonly type: AvatarType | null;
  /** Words that were found in it. */
  readonly triggers: readonly string[];
}

/** Reads what the pending reply says; `null` when it is none of ours. */
export function sentLoraOf(subject: string): SentLora | null {
  const { file, name, type, triggers } = JSON.parse(subject) as Record<string, unknown>;
  if (typeof file !== 'string' || typeof name !== 'string') return null;
  return {
    file,
    name,
    type: avatarTypes.find((each) => each === type) ?? null,
    triggers: Array.isArray(triggers) ? triggers.filter((word) => typeof word === 'string') : [],
  };
}
