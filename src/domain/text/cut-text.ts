const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * At most `limit` code points, never inside a character that is made of several (a pair of surrogates, a family of
 * emoji), with a mark where it was cut. Whoever shortens what others wrote does it here.
 */
export function cut(text: string, limit: number): string {
  if (text.length <= limit || (text.length <= 2 * limit && [...text].length <= limit)) return text;
  let kept = '';
  let length = 0;
  // A code point has two units at most, so the mark falls into these. Given a megabyte, the segmenter takes half a second.
  for (const { segment } of graphemes.segment(text.slice(0, 2 * limit + 1))) {
    length += [...segment].length;
    if (length > limit - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** A value that came from outside, for a message. No object is asked for its text: it may not have any. */
export const shown = (value: unknown, limit: number): string =>
  cut(
    typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value),
    limit,
  );
