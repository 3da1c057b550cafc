/**
 * Text in Telegram's HTML in which everything that people typed is escaped. Only this class and `Words` make it, and
 * only it is sent with `parse_mode: 'HTML'`.
 */
export class Html {
  private constructor(readonly source: string) {}

  /** Text as it is, whatever characters it has. */
  static of(text: string): Html {
    return new Html(escapeHtml(text));
  }

  /** From markup of our own: locale files, other `Html`. Never hand it what came from outside. */
  static trusted(source: string): Html {
    return new Html(source);
  }

  static join(parts: readonly (Html | null | undefined | false)[], separator = '\n'): Html {
    return new Html(
      parts
        .filter((part) => part instanceof Html)
        .map(({ source }) => source)
        .join(separator),
    );
  }

  /** As a person reads it, for places that take no markup. */
  get text(): string {
    return this.source
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  }
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** What a person typed, so that it neither breaks the markup nor turns the sentence around it. */
export const escapeHtml = (text: string): string => {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return rightToLeft.test(text) ? `\u2068${escaped}\u2069` : escaped;
};

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most `limit` code points, never inside a character that is made of several, with a mark where it was cut. */
export function cut(text: string, limit: number): string {
  if ([...text].length <= limit) return text;
  let kept = '';
  let length = 0;
  for (const { segment } of graphemes.segment(text)) {
    length += [...segment].length;
    if (length > limit - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
