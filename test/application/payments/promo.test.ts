import { beforeEach, describe, expect, it } from 'vitest';
import { CreatePromo } from '../../../src/application/payments/create-promo.js';
import { EndPromo } from '../../../src/application/payments/end-promo.js';
import { RedeemPromo } from '../../../src/application/payments/redeem-promo.js';
import { promoTries } from '../../../src/domain/allowance.js';
import { type UserId, userId } from '../../../src/domain/ids.js';
import { mostCredits } from '../../../src/domain/ledger.js';
import { aPromo } from '../../support/builders/a-promo.js';
import { plenty } from '../../support/builders/allowances.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

let world: GenerationWorld;
let create: CreatePromo;
let redeem: (code: string, owner?: UserId) => ReturnType<RedeemPromo['execute']>;

beforeEach(async () => {
  world = new GenerationWorld({ allowances: { ...plenty, promo_codes: promoTries } });
  const { database, clock, rules: policy } = world;
  create = new CreatePromo({ database, clock, secureBytes: (count) => new Uint8Array(count).fill(31) });
  const redeemPromo = new RedeemPromo({ database, clock, policy });
  redeem = (code, owner = someone) => redeemPromo.execute({ code }, { owner });
  await givenUser(database.stores, { id: someone });
  await givenUser(database.stores, { id: somebodyElse });
});

const balance = async (user = someone) => (await world.database.stores.ledger.account(user)).balance;
const refused = { code: 'promo_refused' };
const by = { admin: 'cli' } as const;

describe('CreatePromo', () => {
  it('draws a code', async () => {
    expect(await create.execute({ credits: 50 }, by)).toMatchObject({
      code: 'ZZZZZZZZZZ',
      credits: 50,
      uses: null,
    });
  });

  it("takes the operator's own, which is handed out as it was written", async () => {
    const made = await create.execute({ credits: 50, uses: 3, until: '2099-01-31', code: 'Welcome-26' }, by);
    expect(made).toMatchObject({ code: 'WE1C0ME26', shown: 'WELCOME-26', uses: 3 });
    expect(made.until).toEqual(new Date('2099-01-31T23:59:59.999Z'));
    expect(await redeem('welcome26')).toEqual({ credits: 50, percent: null, isNew: true });
  });

  it('makes none a second time, also in other signs and after its end', async () => {
    const { database, clock } = world;
    await create.execute({ credits: 50, code: 'WELCOME' }, by);
    await new EndPromo({ database, clock }).execute('WELCOME', by);
    await expect(create.execute({ credits: 5, code: 'we1c0me' }, by)).rejects.toMatchObject({
      refusal: { problems: [{ field: 'code', received: 'WE1C0ME' }] },
    });
  });

  it('is kept as an act of whoever makes and ends it', async () => {
    const { database, clock } = world;
    await create.execute({ credits: 50, code: 'WELCOME' }, by);
    await new EndPromo({ database, clock }).execute('welcome', by);
    await expect(create.execute({ credits: 50, code: 'WELCOME' }, by)).rejects.toThrow();
    await expect(new EndPromo({ database, clock }).execute('NEVERWAS', by)).rejects.toThrow();
    expect(await database.stores.operatorActs.list(9)).toMatchObject([
      { admin: 'cli', act: 'promo-end', details: { code: 'WELCOME' } },
      { admin: 'cli', act: 'promo-create', details: { code: 'WELCOME', credits: 50, percent: null } },
    ]);
  });

  it.each([
    ['no credits', { credits: 0 }],
    ['nothing', {}],
    ['both', { credits: 5, percent: 5 }],
    ['no percent', { percent: 0 }],
    ['more than twice the pack', { percent: 101 }],
    ['part of a credit', { credits: 1.5 }],
    ['nobody to use it', { credits: 5, uses: 0 }],
    ['a day that there is not', { credits: 5, until: '2099-02-30' }],
    ['a day that is over', { credits: 5, until: '2020-01-01' }],
    ['a short code', { credits: 5, code: 'abc' }],
    ['a code of dashes', { credits: 5, code: '-----' }],
    ['a code that no link can carry', { credits: 5, code: 'скидка' }],
  ])('refuses %s', async (_, terms) => {
    await expect(create.execute(terms, by)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await world.database.stores.promos.list(9)).toEqual([]);
  });
});

