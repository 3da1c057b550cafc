import type { AvatarId, UserId } from '../ids.js';
import type { Origin } from '../origin.js';
import type { AvatarType } from './avatar-type.js';

export const consentSubjects = ['self', 'permitted', 'style'] as const;
/** Whose pictures they are: the owner's own, somebody's who agreed, or nobody's face at all. */
export type ConsentSubject = (typeof consentSubjects)[number];

/** What its owner declared once for the avatar. Kept for as long as the avatar. */
export interface Consent {
  readonly subject: ConsentSubject;
  /** Everybody in the pictures is of age. */
  readonly adults: true;
  readonly givenAt: Date;
}

export const consentFits = (type: AvatarType, subject: ConsentSubject): boolean =>
  type === 'artistic' || subject !== 'style';

/** What is being made of photos: a new avatar, or an old one anew. One per avatar. */
export interface AvatarDraft {
  readonly avatar: AvatarId;
  readonly owner: UserId;
  readonly consent: Consent | null;
  /** Where the person is to be told about it. */
  readonly origin: Origin;
  /** When its owner last turned to it: of several, photos go to the latest. `null`: it takes none. */
  readonly openedAt: Date | null;
  /** Its owner has said what it is called. */
  readonly named: boolean;
  /** What the way in remembers, e.g. which message shows the progress. Means nothing to anybody else. */
  readonly transportState: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}
