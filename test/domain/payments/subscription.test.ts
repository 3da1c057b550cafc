import { describe, expect, it } from 'vitest';
import { charged, isRunning, type PaidMonth } from '../../../src/domain/payments/subscription.js';
import { aSubscription } from '../../support/builders/a-payment.js';
import { secondsLater, someone } from '../../support/builders/ids.js';

const month = 2_592_000;
const known = aSubscription({ firstCharge: 'a', latestCharge: 'a', until: secondsLater(month) });
const paid = (charge: string, months: number, isFirst: boolean | null): PaidMonth => ({
  ...{ charge, isFirst, user: someone, offer: known.offer },
  until: secondsLater(months * month),
});
const following = (before: typeof known | null, payment: PaidMonth) =>
  charged(before, payment, () => 'new id');

describe('charged', () => {
  it('begins with the first payment that is known, whichever it is', () => {
    expect(following(null, paid('b', 2, false))).toEqual({
      ...{ id: 'new id', user: someone, offer: known.offer, state: 'active' },
      ...{ firstCharge: 'b', latestCharge: 'b', until: secondsLater(2 * month), isEnding: false },
    });
  });

  it.each([false, null])('goes on with a renewal (%s)', (isFirst) => {
    expect(following(known, paid('b', 2, isFirst))).toEqual({
      ...known,
      latestCharge: 'b',
      until: secondsLater(2 * month),
    });
  });

  it.each(['canceled', 'failed'] as const)('begins anew when it was %s and nobody says more', (state) => {
    expect(following({ ...known, state }, paid('b', 2, null))).toMatchObject({
      ...{ id: known.id, firstCharge: 'b', latestCharge: 'b', state: 'active' },
    });
  });

  it('goes on when its renewal comes after all', () => {
    expect(following({ ...known, state: 'failed' }, paid('b', 2, false))).toMatchObject({
      ...{ firstCharge: 'a', latestCharge: 'b', state: 'active' },
    });
  });

  it('is not set back by a payment that is told late, but learns how it began', () => {
    const ended = { ...known, state: 'canceled', until: secondsLater(3 * month) } as const;
    expect(following(ended, paid('z', 1, false))).toEqual(ended);
    expect(following(ended, paid('z', 1, null))).toEqual(ended);
    expect(following(ended, paid('z', 1, true))).toEqual({ ...ended, firstCharge: 'z' });
  });
});

describe('isRunning', () => {
  it.each([
    ['active', -1, true],
    ['active', 1, true],
    ['canceled', 1, true],
    ['canceled', 0, false],
    ['failed', 1, false],
  ] as const)('%s, %s s before its end: %s', (state, seconds, expected) => {
    const until = secondsLater(100 + seconds);
    expect(isRunning({ ...known, state, until }, secondsLater(100))).toBe(expected);
  });
});