describe('RedeemPromo', () => {
  it('gives the credits, as a gift in the history', async () => {
    await create.execute({ credits: 50, code: 'WELCOME' }, by);
    expect(await redeem(' welc-ome ')).toEqual({ credits: 50, percent: null, isNew: true });
    expect(await world.database.stores.ledger.history(someone, 9)).toMatchObject([
      { kind: 'grant', amount: 50, reason: `grant:promo:WE1C0ME:${someone}` },
    ]);
  });

  it('gives them once to a person, however often and at once, and takes one use', async () => {
    await create.execute({ credits: 50, uses: 3, code: 'WELCOME' }, by);
    const all = await Promise.all([redeem('WELCOME'), redeem('WELCOME'), redeem('WELCOME')]);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await balance()).toBe(50);
    expect(await redeem('WELCOME', somebodyElse)).toEqual({ credits: 50, percent: null, isNew: true });
    expect(await world.database.stores.promos.find('WE1C0ME')).toMatchObject({ used: 2 });
  });

  it('gives one answer to whatever gives nothing, and writes nothing', async () => {
    const { database, clock } = world;
    await create.execute({ credits: 50, uses: 1, code: 'USEDUP' }, by);
    await create.execute({ credits: 50, until: '2026-01-02', code: 'EXPIRED' }, by);
    await create.execute({ credits: 50, code: 'ENDED' }, by);
    await redeem('USEDUP', somebodyElse);
    await new EndPromo({ database, clock }).execute('ended', by);
    clock.advance(2 * 86_400);
    const answers = [];
    for (const code of ['USEDUP', 'EXPIRED', 'ENDED', 'NEVERWAS', '?'])
      answers.push(await redeem(code).catch((error: Error) => ({ ...error, message: error.message })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ refusal: refused });
    expect(await balance()).toBe(0);
    // Nothing of a refused try is left: when there is a use again, it is theirs.
    expect(await database.stores.promos.redeem(aPromo({ code: 'USEDUP' }), someone, longAgo)).toBe(true);
  });

  it('counts tries, right or wrong, and has an end of them within an hour', async () => {
    await create.execute({ credits: 50, code: 'WELCOME' }, by);
    for (let tries = 0; tries < promoTries; tries++)
      await expect(redeem(`WRONG${tries}`)).rejects.toMatchObject(refused);
    await expect(redeem('WELCOME')).rejects.toMatchObject({
      refusal: { code: 'allowance_spent', kind: 'promo_codes', limit: 5, seconds: 3600 },
    });
    expect(await balance()).toBe(0);
    expect(await redeem('WELCOME', somebodyElse)).toMatchObject({ isNew: true });
    world.clock.advance(3600);
    expect(await redeem('WELCOME')).toMatchObject({ isNew: true });
  });

  it('takes no use for credits that nobody can have', async () => {
    await create.execute({ credits: 50, uses: 1, code: 'WELCOME' }, by);
    const grant = { user: someone, kind: 'grant', amount: mostCredits, reason: 'grant:x' } as const;
    await world.database.transaction(({ ledger }) => ledger.write([grant], longAgo));
    await expect(redeem('WELCOME')).rejects.toMatchObject({ code: 'too_many_credits' });
    expect(await redeem('WELCOME', somebodyElse)).toMatchObject({ isNew: true });
  });

  it('gives five of thirty who come at once what is there for five', async () => {
    await create.execute({ credits: 50, uses: 5, code: 'WELCOME' }, by);
    const people = Array.from({ length: 30 }, (_, index) => userId(String(9000 + index)));
    for (const id of people) await givenUser(world.database.stores, { id });
    const answers = await Promise.allSettled(people.map((person) => redeem('WELCOME', person)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const balances = await Promise.all(people.map(balance));
    expect(balances.filter((one) => one === 50)).toHaveLength(5);
  });
});
