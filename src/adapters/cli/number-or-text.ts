/** A number, or the text itself when it is none: whoever checks it can name what came. */
export function numberOrText(text: string): number | string {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}
