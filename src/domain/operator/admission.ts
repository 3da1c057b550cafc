import type { UserId } from '../ids.js';

/** `asked`: waits for an operator's answer. */
export const admissionStates = ['asked', 'allowed', 'refused', 'removed'] as const;
export type AdmissionState = (typeof admissionStates)[number];

/** What operators have decided about somebody, or are asked to decide. */
export interface Admission {
  readonly user: UserId;
  readonly state: AdmissionState;
  /** As they called themselves; `null`: an operator named them by number, or they have left. */
  readonly name: string | null;
  /** IETF tag. */
  readonly language: string | null;
  /** Since when it is so. */
  readonly at: Date;
  /** The code of the link that they came in by. */
  readonly link: string | null;
}

/** A link that lets in whoever opens it first. */
export interface AccessLink {
  readonly code: string;
  /** How many people it lets in. */
  readonly uses: number;
  readonly used: number;
  /** Its last moment. */
  readonly until: Date;
  /** When an operator ended it. */
  readonly endedAt: Date | null;
  readonly createdAt: Date;
}

export const isLive = ({ uses, used, until, endedAt }: AccessLink, now: Date): boolean =>
  endedAt === null && used < uses && until >= now;

/** A link opens the chat with `/start` and this. */
export const linkPayload = ({ code }: Pick<AccessLink, 'code'>): string => `invite_${code}`;

/** Whoever was refused or sent away may ask again after so long. Seconds. */
export const asksAgainAfter = 30 * 86_400;
