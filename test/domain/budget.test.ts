import { expect, test } from 'vitest';
import { beginningOf, endOf, hasQuotas, nearlySpent, overBudget } from '../../src/domain/budget.js';
import { noQuotas } from '../support/builders/allowances.js';

const budgets = { day: 1_000_000, month: 10_000_000 };

test('days and months begin at midnight in UTC', () => {
  const now = new Date('2026-12-31T23:59:59Z');
  expect(beginningOf('day', now)).toEqual(new Date('2026-12-31T00:00:00Z'));
  expect(endOf('day', now)).toEqual(new Date('2027-01-01T00:00:00Z'));
  expect(beginningOf('month', now)).toEqual(new Date('2026-12-01T00:00:00Z'));
  expect(endOf('month', now)).toEqual(new Date('2027-01-01T00:00:00Z'));
  expect(endOf('month', new Date('2028-02-10T12:00:00Z'))).toEqual(new Date('2028-03-01T00:00:00Z'));
});

test('a budget is used up by what is more than all of it, and of two the longer one is named', () => {
  expect(overBudget({ day: 1_000_000, month: 10_000_000 }, { budgets })).toBeNull();
  expect(overBudget({ day: 1_000_001, month: 1 }, { budgets })).toBe('day');
  expect(overBudget({ day: 1_000_001, month: 10_000_001 }, { budgets })).toBe('month');
  expect(overBudget({ day: 9e9, month: 9e9 }, noQuotas)).toBeNull();
});

test('operators are to be told at four fifths', () => {
  expect(nearlySpent({ day: 799_999, month: 0 }, { budgets })).toEqual([]);
  expect(nearlySpent({ day: 800_000, month: 8_000_000 }, { budgets })).toEqual(['day', 'month']);
  expect(nearlySpent({ day: 9e9, month: 9e9 }, noQuotas)).toEqual([]);
});

test('without a limit nothing is counted', () => {
  expect(hasQuotas(noQuotas)).toBe(false);
  expect(hasQuotas({ ...noQuotas, pictures: 1 })).toBe(true);
  expect(hasQuotas({ ...noQuotas, budgets: { day: null, month: 1 } })).toBe(true);
});
