import { beforeEach, describe, expect, it, test } from 'vitest';
import { mayEnter } from '../../../src/application/account/access.js';
import { AdmitUser } from '../../../src/application/account/admit-user.js';
import { AskForAccess } from '../../../src/application/operator/access/ask-for-access.js';
import { DecideAccess } from '../../../src/application/operator/access/decide-access.js';
import { EndAccessLink } from '../../../src/application/operator/access/end-access-link.js';
import { MakeAccessLink } from '../../../src/application/operator/access/make-access-link.js';
import { OpenToAll } from '../../../src/application/operator/access/open-to-all.js';
import type { Policy } from '../../../src/application/policy/policy.js';
import type { Visitor } from '../../../src/application/ports/stores/user-store.js';
import { promoTries } from '../../../src/domain/allowance.js';
import { userId } from '../../../src/domain/ids.js';
import type { AdmissionState } from '../../../src/domain/operator/admission.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { policy as usual } from '../training/training-world.js';

const admin = userId('7');
const by = { admin };
const day = 86_400;

let database: InMemoryDatabase;
let clock: FakeClock;
let policy: Policy;
beforeEach(() => {
  database = new InMemoryDatabase();
  clock = new FakeClock();
  policy = {
    ...usual,
    allowances: { ...usual.allowances, promo_codes: promoTries },
    admins: new Set([admin]),
  };
});

let drawn = 0;
const parts = () => ({ database, clock, policy });
const allows = (user = someone) => mayEnter({ database, policy }, user);
const decide = (decision: 'allowed' | 'refused' | 'removed', user = someone) =>
  new DecideAccess(parts()).execute({ user, decision }, by);
const asks = (user = someone) => new AskForAccess(parts()).execute({ user, name: 'Ada', language: 'en' });
const makeLink = (terms = {}) =>
  new MakeAccessLink({
    database,
    clock,
    secureBytes: (count) => new Uint8Array(count).fill(drawn++),
  }).execute({ uses: 1, days: 7, ...terms }, by);
const comes = (changes: Partial<Visitor> = {}) =>
  new AdmitUser(parts()).execute({ id: someone, displayName: 'Ada', language: 'en', ...changes });

describe('who may come in', () => {
  it('is everybody where neither the settings nor the list name anybody', async () => {
    expect(await allows()).toBe(true);
  });

  it('is who is in the settings or on the list, and an operator', async () => {
    policy = { ...policy, allowedUsers: new Set([somebodyElse]) };
    expect(await allows()).toBe(false);
    expect(await allows(somebodyElse)).toBe(true);
    expect(await allows(admin)).toBe(true);
    await decide('allowed');
    expect(await allows()).toBe(true);
  });

  it('is nobody else from the first name on the list on, also when that is taken off', async () => {
    await decide('allowed');
    expect(await allows(somebodyElse)).toBe(false);
    await decide('removed');
    expect(await allows()).toBe(false);
    expect(await allows(somebodyElse)).toBe(false);
    expect(await allows(admin)).toBe(true);
    await new OpenToAll(parts()).execute(by);
    expect(await allows()).toBe(true);
  });

  it('is not changed by taking off whom the settings let in: they are told where to do that', async () => {
    policy = { ...policy, allowedUsers: new Set([someone]) };
    for (const user of [someone, admin])
      await expect(decide('removed', user)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await database.stores.admissions.count()).toMatchObject({ removed: 0 });
  });
});

