import { describe, expect, it } from 'vitest';
import { beginningOf, type Counted, dollarsOfStar, numbersOf } from '../../../src/domain/operator/numbers.js';
import { someone } from '../../support/builders/ids.js';

const from = new Date('2026-11-27T00:00:00Z');
const nobody = { p50: null, p90: null };
const nothing: Counted = {
  people: { joined: 0, active: 0, paying: 0 },
  pictures: [],
  trainings: [],
  waits: { pictures: nobody, trainings: nobody },
  money: { stars: 0, refunded: 0, commission: 0, sold: 0, given: 0 },
  spenders: [],
};
const jobs = { jobs: 1, credits: 0, cost: 0, unpriced: 0 };

describe('the days of a span', () => {
  it('begin at midnight, UTC, and today is one of them', () => {
    const now = new Date('2026-03-01T23:30:00Z');
    expect(beginningOf(1, now)).toEqual(new Date('2026-03-01T00:00:00Z'));
    expect(beginningOf(7, now)).toEqual(new Date('2026-02-23T00:00:00Z'));
    expect(beginningOf(30, now)).toEqual(new Date('2026-01-31T00:00:00Z'));
  });
});

describe('numbers', () => {
  it('say nothing that no row says', () => {
    const numbers = numbersOf(1, from, nothing);
    expect(numbers.pictures).toEqual({ states: {}, success: null, p50: null, p90: null });
    expect(numbers.trainings).toEqual({ states: {}, success: null, p50: null, p90: null });
    expect(numbers.money).toMatchObject({ income: 0, cost: 0, margin: 0, unpriced: 0 });
    expect(numbers.earnings).toEqual([]);
  });

  it('count as a success what brought pictures, and not against it what was called off or goes on', () => {
    const { pictures } = numbersOf(1, from, {
      ...nothing,
      pictures: [
        { ...jobs, preset: 'fast', status: 'delivered', jobs: 5 },
        { ...jobs, preset: 'ultra', status: 'delivered', jobs: 1 },
        { ...jobs, preset: 'fast', status: 'blocked', jobs: 1 },
        { ...jobs, preset: 'fast', status: 'failed', jobs: 1 },
        { ...jobs, preset: 'fast', status: 'cancelled', jobs: 7 },
        { ...jobs, preset: 'fast', status: 'submitted', jobs: 7 },
      ],
    });
    expect(pictures.states).toEqual({ delivered: 6, blocked: 1, failed: 1, cancelled: 7, submitted: 7 });
    expect(pictures.success).toBe(0.75);
  });

  it('reckon what is left of each preset with what the credits of the span were sold for', () => {
    const { money, earnings } = numbersOf(7, from, {
      ...nothing,
      pictures: [
        { ...jobs, preset: 'fast', status: 'delivered', jobs: 2, credits: 10, cost: 70_000 },
        { ...jobs, preset: 'fast', status: 'failed', jobs: 1, cost: 35_000, unpriced: 2 },
        { ...jobs, preset: null, status: 'delivered', jobs: 1, credits: 40, cost: 500_000 },
      ],
      trainings: [{ ...jobs, status: 'ready', credits: 0, cost: 6_000_000 }],
      money: { stars: 312.5, refunded: 100, commission: 12.5, sold: 100, given: 20 },
    });
    const income = 200 * dollarsOfStar;
    expect(money).toMatchObject({ net: 200, income, cost: 6.605, margin: income - 6.605, unpriced: 2 });
    expect(earnings.map(({ what, jobs, credits }) => [what, jobs, credits])).toEqual([
      ['training', 1, 0],
      ['upscale', 1, 40],
      ['fast', 3, 10],
    ]);
    expect(earnings[0]).toMatchObject({ income: 0, cost: 6, margin: -6 });
    expect(earnings[2]?.income).toBeCloseTo(10 * 2 * dollarsOfStar, 9);
    expect(earnings[2]?.margin).toBeCloseTo(10 * 2 * dollarsOfStar - 0.105, 9);
  });

  it('do not say what used credits are worth where none were sold', () => {
    const pictures = [{ ...jobs, preset: 'fast', status: 'delivered', credits: 5, cost: 35_000 }] as const;
    const { earnings } = numbersOf(1, from, { ...nothing, pictures });
    expect(earnings).toEqual([
      { what: 'fast', jobs: 1, credits: 5, income: null, cost: 0.035, margin: null },
    ]);
  });

  it('reckon what is left of a person by what they paid themselves', () => {
    const spender = { user: someone, jobs: 3, stars: 100, credits: 15, cost: 300_000 };
    const { spenders } = numbersOf(1, from, { ...nothing, spenders: [spender] });
    expect(spenders[0]).toMatchObject({ user: someone, income: 1.3, cost: 0.3 });
    expect(spenders[0]?.margin).toBeCloseTo(1, 9);
  });
});
