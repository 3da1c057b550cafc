import type { Translator } from './translator.js';

/** What a button says that costs something: every one of them shows its price. Nothing is added where it is free. */
export const priced = (label: string, credits: number, texts: Translator): string =>
  credits === 0 ? label : `${label} · ${texts.plain('count-credits', { count: credits })}`;

/** The same where several stand in a row: the number alone. */
export const pricedShort = (label: string, credits: number): string =>
  credits === 0 ? label : `${label} · ${credits}`;
