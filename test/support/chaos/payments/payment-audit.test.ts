import { describe, expect, it } from 'vitest';
import {
  auditPayments,
  type Deeds,
  type KeptPayment,
  type MoneyBooks,
  paymentBreaches,
  type WayBack,
} from './payment-audit.js';

const paid = (charge: string, person = 'ann') =>
  ({ charge, kind: 'paid', person, payload: 'offer:small:1', stars: 75 }) as const;
const returned = (charge: string) => ({ ...paid(charge), kind: 'returned' }) as const;
const kept = (charge: string, more: Partial<KeptPayment> = {}): KeptPayment => ({
  ...{ charge, user: 'ann', credits: 50, stars: 75, status: 'paid', taken: 0, refusals: 0, expired: null },
  ...{ paidAt: new Date(charge.length), toldAt: new Date() },
  ...more,
});
const entry = (reason: string, amount: number, user = 'ann') => ({
  ...{ user, amount, reason },
  kind: reason.split(':')[0] ?? '',
});

/** One payment that went well; a story says what is otherwise. */
function breaches(story: Partial<MoneyBooks> = {}, deeds: Partial<Deeds> = {}): string[] {
  const books = {
    ...{ movements: [paid('one')], payments: [kept('one')], entries: [entry('purchase:one', 50)] },
    ...{ terms: new Map([['offer:small:1', 50]]) },
    ...story,
  };
  return paymentBreaches(auditPayments(books, { told: new Set(['one']), wantedBack: new Map(), ...deeds }));
}
const wanted = (...by: WayBack[]): Partial<Deeds> => ({ wantedBack: new Map([['one', new Set(by)]]) });
const wentBack = [paid('one'), returned('one')];
const bought = entry('purchase:one', 50);

describe('the audit of payments finds nothing amiss', () => {
  it('where everybody got what they paid for', () => expect(breaches()).toEqual([]));

  it('where an owner gave back what was untouched', () =>
    expect(
      breaches(
        {
          movements: wentBack,
          payments: [kept('one', { status: 'refunded', taken: 50 })],
          entries: [bought, entry('payback:one', -50)],
        },
        wanted('owner'),
      ),
    ).toEqual([]));

  it('where the bank took back what was spent', () =>
    expect(
      breaches(
        {
          movements: wentBack,
          payments: [kept('one', { status: 'charged_back' })],
          entries: [bought, entry('hold:job', -30), entry('chargeback:one', -50)],
        },
        wanted('bank'),
      ),
    ).toEqual([]));

  it('where a refund was refused, and the next one was not', () =>
    expect(
      breaches(
        {
          movements: wentBack,
          payments: [kept('one', { status: 'refunded', taken: 20, refusals: 1 })],
          entries: [
            bought,
            ...[entry('hold:job', -30), entry('payback:one', -20), entry('refund:one', 20)],
            entry('payback:one#1', -20),
          ],
        },
        wanted('operator'),
      ),
    ).toEqual([]));
});

describe('the audit of payments tells of', () => {
  it.each<[string, Partial<MoneyBooks>, Partial<Deeds>, string]>([
    ['a payment that nobody booked', { payments: [], entries: [] }, {}, 'unpaid, 1: one is not in the books'],
    ['a payment without credits', { entries: [] }, {}, 'unpaid, 1: one brought 0 of 50'],
    ['credits for somebody else', { movements: [paid('one', 'bob')] }, {}, 'paid by bob and credited to ann'],
    [
      'credits that came twice',
      { entries: [bought, bought] },
      {},
      'overpaid, 1: one brought 100 instead of 50',
    ],
    ['credits for no payment', { movements: [] }, {}, 'overpaid, 1: one was never paid'],
    ['Stars that differ', { payments: [kept('one', { stars: 74 })] }, {}, 'starsAmiss: 1'],
    ['Stars that went back unseen', { movements: wentBack }, wanted('outside'), 'kept, 1: one is paid'],
    [
      'a refund that nobody ended',
      {
        movements: wentBack,
        payments: [kept('one', { status: 'refunding', taken: 50 })],
        entries: [bought, entry('payback:one', -50)],
      },
      wanted('owner'),
      'kept, 1: one is refunding',
    ],
    [
      'credits that went without their Stars',
      {
        payments: [kept('one', { status: 'refunded', taken: 50 })],
        entries: [bought, entry('payback:one', -50)],
      },
      wanted('owner'),
      'takenForNothing, 1: one is refunded, and its Stars are here',
    ],
    [
      'a refund that nobody wanted',
      {
        movements: wentBack,
        payments: [kept('one', { status: 'refunded', taken: 50 })],
        entries: [bought, entry('payback:one', -50)],
      },
      {},
      'wanted back by nobody',
    ],
    [
      'a refund of ours that the bank is named for',
      {
        movements: wentBack,
        payments: [kept('one', { status: 'refunded', taken: 50 })],
        entries: [bought, entry('payback:one', -50)],
      },
      wanted('bank'),
      'one is refunded, wanted back by bank',
    ],
    [
      'Stars that went back while the credits stayed',
      { movements: wentBack, payments: [kept('one', { status: 'charged_back' })] },
      wanted('bank'),
      'wrongShares, 1: one is charged_back: 0 instead of 0, 0 instead of -50 went',
    ],
    [
      'a chargeback that took its credits twice',
      {
        movements: wentBack,
        payments: [kept('one', { status: 'charged_back' })],
        entries: [bought, entry('chargeback:one', -50), entry('chargeback:one#1', -50)],
      },
      wanted('bank'),
      '-100 instead of -50 went',
    ],
    [
      'a refused refund whose credits did not come again',
      { entries: [bought, entry('payback:one', -50)] },
      {},
      'one is paid: -50 instead of 0',
    ],
    [
      'what its owner gave back though it was touched',
      {
        movements: wentBack,
        payments: [kept('one', { status: 'refunded', taken: 20 })],
        entries: [bought, entry('hold:job', -30), entry('payback:one', -20)],
      },
      wanted('owner'),
      'one was touched, and its owner gave it back',
    ],
    [
      'less taken than was left',
      {
        movements: wentBack,
        payments: [kept('one', { status: 'refunded', taken: 20 })],
        entries: [bought, entry('payback:one', -20)],
      },
      wanted('operator'),
      'payback:one took 20 of 50–50 left',
    ],
    [
      'more taken than was left, from a newer payment',
      {
        movements: [paid('one'), paid('newer'), returned('one')],
        payments: [kept('one', { status: 'refunded', taken: 50 }), kept('newer')],
        entries: [
          ...[bought, entry('purchase:newer', 50), entry('hold:job', -30)],
          entry('payback:one', -50),
        ],
      },
      wanted('operator'),
      'payback:one took 50 of 20–20 left',
    ],
    [
      'somebody below zero without a chargeback',
      { entries: [bought, entry('hold:job', -60)] },
      {},
      'overdrawn, 1: hold:job left ann with -10',
    ],
    [
      'a payment whose message came, and no receipt',
      { payments: [kept('one', { toldAt: null })] },
      {},
      'withoutReceipt, 1: one has no receipt',
    ],
  ])('%s', (_, story, deeds, said) =>
    expect(breaches(story, deeds)).toContainEqual(expect.stringContaining(said)),
  );
});
