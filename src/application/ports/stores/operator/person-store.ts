import type { UserId } from '../../../../domain/ids.js';
import type { PersonWork } from '../../../../domain/operator/person.js';
import type { User } from '../user-store.js';

export interface PeopleFilter {
  /** `true`: only those who are blocked. */
  readonly isBlocked?: boolean | undefined;
  readonly limit: number;
}
export interface ListedUser extends User {
  readonly blockedAt: Date | null;
}

/** What an operator asks about people. */
export interface PersonStore {
  /** Those whose name has these words in it, in whatever case; who came last comes first. */
  named(words: string, limit: number): Promise<User[]>;
  /** Who came last comes first. */
  list(filter: PeopleFilter): Promise<ListedUser[]>;
  /** All their orders, and what they spent since then. */
  work(user: UserId, since: Date): Promise<PersonWork>;
}
