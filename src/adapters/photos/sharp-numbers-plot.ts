import sharp from 'sharp';
import type { NumbersPlot } from '../../application/ports/pictures/numbers-plot.js';
import { type Course, labelOf } from '../../domain/operator/course.js';
import { digitsLine, widthOfDigits } from './numeral.js';

/** Three times as large as a phone shows it. */
const [width, height, margin] = [1080, 810, 48];
/** Dark, as it is looked at in both themes; blue and orange are told apart by everybody (Okabe and Ito). */
const background = '#17212b';
const colors = { pictures: '#56b4e9', stars: '#e69f00', lines: '#46525e', time: '#c3ccd5' } as const;
const digitHeight = 36;
/** What is little beside a huge day is seen all the same. */
const smallestBar = 6;
/** Labels below the bars stand this far apart at least, in pieces. */
const labelEvery = { 24: 6, 7: 1, 30: 5 } as const;

/** Two rows of bars over one time, as SVG that needs no font: it has digits alone. */
export class SharpNumbersPlot implements NumbersPlot {
  async draw(course: Course): Promise<Uint8Array> {
    const rows = [
      barsOf(course.pictures, { top: 104, bottom: 368, color: colors.pictures }),
      barsOf(course.stars, { top: 462, bottom: 726, color: colors.stars }),
    ];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <rect width="${width}" height="${height}" fill="${background}"/>${rows.join('')}${timeOf(course)}</svg>`;
    return sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toBuffer();
  }
}

interface Row {
  /** Of the highest bar. */
  readonly top: number;
  readonly bottom: number;
  readonly color: string;
}

/** Its highest value stands over the line that it reaches. */
function barsOf(values: readonly number[], { top, bottom, color }: Row): string {
  const most = Math.max(...values);
  const bars = values.map((value, piece) => {
    if (value === 0) return '';
    const high = Math.max(smallestBar, ((bottom - top) * value) / most);
    const { left, wide } = placeOf(piece, values.length);
    return `<rect x="${left}" y="${bottom - high}" width="${wide}" height="${high}" rx="3" fill="${color}"/>`;
  });
  const number = { left: margin, top: top - digitHeight - 16, height: digitHeight, color };
  return `${lineAt(top)}${lineAt(bottom)}${digitsLine(most, number, true)}${bars.join('')}`;
}

const lineAt = (y: number): string =>
  `<path d="M${margin} ${y}H${width - margin}" stroke="${colors.lines}" stroke-width="2"/>`;

/** The last piece always has its label: it is today. */
function timeOf(course: Course): string {
  const { count, unit } = course;
  const every = labelEvery[count as keyof typeof labelEvery] ?? 1;
  const offset = unit === 'hour' ? 0 : (count - 1) % every;
  const labelled = Array.from({ length: count }, (_, piece) => piece).filter(
    (piece) => piece % every === offset,
  );
  return labelled
    .map((piece) => {
      const label = labelOf(course, piece);
      const { left, wide } = placeOf(piece, count);
      const x = left + (wide - widthOfDigits(label, digitHeight)) / 2;
      return digitsLine(label, { left: x, top: 748, height: digitHeight, color: colors.time });
    })
    .join('');
}

function placeOf(piece: number, count: number): { readonly left: number; readonly wide: number } {
  const step = (width - 2 * margin) / count;
  return { left: margin + (piece + 0.14) * step, wide: step * 0.72 };
}
