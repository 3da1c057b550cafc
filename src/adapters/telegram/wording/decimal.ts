import type { Translator } from './translator.js';

/** A number as the person's language writes it: `0.8` and `1,000`, in Russian `0,8` and `1 000`. */
export const decimal = (value: number, { language }: Pick<Translator, 'language'>): string =>
  value.toLocaleString(language, { maximumFractionDigits: 3 });
