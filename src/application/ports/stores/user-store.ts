import type { UserId } from '../../../domain/ids.js';
import type { Preferences } from './preference-store.js';

export interface User {
  readonly id: UserId;
  readonly displayName: string | null;
  /** IETF tag as the transport gave it, or as the user chose it. */
  readonly language: string | null;
  readonly createdAt: Date;
}

/** Somebody as the way in knows them now. */
export interface Visitor {
  readonly id: UserId;
  readonly displayName: string;
  /** IETF tag; theirs until they choose another. */
  readonly language: string | undefined;
  /** They speak in their own chat with us, so it is open. */
  readonly isReachable?: boolean;
  /** By whose link they come. */
  readonly invitedBy?: UserId | undefined;
  /** What stood in the access link they come by. */
  readonly link?: string | undefined;
}

export interface UserStore {
  find(id: UserId): Promise<User | null>;
  /**
   * Whenever they say something: follows their name, notes that they can be reached again, and returns what they chose.
   * `null` for somebody new.
   */
  meet(visitor: Visitor): Promise<Preferences | null>;
  /**
   * Makes the user if new; tells which. An existing one keeps what is not given, and a language once known: it may
   * have been chosen.
   */
  ensure(user: {
    id: UserId;
    displayName?: string | undefined;
    language?: string | undefined;
    now: Date;
  }): Promise<{ user: User; created: boolean }>;
}
