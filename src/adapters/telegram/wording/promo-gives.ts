import type { Html } from './html.js';
import type { Translator } from './translator.js';

/** What a code gives; an act of an earlier release names no percent. */
export const promoGives = (
  {
    credits,
    percent,
  }: { readonly credits?: number | null | undefined; readonly percent?: number | null | undefined },
  texts: Translator,
): Html =>
  percent == null
    ? texts.html('count-credits', { count: credits ?? 0 })
    : texts.html('promo-percent', { percent });
