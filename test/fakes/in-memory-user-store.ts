import { noPreferences, type Preferences } from '../../src/application/ports/stores/preference-store.js';
import type { User, UserStore, Visitor } from '../../src/application/ports/stores/user-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Access } from './in-memory-state.js';

export class InMemoryUserStore implements UserStore {
  constructor(private readonly access: Access) {}

  find(id: UserId): Promise<User | null> {
    return this.access(({ users }) => users.get(id) ?? null);
  }

  meet({ id, displayName, language, isReachable }: Visitor): Promise<Preferences | null> {
    return this.access(({ users, bot, broadcasting }) => {
      const user = users.get(id);
      if (user === undefined) return null;
      users.set(id, { ...user, displayName, language: user.language ?? language ?? null });
      if (isReachable) broadcasting.unreachable.delete(id);
      return bot.preferences.get(id) ?? noPreferences;
    });
  }

  ensure(given: {
    id: UserId;
    displayName?: string | undefined;
    language?: string | undefined;
    now: Date;
  }): Promise<{ user: User; created: boolean }> {
    return this.access(({ users }) => {
      const known = users.get(given.id);
      const user: User = {
        id: given.id,
        displayName: given.displayName ?? known?.displayName ?? null,
        language: known?.language ?? given.language ?? null,
        createdAt: known?.createdAt ?? given.now,
      };
      users.set(user.id, user);
      return { user, created: known === undefined };
    });
  }
}
