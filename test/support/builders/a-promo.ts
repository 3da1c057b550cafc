import type { Promo, PromoGift } from '../../../src/domain/payments/promo.js';
import { longAgo } from './ids.js';

type Terms = Partial<Omit<Promo, keyof PromoGift>>;

const forAnybody = (changes: Terms) => ({
  ...{ code: 'AB1C0', shown: 'ABICO', uses: null, used: 0, until: null, endedAt: null },
  createdAt: longAgo,
  ...changes,
});

/** Fifty credits for anybody. */
export const aPromo = ({ credits = 50, ...changes }: Terms & { readonly credits?: number } = {}): Promo => ({
  ...forAnybody(changes),
  ...{ credits, percent: null },
});

/** Twenty percent more with the next pack, for anybody. */
export const aPercentPromo = ({
  percent = 20,
  ...changes
}: Terms & { readonly percent?: number } = {}): Promo => ({
  ...forAnybody(changes),
  ...{ credits: null, percent },
});
