import { beforeEach, describe, expect, it } from 'vitest';
import { KeepIntent } from '../../../src/application/operator/keep-intent.js';
import { redeemIntent } from '../../../src/application/operator/redeem-intent.js';
import { userId } from '../../../src/domain/ids.js';
import type { IntendedAct } from '../../../src/domain/operator/intent.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { someone } from '../../support/builders/ids.js';

const [admin, another] = [userId('7'), userId('8')];
const act: IntendedAct = { act: 'grant', user: someone, credits: 50, why: 'a gift' };
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
