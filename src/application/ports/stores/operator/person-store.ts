import type { UserId } from '../../../../domain/ids.js';
import type { PersonWork } from '../../../../domain/operator/person.js';
import type { User } from '../user-store.js';

/** What an operator asks about people. */
export interface PersonStore {
  /** Those whose name has these words in it, in whatever case; who came last comes first. */
  named(words: string, limit: number): Promise<User[]>;
  /** All their orders, and what they spent since then. */
  work(user: UserId, since: Date): Promise<PersonWork>;
}
