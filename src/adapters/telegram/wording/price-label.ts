import { decimal } from './decimal.js';
import type { Html } from './html.js';
import type { Translator } from './translator.js';

/** What a button says that costs something: every one of them shows its price. Nothing is added where it is free. */
export const priced = (label: string, credits: number, texts: Translator): string =>
  credits === 0 ? label : `${label} · ${texts.plain('count-credits', { count: credits })}`;

/** The same where several stand in a row: the number alone. */
export const pricedShort = (label: string, credits: number, texts: Translator): string =>
  credits === 0 ? label : `${label} · ${decimal(credits, texts)}`;

interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** `150`, or `60–240` where it depends on what is ordered. */
export const creditsRange = ({ from, to }: Bounds, texts: Translator): string =>
  from === to ? decimal(to, texts) : `${decimal(from, texts)}–${decimal(to, texts)}`;

/** The same with the word for credits. */
export const creditsText = ({ from, to }: Bounds, texts: Translator): Html =>
  from === to ? texts.html('count-credits', { count: to }) : texts.html('credits-from-to', { from, to });
