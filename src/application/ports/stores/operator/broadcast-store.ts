import type { UserId } from '../../../../domain/ids.js';
import type {
  Audience,
  Broadcast,
  BroadcastCounts,
  BroadcastOutcome,
  BroadcastStatus,
} from '../../../../domain/operator/broadcast.js';
import type { Lease } from '../jobs/leases.js';

export interface BroadcastProgress {
  readonly broadcast: Broadcast;
  readonly counts: BroadcastCounts;
}

/** Somebody whose turn it is. */
export interface Addressee {
  readonly id: UserId;
  /** IETF tag, as they chose it or as their app says; `null` when nobody knows. */
  readonly language: string | null;
  /** How often nobody knew whether it had arrived. */
  readonly tries: number;
}

/** People of one broadcast that are the taker's alone until its lease is over. */
export interface Batch {
  readonly broadcast: Broadcast;
  /** How often in a row it could not be sent, whoever the person. */
  readonly setbacks: number;
  readonly people: readonly Addressee[];
}

/** One person's part in a broadcast. */
export interface BroadcastCopy {
  readonly broadcast: string;
  readonly person: UserId;
}

/** Whom the settings let in; see `mayEnter`. */
export interface AccessSettings {
  readonly admins: ReadonlySet<UserId>;
  readonly allowedUsers: ReadonlySet<UserId>;
}

/** What is kept of somebody about broadcasts. */
export interface BroadcastsOfPerson {
  /** Since when nothing of ours reaches them. */
  readonly unreachableSince: Date | null;
  /** Latest first. `at`: when it was settled; `null`: its turn has not come. */
  readonly copies: readonly {
    readonly begunAt: Date;
    readonly state: BroadcastOutcome | 'waiting';
    readonly at: Date | null;
  }[];
}

/** Messages of operators to many people, and who can and wants to get them. */
export interface BroadcastStore {
  /**
   * Whom it would reach now: everybody but its author who has talked to the bot and may still use it, can be reached,
   * and has not muted news.
   */
  audience(author: UserId, settings: AccessSettings): Promise<Audience>;
  /** Writes down a new one with a row for each of them, in one statement. Returns how many they are. */
  add(broadcast: Omit<Broadcast, 'status' | 'endedAt'>, settings: AccessSettings): Promise<number>;
  find(id: string): Promise<BroadcastProgress | null>;
  /** Newest first. */
  list(limit: number): Promise<BroadcastProgress[]>;
  /** Nobody else gets it. `false`: it was over before, and nothing was written. */
  end(id: string, status: Exclude<BroadcastStatus, 'sending'>, now: Date): Promise<boolean>;
  /** Ends those that nobody is left of; returns them. */
  endSent(now: Date): Promise<string[]>;
  /**
   * The next people of the oldest that is due. Who is taken stays with a taker that lives, whatever clocks say; else until
   * the lease is over. After a setback one goes first, alone.
   */
  take(by: Lease, now: Date, limit: number): Promise<Batch | null>;
  /** Whether it may leave now: `held` when the row is no longer this taker's, or the broadcast stopped or put off. */
  check(
    copy: BroadcastCopy,
    owner: string,
    now: Date,
    settings: AccessSettings,
  ): Promise<'go' | 'blocked' | 'muted' | 'held'>;
  /** What became of it, once; whoever has it in hand. */
  settle(copy: BroadcastCopy, outcome: BroadcastOutcome, now: Date): Promise<void>;
  /** Anybody may take those of them that are still this taker's. `isTry`: it may have left. */
  giveBack(copies: readonly BroadcastCopy[], owner: string, isTry: boolean): Promise<void>;
  /** Nobody is sent this one before `until`, in no process: a setback. */
  putOff(id: string, until: Date): Promise<void>;
  /** Gives back all that these workers had taken and not sent; returns how many. */
  dropClaims(owners: readonly string[]): Promise<number>;
  /** Notes that this person can be reached again, or since when they cannot. */
  setUnreachable(person: UserId, since: Date | null): Promise<void>;
  of(person: UserId): Promise<BroadcastsOfPerson>;
  /** Deletes who got what was over before then; the numbers stay. Returns how many rows. */
  forget(endedBefore: Date): Promise<number>;
}
