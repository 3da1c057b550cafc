import type { BroadcastOutcome, BroadcastStatus } from '../../../../src/domain/operator/broadcast.js';

/** A broadcast as the program keeps it; times in milliseconds since 1970. */
export interface KeptBroadcast {
  readonly id: string;
  readonly status: BroadcastStatus;
  readonly createdAt: number;
  /** `null`: it is being sent. */
  readonly endedAt: number | null;
  /** What became of it for whom; whoever is missing was not to get it. */
  readonly readers: ReadonlyMap<number, BroadcastOutcome | 'waiting'>;
}

/** One message that Telegram took. */
export interface Copy {
  readonly broadcast: string;
  readonly person: number;
  readonly at: number;
  /** Its answer was lost, or its process was killed, paused or without a database before it could write it down. */
  readonly isDoubtful: boolean;
}

/** What was sent to everybody, and what became of it. */
export interface Spread {
  /** How many the operator confirmed. */
  readonly asked: number;
  readonly broadcasts: readonly KeptBroadcast[];
  readonly copies: readonly Copy[];
  /** Who can always be reached. */
  readonly living: readonly number[];
  /** Has blocked the bot before the first of them. */
  readonly leaver: number;
  /** Who turned news off, and since when that is written down. */
  readonly mutedAt: ReadonlyMap<number, number>;
  /** When it was taken, and what went on then. */
  readonly storyOf: (copy: Copy) => string;
}

export interface BroadcastAudit {
  readonly broadcasts: number;
  readonly stopped: number;
  readonly copies: number;
  /** More than one for somebody. */
  readonly copiesTwice: number;
  /** Those of whom it was known that they had arrived; nothing excuses these. */
  readonly sentAgain: readonly string[];
  /** Was to get it, and did not; or got it, and the books do not say so. */
  readonly missed: readonly string[];
  /** Got it after they had turned news off, or long after it was stopped. */
  readonly unwanted: readonly string[];
  /** Not as many as were asked for, or not at an end. */
  readonly unfinished: readonly string[];
}

/** A message that was looked at right before a stop may be on its way for so long, in milliseconds. */
const onItsWay = 10_000;

/** Compares what came to everybody's chats with what was asked for and what the books say. */
export function auditBroadcasts({
  broadcasts,
  asked,
  living,
  leaver,
  mutedAt,
  ...spread
}: Spread): BroadcastAudit {
  const sentAgain: string[] = [];
  const missed: string[] = [];
  const unwanted: string[] = [];
  let copiesTwice = 0;
  for (const { id, status, createdAt, endedAt, readers } of broadcasts) {
    for (const person of living) {
      const copies = spread.copies
        .filter((copy) => copy.broadcast === id && copy.person === person)
        .sort((one, other) => one.at - other.at);
      const state = readers.get(person);
      const name = `${id} for ${person} (${state ?? 'not asked'})`;
      copiesTwice += Math.max(0, copies.length - 1);
      const known = copies.slice(0, -1).filter(({ isDoubtful }) => !isDoubtful).length;
      if (known > 0) sentAgain.push(`${name}: ${copies.map(spread.storyOf).join(', ')}`);
      const muted = mutedAt.get(person);
      if (muted !== undefined && muted < createdAt && copies.length > 0) unwanted.push(`${name}: muted`);
      if (copies.some(({ at, isDoubtful }) => !isDoubtful && endedAt !== null && at > endedAt + onItsWay))
        unwanted.push(`${name}: it was ${status}`);
      const isDue = state === 'sent' || (status === 'sent' && muted === undefined);
      if (isDue && copies.length === 0) missed.push(name);
      if (state === 'waiting' && copies.some(({ isDoubtful }) => !isDoubtful)) missed.push(`${name}: has it`);
    }
    const gone = readers.get(leaver) ?? 'blocked';
    if (gone !== 'blocked') missed.push(`${id}: ${gone} to whoever has blocked the bot`);
  }
  const open = broadcasts.filter(({ status }) => status !== 'sent' && status !== 'stopped');
  return {
    broadcasts: broadcasts.length,
    stopped: broadcasts.filter(({ status }) => status === 'stopped').length,
    copies: spread.copies.length,
    copiesTwice,
    ...{ sentAgain, missed, unwanted },
    unfinished: [
      ...(broadcasts.length === asked ? [] : [`${asked} were asked for, ${broadcasts.length} are kept`]),
      ...open.map(({ id, status }) => `${id} is ${status}`),
    ],
  };
}

/** What must never be, each kind in one line; empty is what we want. */
export function broadcastBreaches({ sentAgain, missed, unwanted, unfinished }: BroadcastAudit): string[] {
  return Object.entries({ sentAgain, missed, unwanted, unfinished })
    .filter(([, found]) => found.length > 0)
    .map(([kind, found]) => `broadcasts, ${kind}, ${found.length}: ${found.slice(0, 10).join('; ')}`);
}
