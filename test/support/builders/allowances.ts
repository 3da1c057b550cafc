import type { Allowances } from '../../../src/domain/allowance.js';

/** More than any test uses. */
export const plenty: Allowances = {
  prompt_help: 1000,
  photo_words: 1000,
  upload_bytes: 2 ** 40,
  drafts: 1000,
  lora_files: 1000,
  promo_codes: 1000,
};
