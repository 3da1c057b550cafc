import { beforeEach, describe, expect, it } from 'vitest';
import { KeepIntent } from '../../../src/application/operator/keep-intent.js';
import { redeemIntent } from '../../../src/application/operator/redeem-intent.js';
import { generationId, userId } from '../../../src/domain/ids.js';
import type { OperatorAct } from '../../../src/domain/operator/act.js';
import type { IntendedAct } from '../../../src/domain/operator/intent.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';

const [admin, another] = [userId('7'), userId('8')];
const act: IntendedAct = { act: 'grant', user: someone, credits: 50, why: 'a gift' };
const aJob = generationId(nextUuid());
let database: InMemoryDatabase;
let clock: FakeClock;
let kept: string;
beforeEach(async () => {
  [database, clock] = [new InMemoryDatabase(), new FakeClock()];
  kept = await new KeepIntent({ database, clock, ids: new SequentialIds() }).execute(act, { admin });
});
const redeem = (by = admin, id = kept) =>
  database.transaction((stores) => redeemIntent(stores, { id, admin: by }, clock.now()));
const over = { code: 'intent_over' };

describe('redeemIntent', () => {
  it('gives what was asked, once', async () => {
    expect(await redeem()).toEqual(act);
    await expect(redeem()).rejects.toMatchObject(over);
  });

  it('gives it to nobody but the operator who was asked', async () => {
    await expect(redeem(another)).rejects.toMatchObject(over);
    expect(await redeem()).toEqual(act);
  });

  const did = (details: Partial<OperatorAct> = {}) =>
    database.transaction(({ operatorActs }) => {
      const at = clock.now();
      const done = {
        at,
        admin: another,
        act: 'grant',
        subject: someone,
        why: null,
        details: { credits: 50 },
      };
      return operatorActs.write({ ...done, ...details } as OperatorAct);
    });

  it('gives nothing when another operator has done it meanwhile, and says who and when', async () => {
    clock.advance(30);
    await did();
    const at = clock.now();
    clock.advance(30);
    const decided = { refusal: { code: 'decided_before', by: another, at } };
    await expect(redeem()).rejects.toMatchObject(decided);
    await expect(redeem()).rejects.toMatchObject(decided);
  });

  it('gives it when they did that before, or to somebody else, or did something else, and when it was oneself', async () => {
    await did();
    clock.advance(30);
    await did({ subject: somebodyElse });
    await did({ act: 'take-back', details: { credits: 5, entry: 'e' } });
    await did({ admin });
    expect(await redeem()).toEqual(act);
  });

  it.each([
    [
      { act: 'refund', user: someone, charge: 'c', why: null },
      { act: 'refund', details: { charge: 'c', stars: 1, credits: 1 } },
    ],
    [
      { act: 'payment-settle', user: someone, charge: 'c', credits: 5, why: 'w' },
      { act: 'refund', details: { charge: 'c', stars: 1, credits: 1 } },
    ],
    [
      { act: 'job-give-back', user: someone, job: { kind: 'generation', id: aJob }, credits: 1 },
      { act: 'job-replay', details: { job: { kind: 'generation', id: aJob }, credits: 1 } },
    ],
    [{ act: 'budget-reset' }, { act: 'budget-reset', subject: null, details: { day: 1, month: 1 } }],
    [
      { act: 'promo-end', code: 'A' },
      { act: 'promo-end', subject: null, details: { code: 'A' } },
    ],
  ] as [IntendedAct, Partial<OperatorAct>][])('knows %o again', async (intended, done) => {
    kept = nextUuid();
    await database.stores.operatorIntents.keep({ id: kept, admin, act: intended, madeAt: clock.now() });
    clock.advance(1);
    await did(done);
    await expect(redeem()).rejects.toMatchObject({ code: 'decided_before' });
  });

  it('gives nothing after a quarter of an hour', async () => {
    clock.advance(15 * 60 - 1);
    await expect(redeem(admin, '00000000-0000-4000-8000-000000000000')).rejects.toMatchObject(over);
    clock.advance(1);
    await expect(redeem()).rejects.toMatchObject(over);
  });

  it('still gives it just before', async () => {
    clock.advance(15 * 60 - 1);
    expect(await redeem()).toEqual(act);
  });
});
