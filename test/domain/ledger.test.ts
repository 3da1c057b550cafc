import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryKinds, heldBy, hold, type LedgerEntry, type PaidJob, settle } from '../../src/domain/ledger.js';
import { someone } from '../support/builders/ids.js';

const aJob = (held: number): PaidJob => ({ owner: someone, account: 'generation:a#1', held });
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
const spent = (entries: readonly LedgerEntry[]) => sum(entries.map(({ amount }) => amount));
const heldNow = (entries: readonly LedgerEntry[]) => sum(entries.map(heldBy));

/** What was held and how much of it is charged. */
const jobs = fc.nat({ max: 1_000_000 }).chain((held) => fc.tuple(fc.constant(held), fc.nat({ max: held })));

describe('the entries of a job', () => {
  it('hold the whole price', () => {
    expect(hold(aJob(20))).toEqual([
      { user: someone, kind: 'hold', amount: -20, reason: 'hold:generation:a#1' },
    ]);
  });

  it('give the hold back and take what arrived', () => {
    expect(settle(aJob(20), 15)).toEqual([
      { user: someone, kind: 'release', amount: 20, reason: 'release:generation:a#1' },
      { user: someone, kind: 'capture', amount: -15, reason: 'capture:generation:a#1' },
    ]);
  });

  it('take nothing where nothing arrived', () => {
    expect(settle(aJob(20), 0).map(({ kind }) => kind)).toEqual(['release']);
  });

  it('are none for a free job', () => {
    expect([...hold(aJob(0)), ...settle(aJob(0), 0)]).toEqual([]);
  });

  it('sum to exactly what is charged, and leave nothing held', () => {
    fc.assert(
      fc.property(jobs, ([held, charged]) => {
        const entries = [...hold(aJob(held)), ...settle(aJob(held), charged)];
        expect(spent(entries)).toBe(charged === 0 ? 0 : -charged);
        expect(heldNow(entries)).toBe(0);
        expect(heldNow(hold(aJob(held)))).toBe(held);
      }),
    );
  });

  it('never take the balance below what is left after the hold', () => {
    fc.assert(
      fc.property(jobs, ([held, charged]) => {
        const entries = [...hold(aJob(held)), ...settle(aJob(held), charged)];
        for (let written = 1; written <= entries.length; written += 1)
          expect(spent(entries.slice(0, written))).toBeGreaterThanOrEqual(-held);
      }),
    );
  });

  it('have reasons of their own, whatever the run', () => {
    const runs = ['generation:a', 'generation:a#1', 'generation:a#2', 'training:a'];
    const entries = runs.flatMap((account) => {
      const job = { owner: someone, account, held: 10 };
      return [...hold(job), ...settle(job, 5)];
    });
    expect(new Set(entries.map(({ reason }) => reason)).size).toBe(entries.length);
  });

  it('have the signs that the database asks for', () => {
    const entries = [...hold(aJob(20)), ...settle(aJob(20), 5)];
    for (const { kind, amount } of entries)
      expect(Math.sign(amount)).toBe(kind === 'hold' || kind === 'capture' ? -1 : 1);
  });

  it.each([-1, 21, Number.POSITIVE_INFINITY])('refuse to charge %d of a hold of 20', (charged) => {
    expect(() => settle(aJob(20), charged)).toThrow(RangeError);
  });

  it('refuse to charge for a free job', () => {
    expect(() => settle(aJob(0), 5)).toThrow(RangeError);
  });
});

describe('what is held', () => {
  it.each(entryKinds.filter((kind) => kind !== 'hold' && kind !== 'release'))(
    'is not moved by a %s',
    (kind) => {
      expect(heldBy({ user: someone, kind, amount: 7, reason: 'x' })).toBe(0);
    },
  );
});
