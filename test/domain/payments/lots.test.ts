import { describe, expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import { isUntouched, leftOfMonth, lotsOf } from '../../../src/domain/payments/lots.js';
import type { Payment, PaymentStatus } from '../../../src/domain/payments/payment.js';

const payment = (charge: string, credits: number, status: PaymentStatus = 'paid'): Payment => ({
  ...{
    id: charge,
    charge,
    credits,
    bonus: 0,
    status,
    stars: credits,
    until: null,
    taken: 0,
    refusals: 0,
    toldAt: null,
    refundBegunAt: null,
    refundedAt: null,
    settledAt: null,
    expiresAt: null,
    expired: null,
  },
  user: userId('7'),
  offer: { id: 'pack', version: 1 },
  paidAt: new Date(0),
});

const lefts = (payments: readonly Payment[], balance: number) =>
  lotsOf(payments, balance).map(({ left }) => left);

describe('lotsOf', () => {
  const newer = payment('newer', 50);
  const older = payment('older', 100);

  it('spends what came first before what came later', () => {
    expect(lefts([newer, older], 150)).toEqual([50, 100]);
    expect(lefts([newer, older], 149)).toEqual([50, 99]);
    expect(lefts([newer, older], 50)).toEqual([50, 0]);
    expect(lefts([newer, older], 20)).toEqual([20, 0]);
    expect(lefts([newer, older], 0)).toEqual([0, 0]);
  });

  it('spends what was given before what was paid for', () => {
    expect(lefts([newer, older], 1000)).toEqual([50, 100]);
  });

  it('has nothing left of anything below zero', () => {
    expect(lefts([newer, older], -70)).toEqual([0, 0]);
  });

  it('does not count what was given back or taken away', () => {
    for (const status of ['refunding', 'refunded', 'charged_back'] as const)
      expect(lefts([payment('gone', 80, status), older], 90)).toEqual([0, 90]);
  });

  it('never has more left in all than the person has, and never more of one than it brought', () => {
    for (let round = 0; round < 500; round++) {
      const many = Array.from({ length: 1 + (round % 7) }, (_, index) =>
        payment(String(index), 1 + ((round * 31 + index * 17) % 90), index % 3 === 2 ? 'refunded' : 'paid'),
      );
      const balance = ((round * 53) % 400) - 60;
      const lots = lotsOf(many, balance);
      const total = lots.reduce((sum, { left }) => sum + left, 0);
      expect(total).toBeLessThanOrEqual(Math.max(balance, 0));
      for (const lot of lots) {
        expect(lot.left).toBeGreaterThanOrEqual(0);
        expect(lot.left).toBeLessThanOrEqual(lot.payment.credits);
      }
    }
  });

  it('is untouched until the first credit of it is spent', () => {
    const [whole] = lotsOf([newer], 50);
    const [begun] = lotsOf([newer], 49);
    expect(whole && isUntouched(whole)).toBe(true);
    expect(begun && isUntouched(begun)).toBe(false);
  });
});

describe('a month that is over', () => {
  const over = { ...payment('month', 50), expired: 20 };

  it('holds nothing any more, and what is older counts in full', () => {
    expect(lefts([over, payment('older', 100)], 70)).toEqual([0, 70]);
  });
});

describe('leftOfMonth', () => {
  const lot = { payment: payment('month', 50), left: 40 };

  it.each([
    [0, 40],
    [5, 40],
    [20, 30],
    [50, 0],
    [500, 0],
    [-5, 40],
  ])('what was spent since, %s, counts as the month’s first: %s', (spent, left) => {
    expect(leftOfMonth(lot, spent)).toBe(left);
  });
});
