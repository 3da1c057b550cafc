/** What is free and yet costs somebody something: seconds, bytes, calls, places. */
export const allowanceKinds = ['prompt_help', 'photo_words', 'upload_bytes', 'drafts', 'lora_files'] as const;
export type AllowanceKind = (typeof allowanceKinds)[number];

/** How much of each a person may use a day. */
export type Allowances = Readonly<Record<AllowanceKind, number>>;

/** A person's day begins with the first use and is over so much later. Seconds. */
export const allowanceSeconds = 86_400;
