import type { User } from '../../../src/application/ports/stores/user-store.js';
import { userId } from '../../../src/domain/ids.js';
import { longAgo, nextNumber } from './ids.js';

/** Everybody built is somebody else. */
export function aUser(changes: Partial<User> = {}): User {
  return {
    id: userId(String(5_000_000 + nextNumber())),
    displayName: 'Ada',
    language: 'en',
    createdAt: longAgo,
    ...changes,
  };
}
