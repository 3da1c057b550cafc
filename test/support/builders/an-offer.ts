import type { Offer } from '../../../src/domain/payments/offer.js';

/** Fifty credits for a hundred Stars. */
export const anOffer = (changes: Partial<Offer> = {}): Offer => ({
  ...{ id: 'small', version: 1, kind: 'pack', credits: 50, stars: 100, expires: false },
  name: { en: '50 credits', ru: '50 кредитов' },
  ...changes,
});
