import { beforeEach, describe, expect, it } from 'vitest';
import { CompareBill } from '../../../src/application/operator/compare-bill.js';
import type { BilledWork } from '../../../src/application/ports/operator/provider-bill.js';
import { billOf, differs } from '../../../src/domain/operator/bill.js';
import { billFinding } from '../../../src/program/check-bill.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const lora = 'fal-ai/flux-lora';
const cents = 10_000;

let world: GenerationWorld;
let billed: BilledWork[] | Error;
let asked: string[];
let compare: CompareBill;

beforeEach(async () => {
  world = new GenerationWorld();
  billed = [];
  asked = [];
  const providerBill = {
    read: async (first: string, last: string) => {
      asked.push(`${first} ${last}`);
      if (billed instanceof Error) throw billed;
      return billed;
    },
  };
  const { database, clock, rules: policy } = world;
  compare = new CompareBill({ database, clock, policy, providerBill });
  await givenUser(world.stores, { id: someone });
  // Noon of the first of January.
  await givenGeneration(world.stores, {
    ...{ status: 'submitted', cost: 4 * cents, submittedAt: clock.now() },
  });
});

const latest = (days = 1) => world.stores.bills.latest(days);
const of = (day: string, endpoint: string, amount: number): BilledWork => ({ day, endpoint, billed: amount });

describe('CompareBill', () => {
  it('puts the bill of a day beside what was reckoned, once, in the morning after it', async () => {
    billed = [
      of('2026-01-01', lora, 3 * cents),
      of('2026-01-01', lora, 2 * cents),
      of('2026-01-01', 'somebody/else', 7 * cents),
      of('2025-12-31', lora, cents),
    ];
    world.clock.set('2026-01-02T05:59:59Z');
    await compare.execute();
    expect(asked).toEqual([]);
    world.clock.set('2026-01-02T06:00:00Z');
    await compare.execute();
    world.clock.advance(3600);
    await compare.execute();
    expect(asked).toEqual(['2025-12-30 2026-01-01']);
    expect(await latest(3)).toEqual([
      {
        day: '2026-01-01',
        lines: [
          { endpoint: '', reckoned: 0, billed: 7 * cents },
          { endpoint: lora, reckoned: 4 * cents, billed: 5 * cents },
        ],
      },
      {
        day: '2025-12-31',
        lines: [
          { endpoint: '', reckoned: 0, billed: 0 },
          { endpoint: lora, reckoned: 0, billed: cents },
        ],
      },
      { day: '2025-12-30', lines: [{ endpoint: '', reckoned: 0, billed: 0 }] },
    ]);
  });

  it('reads a day again on the next ones, where lines came late', async () => {
    world.clock.set('2026-01-02T06:00:00Z');
    await compare.execute();
    billed = [of('2026-01-01', lora, 4 * cents)];
    world.clock.set('2026-01-03T06:00:00Z');
    await compare.execute();
    expect((await latest(2))[1]?.lines).toContainEqual({
      endpoint: lora,
      reckoned: 4 * cents,
      billed: 4 * cents,
    });
  });

  it('keeps nothing of a bill that cannot be read, and asks again', async () => {
    billed = new Error('403');
    world.clock.set('2026-01-02T06:00:00Z');
    await expect(compare.execute()).rejects.toThrow('403');
    expect(await latest()).toEqual([]);
    billed = [];
    await compare.execute();
    expect(asked).toHaveLength(2);
    expect(await latest()).toMatchObject([{ day: '2026-01-01' }]);
  });
});

describe('what doctor says of the bill', () => {
  const dollar = 1_000_000;
  const days = (billedOfEach: number, endpoint = lora) =>
    ['2026-01-02', '2026-01-01'].map((day) => ({
      day,
      lines: [{ endpoint, reckoned: 10 * dollar, billed: billedOfEach }],
    }));
  const clock = { now: () => new Date('2026-01-03T12:00:00Z') };

  it('evens days out, and warns of more than a tenth and a dollar', () => {
    const [line] = billOf(days(11 * dollar));
    expect(line).toEqual({ endpoint: lora, reckoned: 20 * dollar, billed: 22 * dollar });
    expect(billFinding(days(11 * dollar), true, clock)).toMatchObject({ ok: true, isWarning: false });
    const far = billFinding(days(12 * dollar), true, clock);
    expect(far).toMatchObject({ ok: true, isWarning: true });
    expect(far.detail).toContain('fal-ai/flux-lora $20.00 reckoned, $24.00 billed');
    expect(far.advice).toContain('FAL_PRICES_FILE');
    expect(differs({ endpoint: lora, reckoned: 0, billed: dollar })).toBe(false);
    expect(differs({ endpoint: lora, reckoned: 0, billed: dollar + 1 })).toBe(true);
    expect(differs({ endpoint: '', reckoned: 0, billed: 99 * dollar })).toBe(false);
  });

  it('says why there is nothing to compare, and when nobody has read it for days', () => {
    expect(billFinding([], false, clock).detail).toContain('FAL_ADMIN_KEY');
    expect(billFinding([], true, clock)).toMatchObject({ ok: true });
    const late = { now: () => new Date('2026-01-06T00:00:00Z') };
    expect(billFinding(days(10 * dollar), true, late)).toMatchObject({ ok: false });
    expect(billFinding(days(10 * dollar), true, clock)).toMatchObject({ ok: true });
  });
});
