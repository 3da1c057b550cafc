/** What is free and yet costs somebody something: seconds, bytes, calls, places. */
export const allowanceKinds = [
  'prompt_help',
  'photo_words',
  'upload_bytes',
  'drafts',
  'lora_files',
  'promo_codes',
] as const;
export type AllowanceKind = (typeof allowanceKinds)[number];

/** How much of each a person may use in its time. */
export type Allowances = Readonly<Record<AllowanceKind, number>>;

/** No allowance counts for longer. */
export const allowanceSeconds = 86_400;

/** A person's day, for tries at promo codes their hour, begins with the first use and is over so much later. Seconds. */
export const secondsOf = (kind: AllowanceKind): number => (kind === 'promo_codes' ? 3600 : allowanceSeconds);

/** So many promo codes may be tried an hour, right or wrong. */
export const promoTries = 5;
