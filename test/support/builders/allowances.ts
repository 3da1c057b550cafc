import type { Allowances } from '../../../src/domain/allowance.js';
import type { Quotas } from '../../../src/domain/budget.js';

/** No limit of what people may order. */
export const noQuotas: Quotas = { pictures: null, budgets: { day: null, month: null } };

/** More than any test uses. */
export const plenty: Allowances = {
  prompt_help: 1000,
  photo_words: 1000,
  upload_bytes: 2 ** 40,
  drafts: 1000,
  lora_files: 1000,
  promo_codes: 1000,
};
