import type { UserId } from '../../../domain/ids.js';
import type { Preferences } from './preference-store.js';

export interface User {
  readonly id: UserId;
  readonly displayName: string | null;
  /** IETF tag as the transport gave it, or as the user chose it. */
  readonly language: string | null;
  readonly createdAt: Date;
}

/** Somebody we know, as they are met. */
export interface Acquaintance {
  readonly displayName: string | null;
  readonly preferences: Preferences;
}

export interface UserStore {
  find(id: UserId): Promise<User | null>;
  /** What is looked at whenever they say something; `null` for somebody new. */
  meet(id: UserId): Promise<Acquaintance | null>;
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
