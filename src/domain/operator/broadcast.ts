import type { UserId } from '../ids.js';
import type { Origin } from '../origin.js';

/** `gone`: the message to be sent was deleted, so nobody else can get it. */
export const broadcastStatuses = ['sending', 'sent', 'stopped', 'gone'] as const;
export type BroadcastStatus = (typeof broadcastStatuses)[number];

/** What people are sent: one message, and another for those who read another language. */
export interface BroadcastTexts {
  /** As its way in finds it again. */
  readonly message: Origin;
  /** By language, in the words of the way in. */
  readonly translations: Readonly<Record<string, Origin>>;
}

/** A message of an operator's to everybody who takes news. */
export interface Broadcast extends BroadcastTexts {
  /** A UUID. */
  readonly id: string;
  readonly admin: UserId;
  /** Where its operator sees how far it is. */
  readonly card: Origin;
  readonly createdAt: Date;
  readonly status: BroadcastStatus;
  /** `null`: it is being sent. */
  readonly endedAt: Date | null;
}

/** What became of it for one person. `blocked`: nothing of ours reaches them. `muted`: they have muted news meanwhile. */
export const broadcastOutcomes = ['sent', 'blocked', 'failed', 'muted'] as const;
export type BroadcastOutcome = (typeof broadcastOutcomes)[number];

/** People by outcome; `left`: those whose turn has not come. Once it is stopped they get nothing. */
export type BroadcastCounts = Readonly<Record<BroadcastOutcome | 'left', number>>;

/** Whom a broadcast would reach, and whom not, of those who may use the bot; its author sees it before. */
export interface Audience {
  readonly people: number;
  /** They have blocked the bot, or left Telegram. */
  readonly unreachable: number;
  readonly muted: number;
}

/** An answer that says neither yes nor no this often is no: somebody may get it twice, and nobody for ever. */
export const mostUnclearTries = 5;

const firstPause = 5;
const longestPause = 300;

/** Seconds until it is tried again when nobody knows why it could not be sent; `setbacks` in a row before this one. */
export const pauseAfter = (setbacks: number): number =>
  Math.min(longestPause, firstPause * 2 ** Math.min(setbacks, 10));
