import { signsOf, type Weight } from './typeface.js';

export interface Paragraph {
  readonly lines: readonly string[];
  /** Font size in pixels. */
  readonly size: number;
}

export interface ParagraphBox {
  readonly width: number;
  readonly height: number;
  readonly largest: number;
  readonly smallest: number;
  /** As a part of the font size. */
  readonly lineHeight: number;
  readonly weight: Weight;
}

/** A word and its width as a part of the font size. */
interface Word {
  readonly text: string;
  readonly width: number;
}

/** Width of one line of text as a part of the font size. */
export function widthOf(text: string, weight: Weight): number {
  return signsOf(text, weight).reduce((width, sign) => width + sign.width, 0);
}

/** One line as SVG path data, from its left end and baseline. */
export function outline(text: string, x: number, baseline: number, size: number, weight: Weight): string {
  let at = x;
  let path = '';
  for (const sign of signsOf(text, weight)) {
    path += sign.draw(at, baseline, size);
    at += sign.width * size;
  }
  return path;
}

/**
 * Breaks text into lines that fit: the font shrinks from `largest` to `smallest` until there are few enough
 * lines; what is still too much ends in an ellipsis.
 */
export function fitParagraph(text: string, box: ParagraphBox): Paragraph {
  const words = text
    .split(/[^\S\u00a0]+/u)
    .filter((word) => word !== '')
    .map((word) => ({ text: word, width: widthOf(word, box.weight) }));
  for (let wanted = box.largest; ; wanted *= 0.92) {
    const size = Math.max(wanted, box.smallest);
    const lines = wrap(words, box.width / size, box.weight);
    const room = Math.max(1, Math.floor(box.height / (size * box.lineHeight)));
    if (lines.length <= room) return { lines, size };
    if (size === box.smallest) return { lines: cut(lines, room, box.width / size, box.weight), size };
  }
}

function wrap(words: readonly Word[], room: number, weight: Weight): string[] {
  const space = widthOf(' ', weight);
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  for (const word of words.flatMap((one) => (one.width > room ? broken(one.text, room, weight) : [one]))) {
    if (line.length > 0 && used + space + word.width > room) {
      lines.push(line.join(' '));
      line = [];
      used = 0;
    }
    used += word.width + (line.length > 0 ? space : 0);
    line.push(word.text);
  }
  return line.length > 0 ? [...lines, line.join(' ')] : lines;
}

/** A word that is longer than a line, in pieces. */
function broken(text: string, room: number, weight: Weight): Word[] {
  const pieces: Word[] = [];
  let piece = '';
  let used = 0;
  for (const letter of text) {
    const width = widthOf(letter, weight);
    if (used + width > room && piece !== '') {
      pieces.push({ text: piece, width: used });
      piece = '';
      used = 0;
    }
    piece += letter;
    used += width;
  }
  return [...pieces, { text: piece, width: used }];
}

function cut(lines: readonly string[], most: number, room: number, weight: Weight): string[] {
  const kept = lines.slice(0, most);
  let end = [...(kept.pop() ?? '')];
  while (end.length > 0 && widthOf(`${end.join('')}…`, weight) > room) end = end.slice(0, -1);
  return [...kept, `${end.join('').trimEnd()}…`];
}
