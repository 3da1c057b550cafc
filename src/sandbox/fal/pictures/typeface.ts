import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';

export type Weight = 'regular' | 'bold';

/** One visible sign at a place on a line: an outline, or a drawn stand-in for what the font lacks. */
export interface Sign {
  readonly width: number;
  readonly draw: (x: number, baseline: number, size: number) => string;
}

const require = createRequire(import.meta.url);
const fonts = new Map<Weight, readonly Font[]>();
const signs = new Map<string, Sign>();
const mostSigns = 2000;
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Text as outlines of PT Sans (Latin and Cyrillic), so that it looks the same on a machine without any fonts.
 * @returns the signs of `text` in order, their width as a part of the font size
 */
export function signsOf(text: string, weight: Weight): Sign[] {
  return Array.from(clusters.segment(text), ({ segment }) => {
    const key = `${weight} ${segment}`;
    const known = signs.get(key);
    if (known !== undefined) return known;
    if (signs.size >= mostSigns) signs.clear();
    const sign = signOf(segment, weight);
    signs.set(key, sign);
    return sign;
  });
}

function signOf(cluster: string, weight: Weight): Sign {
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(cluster)) return smiley;
  for (const font of fontsOf(weight)) {
    // Accents composed to one letter where there is one.
    const glyph = font.charToGlyph([...cluster.normalize('NFC')][0] ?? ' ');
    if (glyph.index === 0) continue;
    const commands = glyph.getPath(0, 0, 1).commands.map(({ type, x1, y1, x2, y2, x, y }) => ({
      type,
      numbers: [x1, y1, x2, y2, x, y].filter((value) => value !== undefined),
    }));
    return {
      width: (glyph.advanceWidth ?? 0) / font.unitsPerEm,
      draw: (x, baseline, size) => placed(commands, x, baseline, size),
    };
  }
  return cluster.trim() === '' ? { width: 0.28, draw: () => '' } : box;
}

/** Written here because opentype.js 2.0 itself puts NaN into the path data of some coordinates. */
function placed(
  commands: readonly { type: string; numbers: readonly number[] }[],
  x: number,
  baseline: number,
  size: number,
): string {
  let path = '';
  for (const { type, numbers } of commands) {
    path += type;
    for (const [index, value] of numbers.entries()) {
      path += `${(value * size + (index % 2 === 0 ? x : baseline)).toFixed(1)} `;
    }
  }
  return path;
}

/** A face stands for every emoji. */
const smiley: Sign = {
  width: 1,
  draw: (x, baseline, size) => {
    const circle = (cx: number, cy: number, r: number, sweep: 0 | 1) =>
      `M${num(cx - r)} ${num(cy)}a${num(r)} ${num(r)} 0 1 ${sweep} ${num(2 * r)} 0a${num(r)} ${num(r)} 0 1 ${sweep} ${num(-2 * r)} 0Z`;
    const [cx, cy, r] = [x + size * 0.5, baseline - size * 0.34, size * 0.42];
    // The eyes and the mouth run the other way round, so they stay open.
    const mouth = `M${num(cx - r * 0.55)} ${num(cy + r * 0.15)}a${num(r * 0.55)} ${num(r * 0.6)} 0 0 0 ${num(r * 1.1)} 0Z`;
    const eyes = [-0.36, 0.36].map((side) => circle(cx + r * side, cy - r * 0.28, r * 0.15, 0)).join('');
    return circle(cx, cy, r, 1) + eyes + mouth;
  },
};

/** For letters of scripts that PT Sans lacks. */
const box: Sign = {
  width: 0.8,
  draw: (x, baseline, size) => {
    const [left, top, side] = [x + size * 0.1, baseline - size * 0.66, size * 0.6];
    const line = size * 0.06;
    const inner = side - 2 * line;
    return (
      `M${num(left)} ${num(top)}h${num(side)}v${num(side)}h${num(-side)}Z` +
      `M${num(left + line)} ${num(top + line)}v${num(inner)}h${num(inner)}v${num(-inner)}Z`
    );
  },
};

function num(value: number): string {
  return value.toFixed(1);
}

function fontsOf(weight: Weight): readonly Font[] {
  const known = fonts.get(weight);
  if (known !== undefined) return known;
  const paths =
    weight === 'regular'
      ? [
          require.resolve('@fontsource/pt-sans/files/pt-sans-latin-400-normal.woff'),
          require.resolve('@fontsource/pt-sans/files/pt-sans-cyrillic-400-normal.woff'),
          require.resolve('@fontsource/pt-sans/files/pt-sans-latin-ext-400-normal.woff'),
        ]
      : [
          require.resolve('@fontsource/pt-sans/files/pt-sans-latin-700-normal.woff'),
          require.resolve('@fontsource/pt-sans/files/pt-sans-cyrillic-700-normal.woff'),
          require.resolve('@fontsource/pt-sans/files/pt-sans-latin-ext-700-normal.woff'),
        ];
  const loaded = paths.map((path) => {
    const bytes = readFileSync(path);
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
  fonts.set(weight, loaded);
  return loaded;
}
