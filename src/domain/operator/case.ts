import type { PhotoId, UserId } from '../ids.js';
import { wordCategories } from '../text/word-lists.js';

/** What people may report, the weightiest first. */
export const reportCategories = [...wordCategories, 'other'] as const;
export type ReportCategory = (typeof reportCategories)[number];

/** What an operator may decide of each kind of case. */
export const decisionsOf = {
  /** Somebody reported a shared recipe. */
  recipe: ['keep', 'hide', 'block'],
  /** The faces of a photo set look like a child's. */
  photos: ['allow', 'refuse'],
  /** Somebody who was blocked asks to be let in again. */
  appeal: ['unblock', 'stay'],
} as const;

export type CaseKind = keyof typeof decisionsOf;
export const caseKinds = Object.keys(decisionsOf) as readonly CaseKind[];
export type Decision = (typeof decisionsOf)[CaseKind][number];
export const decisions: readonly Decision[] = Object.values(decisionsOf).flat();

/** What each answer on the command line decides, by the kind of case. */
const answersOf = {
  allow: { recipe: 'keep', photos: 'allow', appeal: 'unblock' },
  refuse: { recipe: 'hide', photos: 'refuse', appeal: 'stay' },
  block: { recipe: 'block', photos: null, appeal: null },
} as const satisfies Record<string, Record<CaseKind, Decision | null>>;

export type CaseAnswer = keyof typeof answersOf;

/** `null`: there is no such answer to this kind of case. */
export const decisionFor = (kind: CaseKind, answer: CaseAnswer): Decision | null => answersOf[answer][kind];

/** Something that waits for an operator's word. */
export interface Case {
  /** A UUID. */
  readonly id: string;
  readonly kind: CaseKind;
  /** Whom it is about. */
  readonly person: UserId;
  /** Who reported it; nobody else learns it. */
  readonly reporter: UserId | null;
  /** The recipe, the avatar, or when the block began that is appealed against. */
  readonly subject: string | null;
  readonly category: ReportCategory | null;
  readonly photos: readonly PhotoId[];
  /** What the person says for themselves. */
  readonly words: string | null;
  readonly openedAt: Date;
  /** `null`: it waits. */
  readonly decision: Decision | null;
  readonly decidedAt: Date | null;
}

/** What is said of one that begins to wait. */
export type NewCase = Pick<Case, 'id' | 'kind' | 'person' | 'openedAt'> &
  Partial<Pick<Case, 'reporter' | 'subject' | 'category' | 'photos' | 'words'>>;

/** Two that are the same share it: a second report of somebody, the same photos, a second appeal. */
export function keyOf({ kind, person, reporter, subject, photos = [] }: NewCase): string {
  const about = {
    recipe: `${subject} ${reporter}`,
    photos: `${subject} ${[...photos].sort().join()}`,
    appeal: `${person} ${subject}`,
  };
  return `${kind} ${about[kind]}`;
}