describe('a link', () => {
  it('lets in so many people, and closes the door for others', async () => {
    const { code } = await makeLink({ uses: 2 });
    await expect(comes()).rejects.toMatchObject({ code: 'not_allowed' });
    await comes({ link: code });
    await comes({ link: code });
    await comes({ id: somebodyElse, link: code.toLowerCase() });
    await expect(comes({ id: userId('3'), link: code })).rejects.toMatchObject({ code: 'link_refused' });
    expect(await database.stores.users.find(userId('3'))).toBeNull();
    expect(await database.stores.admissions.of(userId('3'))).toMatchObject({ admission: null });
    expect((await database.stores.admissions.of(someone)).admission).toMatchObject({
      ...{ state: 'allowed', name: 'Ada', link: code },
    });
    expect(await database.stores.accessLinks.list(9)).toMatchObject([{ used: 2 }]);
  });

  it('works for its days, until it is ended', async () => {
    const [short, ended] = [await makeLink({ days: 1 }), await makeLink()];
    await new EndAccessLink(parts()).execute({ code: ended.code }, by);
    await expect(new EndAccessLink(parts()).execute({ code: ended.code }, by)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(comes({ link: ended.code })).rejects.toMatchObject({ code: 'link_refused' });
    clock.advance(day + 1);
    await expect(comes({ link: short.code })).rejects.toMatchObject({ code: 'link_refused' });
  });

  it('does not undo that an operator has turned somebody away', async () => {
    const { code } = await makeLink({ uses: 9 });
    await decide('refused');
    await expect(comes({ link: code })).rejects.toMatchObject({ code: 'link_refused' });
    await decide('removed');
    await expect(comes({ link: code })).rejects.toMatchObject({ code: 'link_refused' });
    expect(await database.stores.accessLinks.list(9)).toMatchObject([{ used: 0 }]);
  });

  it('cannot be guessed: after five tries an hour also the right one is refused', async () => {
    const { code } = await makeLink();
    for (let tries = 0; tries < promoTries; tries += 1)
      await expect(comes({ link: 'WRONG' })).rejects.toMatchObject({ code: 'link_refused' });
    await expect(comes({ link: code })).rejects.toMatchObject({ code: 'allowance_spent' });
    clock.advance(3601);
    await comes({ link: code });
  });

  it('is not used by somebody who may come in without it', async () => {
    const { code } = await makeLink();
    await decide('allowed');
    await comes({ link: code });
    expect(await database.stores.accessLinks.list(9)).toMatchObject([{ used: 0 }]);
  });
});

test('what an operator was shown is decided while it is so; after that they hear who decided', async () => {
  const decideShown = (decision: 'allowed' | 'refused', shown: AdmissionState, who = '8') =>
    new DecideAccess(parts()).execute({ user: someone, decision, shown }, { admin: userId(who) });
  await makeLink();
  await asks();
  const answers = await Promise.allSettled([
    decideShown('refused', 'asked'),
    decideShown('allowed', 'asked', '9'),
  ]);
  const at = clock.now();
  expect(answers).toMatchObject([
    { status: 'fulfilled' },
    { reason: { refusal: { code: 'decided_before', by: '8', at } } },
  ]);
  clock.advance(60);
  await expect(decideShown('refused', 'asked', '9')).rejects.toMatchObject({
    refusal: { code: 'decided_before', by: '8', at },
  });
  expect(await database.stores.admissions.of(someone)).toMatchObject({ admission: { state: 'refused' } });
  expect(await database.stores.operatorActs.about(someone)).toHaveLength(1);
  await decideShown('allowed', 'refused', '9');
  expect(await allows()).toBe(true);
  // With the list gone an old card closes no door.
  await new OpenToAll(parts()).execute(by);
  await expect(decideShown('allowed', 'asked')).rejects.toMatchObject({ code: 'not_found' });
  expect(await allows(somebodyElse)).toBe(true);
});

test('every act is kept, with who did it, and none that changed nothing', async () => {
  await decide('allowed');
  await decide('allowed');
  const { code } = await makeLink({ uses: 3 });
  await new EndAccessLink(parts()).execute({ code }, by);
  await expect(new EndAccessLink(parts()).execute({ code }, by)).rejects.toMatchObject({ code: 'not_found' });
  await new OpenToAll(parts()).execute(by);
  const acts = await database.stores.operatorActs.list(9);
  expect(acts).toMatchObject([
    { act: 'access-open', admin },
    { act: 'access-link-end', details: { code } },
    { act: 'access-link', details: { code, uses: 3 } },
    { act: 'access', subject: someone, details: { decision: 'allowed' } },
  ]);
  expect(acts).toHaveLength(4);
});

test('somebody asks once, and anew a month after the answer', async () => {
  expect(await asks()).toBe('in');
  await makeLink();
  expect(await asks()).toBe('asked');
  expect(await asks()).toBe('waits');
  expect(await decide('refused')).toMatchObject({ before: 'asked', admission: { state: 'refused' } });
  expect(await asks()).toBe('turned-away');
  clock.advance(30 * day);
  expect(await asks()).toBe('asked');
  expect(await decide('allowed')).toMatchObject({ before: 'asked' });
  expect(await decide('allowed')).toMatchObject({ before: 'allowed' });
  expect(await asks()).toBe('in');
});
