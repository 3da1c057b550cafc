import type { Promo } from '../../../src/domain/payments/promo.js';
import { longAgo } from './ids.js';

/** Fifty credits for anybody. */
export const aPromo = (changes: Partial<Promo> = {}): Promo => ({
  ...{ code: 'AB1C0', shown: 'ABICO', credits: 50, uses: null, used: 0, until: null, endedAt: null },
  createdAt: longAgo,
  ...changes,
});
