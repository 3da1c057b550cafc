import type { Refusal } from '../../src/domain/errors.js';

/** One of each; `satisfies` keeps it complete. */
export const everyRefusal = {
  invalid_input: { code: 'invalid_input', problems: [{ field: 'prompt', code: 'required' }] },
  avatar_not_found: { code: 'avatar_not_found', avatar: '<b>Ada' },
  avatar_ambiguous: { code: 'avatar_ambiguous', avatar: 'Ada', owners: ['1'] },
  avatar_not_ready: { code: 'avatar_not_ready', avatar: 'Ada', status: 'training' },
  no_avatar: { code: 'no_avatar' },
  away_now: { code: 'away_now', endpoint: 'fal-ai/clarity-upscaler' },
  preset_not_available: { code: 'preset_not_available', preset: 'ultra', available: ['fast'] },
  insufficient_credits: { code: 'insufficient_credits', needed: 5, balance: 1 },
  too_many_credits: { code: 'too_many_credits', limit: 2_000_000_000 },
  offer_gone: { code: 'offer_gone' },
  promo_refused: { code: 'promo_refused' },
  not_refundable: { code: 'not_refundable' },
  too_many_waiting: { code: 'too_many_waiting', limit: 3 },
  allowance_spent: { code: 'allowance_spent', kind: 'drafts', limit: 10, seconds: 4000 },
  not_found: { code: 'not_found', what: 'image' },
  not_allowed: { code: 'not_allowed' },
  consent_required: { code: 'consent_required' },
  not_enough_photos: { code: 'not_enough_photos', kept: 1, needed: 10 },
  too_many_photos: { code: 'too_many_photos', limit: 20 },
  price_changed: { code: 'price_changed', credits: 7, agreed: 5 },
  archive_refused: { code: 'archive_refused', reason: 'damaged' },
  weights_refused: { code: 'weights_refused', reason: 'no header' },
  weights_foreign: { code: 'weights_foreign', family: 'SDXL' },
  wrong_state: { code: 'wrong_state', what: 'generation', status: 'delivered', wanted: 'cancelled' },
} as const satisfies { [Code in Refusal['code']]: Extract<Refusal, { code: Code }> };
