import { describe, expect, it } from 'vitest';
import {
  type Offer,
  offerProblems,
  payloadOf,
  readPayload,
  sameTerms,
} from '../../../src/domain/payments/offer.js';

const offer: Offer = {
  ...{ id: 'small', version: 1, kind: 'pack', credits: 50, stars: 100, expires: false },
  name: { en: '50 credits', ru: '50 кредитов' },
};

describe('an offer', () => {
  it('is found again by what its invoice carries', () => {
    expect(readPayload(payloadOf(offer))).toEqual({ id: 'small', version: 1 });
    expect(Buffer.byteLength(payloadOf({ id: 'x'.repeat(32), version: 999_999 }))).toBeLessThanOrEqual(128);
  });

  it('takes no other payload for one of ours', () => {
    for (const payload of [
      '',
      'offer:',
      'offer:small',
      'offer:small:0',
      'offer:small:1:2',
      'offer:Small:1',
      ' offer:small:1',
      'offer:small:1\n',
    ])
      expect(readPayload(payload)).toBeNull();
  });

  it('is the same on other words, and another on other terms', () => {
    expect(sameTerms(offer, { ...offer, name: { en: 'Fifty', ru: 'Полсотни' } })).toBe(true);
    for (const change of [{ credits: 51 }, { stars: 99 }, { kind: 'month' as const }, { expires: true }])
      expect(sameTerms(offer, { ...offer, ...change })).toBe(false);
  });

  it('names everything that is wrong at once', () => {
    expect(offerProblems([offer])).toEqual([]);
    const wrong = {
      ...{ id: 'Small pack', version: 0, kind: 'pack' as const, credits: 1.5, stars: 0, expires: true },
      name: { en: ' ', ru: 'x'.repeat(33) },
    };
    expect(offerProblems([wrong]).map(({ field }) => field)).toEqual([
      'offers[0].id',
      'offers[0].version',
      'offers[0].credits',
      'offers[0].stars',
      'offers[0].name.en',
      'offers[0].name.ru',
      'offers[0].expires',
    ]);
  });

  it('is listed once, and no subscription costs more than Telegram takes', () => {
    expect(offerProblems([offer, offer]).map(({ field }) => field)).toEqual(['offers[1].id']);
    const month = { ...offer, id: 'month', kind: 'month' as const, stars: 10_001 };
    expect(offerProblems([month]).map(({ allowed }) => allowed)).toEqual(['1-10000']);
  });
});
