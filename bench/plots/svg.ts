import type { Theme } from './theme.js';

export const width = 760;

/** `title` is what readers who cannot see it are told. */
export function drawing(theme: Theme, height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif" font-size="14">
<title>${title}</title>
<rect width="${width}" height="${height}" rx="6" fill="${theme.background}"/>
${parts.join('\n')}
</svg>
`;
}

export const bar = (x: number, y: number, wide: number, high: number, fill: string, opacity = 1): string =>
  `<rect x="${short(x)}" y="${short(y)}" width="${short(wide)}" height="${short(high)}" fill="${fill}" fill-opacity="${opacity}"/>`;

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, more = ''): string =>
  `<line x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}" stroke="${stroke}" ${more}/>`;

interface Words {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: 600;
  /** Colour of the ground, where lines may pass below. */
  readonly over?: string;
}

export function words(x: number, y: number, text: string, fill: string, options: Words = {}): string {
  const { anchor = 'start', weight = 400, over } = options;
  const ground = over === undefined ? '' : ` stroke="${over}" stroke-width="5" paint-order="stroke"`;
  return `<text x="${short(x)}" y="${short(y)}" fill="${fill}" text-anchor="${anchor}" font-weight="${weight}"${ground}>${text}</text>`;
}

/** Steps of 1, 2 or 5 times a power of ten, from 0 to beyond `most`, six at the very most. */
export function scale(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((factor) => factor * power).find((size) => most / size <= 5) ?? power;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

const short = (value: number) => Number(value.toFixed(1));
