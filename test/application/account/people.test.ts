import { beforeEach, describe, expect, it } from 'vitest';
import { AdmitUser } from '../../../src/application/account/admit-user.js';
import { ChangePreferences } from '../../../src/application/account/change-preferences.js';
import { noPreferences } from '../../../src/application/ports/stores/preference-store.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { policy } from '../training/training-world.js';

let database: InMemoryDatabase;
beforeEach(() => {
  database = new InMemoryDatabase();
});

describe('who comes in', () => {
  const admitted = (displayName: string, id = someone, allowedUsers: readonly (typeof someone)[] = []) => {
    const rules = { ...policy, welcomeCredits: 7, allowedUsers: new Set(allowedUsers) };
    const admitUser = new AdmitUser({ database, clock: new FakeClock(), policy: rules });
    return admitUser.execute({ id, displayName, language: 'ru' });
  };

  it('is made known and welcomed once, and called as they are called now', async () => {
    expect(await admitted('Ada')).toEqual(noPreferences);
    await admitted('Ada');
    await admitted('Ada Lovelace');
    expect(await database.stores.users.find(someone)).toMatchObject({
      displayName: 'Ada Lovelace',
      language: 'ru',
    });
    expect((await database.stores.ledger.account(someone)).balance).toBe(7);
  });

  it('is met with what they chose', async () => {
    await admitted('Ada');
    await new ChangePreferences({ database }).execute({ language: 'en' }, { owner: someone });
    expect(await admitted('Ada')).toMatchObject({ language: 'en' });
  });

  it('is left outside, and nothing is kept of them, unless the operator lets them in', async () => {
    await expect(admitted('Ada', somebodyElse, [someone])).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await database.stores.users.find(somebodyElse)).toBeNull();
    await admitted('Ada', someone, [someone]);
  });
});

describe('preferences', () => {
  beforeEach(() => database.stores.users.ensure({ id: someone, now: new Date(0) }));
  const change = (changes: Parameters<ChangePreferences['execute']>[0]) =>
    new ChangePreferences({ database }).execute(changes, { owner: someone });

  it('change alone, and are told as they are', async () => {
    expect(await change({ count: 3 })).toEqual({ ...noPreferences, count: 3 });
    expect(await change({ promptHelp: 'enrich' })).toMatchObject({ count: 3, promptHelp: 'enrich' });
  });

  it('forget a ratio that the new preset cannot have, and no other', async () => {
    expect(await change({ preset: 'ultra', aspectRatio: '21:9' })).toMatchObject({ aspectRatio: '21:9' });
    expect(await change({ count: 2 })).toMatchObject({ aspectRatio: '21:9' });
    expect(await change({ preset: 'fast' })).toMatchObject({ preset: 'fast', aspectRatio: null });
    await change({ aspectRatio: '3:4' });
    expect(await change({ preset: 'ultra' })).toMatchObject({ preset: 'ultra', aspectRatio: '3:4' });
  });
});
