import type { FormattedText } from './text-with-entities.js';

/** Turned into spaces: control characters but line breaks. Source: `clean_input_string` in td/telegram/misc.cpp. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const blanks = /[\u0000-\u0009\u000b\u000c\u000e-\u001f]/g;
/** Left out: carriage returns, what turns lines around or breaks them in secret, and lines through other letters. */
const dropped = /[\r\u2028-\u202e]|\u0333|\u033f|\u030a/g;
/** More than one mark of direction in a row: all but the last become signs without width. */
const directions = /[\u200e\u200f](?=[\u200e\u200f])/g;

/** A bot's text as Telegram keeps it. Entities move with what is left out before them. */
export function cleaned({ text, entities }: FormattedText): FormattedText {
  const gone = [...text.matchAll(dropped)].map(({ index }) => index);
  const moved = (offset: number) => offset - gone.filter((index) => index < offset).length;
  return {
    text: text.replace(dropped, '').replace(blanks, ' ').replace(directions, '\u200c'),
    entities: entities.flatMap((entity) => {
      const offset = moved(entity.offset);
      const length = moved(entity.offset + entity.length) - offset;
      return length > 0 ? [{ ...entity, offset, length }] : [];
    }),
  };
}
