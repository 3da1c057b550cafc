import { describe, expect, it } from 'vitest';
import { noPreferences } from '../../src/application/ports/stores/preference-store.js';
import { aUser } from '../support/builders/a-user.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every UserStore. */
export function userStoreContract(opened: () => OpenedStores): void {
  describe('as UserStore', () => {
    const users = () => opened().database.stores.users;

    it('makes a user once and finds it again', async () => {
      const user = aUser({ displayName: 'Ада <TOK> 🦊', language: 'ru' });
      const given = { id: user.id, displayName: 'Ада <TOK> 🦊', language: 'ru' };
      expect(await users().find(user.id)).toBeNull();
      expect(await users().ensure({ ...given, now: longAgo })).toEqual({ user, created: true });
      expect(await users().ensure({ ...given, now: secondsLater(60) })).toEqual({ user, created: false });
      expect(await users().find(user.id)).toEqual(user);
    });

    it('meets somebody with what they chose', async () => {
      const { id } = aUser();
      const visitor = { id, displayName: 'Ada', language: undefined };
      expect(await users().meet(visitor)).toBeNull();
      expect(await users().find(id)).toBeNull();
      await users().ensure({ id, displayName: 'Ada', language: 'ru', now: longAgo });
      expect(await users().meet(visitor)).toEqual(noPreferences);
      const { preferences } = opened().database.stores;
      await preferences.change(id, { language: 'en', notifications: false, confirmOrders: false });
      expect(await users().meet(visitor)).toEqual(await preferences.of(id));
    });

    it('follows the name of somebody it meets, and takes their language when it knows none', async () => {
      const { id } = aUser();
      await users().ensure({ id, now: longAgo });
      await users().meet({ id, displayName: 'Ada', language: undefined });
      expect(await users().find(id)).toMatchObject({ displayName: 'Ada', language: null });
      await users().meet({ id, displayName: 'Ada', language: 'ru' });
      expect(await users().find(id)).toMatchObject({ displayName: 'Ada', language: 'ru' });
      await users().meet({ id, displayName: 'Countess', language: 'en' });
      await users().meet({ id, displayName: 'Lady', language: 'en' });
      expect(await users().find(id)).toEqual({ id, displayName: 'Lady', language: 'ru', createdAt: longAgo });
    });

    it('knows nothing of a user but what it was told', async () => {
      const { id } = aUser();
      const { user } = await users().ensure({ id, now: longAgo });
      expect(user).toEqual({ id, displayName: null, language: null, createdAt: longAgo });
    });

    it('follows a changed name and keeps what is not given', async () => {
      const { id } = aUser();
      await users().ensure({ id, displayName: 'Ada', language: 'en', now: longAgo });
      const renamed = await users().ensure({ id, displayName: 'Countess', now: longAgo });
      expect(renamed.user).toMatchObject({ displayName: 'Countess', language: 'en' });
      await users().ensure({ id, now: longAgo });
      expect(await users().find(id)).toEqual(renamed.user);
    });

    it('learns a language but never overrules the one it knows', async () => {
      const { id } = aUser();
      await users().ensure({ id, displayName: 'Ada', now: longAgo });
      await users().ensure({ id, language: 'ru', now: longAgo });
      await users().ensure({ id, displayName: 'Ada L', language: 'en', now: longAgo });
      expect(await users().find(id)).toMatchObject({ displayName: 'Ada L', language: 'ru' });
    });

    it('greets a user once when twenty first messages come together', async () => {
      const { id } = aUser();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => users().ensure({ id, displayName: 'Ada', now: longAgo })),
      );
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
    });
  });
}
