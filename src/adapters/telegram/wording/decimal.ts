import type { Translator } from './translator.js';

/** A strength or the like as the person's language writes it: `0.8`, in Russian `0,8`. */
export const decimal = (value: number, { language }: Pick<Translator, 'language'>): string =>
  value.toLocaleString(language, { maximumFractionDigits: 3 });
