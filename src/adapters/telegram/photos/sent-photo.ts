import { type AvatarId, avatarId, type UserId, userId } from '../../../domain/ids.js';
import { type Language, languageOf } from '../wording/translator.js';

/** A photo or file that somebody sent for an avatar in the making, until it was looked at. */
export interface SentPhoto {
  readonly owner: UserId;
  readonly avatar: AvatarId;
  readonly fileId: string;
  /** As the sender called it; photos have no name. */
  readonly name: string | null;
  /** Bytes, as announced. */
  readonly bytes: number;
  /** `null` when it came by itself. */
  readonly album: string | null;
  readonly message: number;
  readonly language: Language;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Seconds until its owner may send more: this is beyond what may be sent a day. `null`: it is not. */
  readonly wait: number | null;
}

/** Reads a kept row; `null` when it is none of ours. */
export function sentPhotoOf(body: unknown): SentPhoto | null {
  if (typeof body !== 'object' || body === null) return null;
  const { owner, avatar, fileId, name, bytes, album, message, language, sentAt, wait } = body as Record<
    string,
    unknown
  >;
  if (typeof owner !== 'string' || typeof avatar !== 'string' || typeof fileId !== 'string') return null;
  if (typeof message !== 'number') return null;
  return {
    owner: userId(owner),
    avatar: avatarId(avatar),
    fileId,
    name: typeof name === 'string' ? name : null,
    bytes: typeof bytes === 'number' ? bytes : 0,
    album: typeof album === 'string' ? album : null,
    message,
    language: languageOf(typeof language === 'string' ? language : null),
    sentAt: typeof sentAt === 'number' ? sentAt : 0,
    wait: typeof wait === 'number' ? wait : null,
  };
}
