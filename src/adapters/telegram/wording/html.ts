/**
 * Text in Telegram's HTML in which everything that people typed is escaped. Only this class and `Translator` make it, and
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

/** Without marks that reverse the letters after them, which would let one name look like another. */
export const straight = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

/** Escapes what a person typed, so that it neither breaks the markup nor reverses the sentence around it. */
export const escapeHtml = (text: string): string => {
  const escaped = straight(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return rightToLeft.test(text) ? `\u2068${escaped}\u2069` : escaped;
};
