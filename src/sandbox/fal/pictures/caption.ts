import { fitParagraph, outline, widthOf } from './paragraph.js';
import { px } from './scene.js';

export interface Caption {
  readonly prompt: string;
  /** Short facts, e.g. `seed 42`. */
  readonly facts: readonly string[];
  /** A few letters in large, e.g. `× 0.8`: what pictures of one series are told apart by. */
  readonly mark?: string | undefined;
}

const word = 'SANDBOX';

/** The word SANDBOX across the picture, and a dark panel below with the prompt and the settings; none, no panel. */
export function drawCaption(width: number, height: number, caption: Caption | null): string {
  if (caption === null) return banner(width, height);
  return banner(width, height) + mark(width, height, caption.mark) + panel(width, height, caption);
}

const bannerSize = (width: number, height: number): number =>
  Math.min((width * 0.84) / widthOf(word, 'bold'), height * 0.16);

function banner(width: number, height: number): string {
  const size = bannerSize(width, height);
  const x = (width - widthOf(word, 'bold') * size) / 2;
  const path = outline(word, x, height * 0.035 + size * 0.78, size, 'bold');
  const edge = px(Math.max(1, size * 0.035));
  return `<path d="${path}" fill="#fff" fill-opacity="0.93" stroke="#10131c" stroke-opacity="0.75" stroke-width="${edge}" paint-order="stroke" stroke-linejoin="round"/>`;
}

/** Below the banner at the right edge, on a dark ground of its own: the scene may be as white as the letters. */
function mark(width: number, height: number, text: string | undefined): string {
  if (text === undefined) return '';
  const above = bannerSize(width, height);
  const size = above * 0.55;
  const wide = widthOf(text, 'bold') * size;
  const x = width * 0.94 - wide;
  const top = height * 0.035 + above * 1.05;
  const pad = size * 0.28;
  const path = outline(text, x, top + size * 0.98, size, 'bold');
  return (
    `<rect x="${px(x - pad)}" y="${px(top)}" width="${px(wide + 2 * pad)}" height="${px(size * 1.3)}" rx="${px(pad)}" ` +
    `fill="#0b0e17" fill-opacity="0.72"/><path d="${path}" fill="#fff"/>`
  );
}

function panel(width: number, height: number, { prompt, facts }: Caption): string {
  const margin = width * 0.045;
  const inner = width - 2 * margin;
  const unit = Math.sqrt(width * height);
  const lineHeight = 1.28;
  const small = Math.max(9, unit * 0.021);
  const settings = fitParagraph(unbroken(facts), {
    width: inner,
    height: height * 0.16,
    largest: small,
    smallest: small * 0.7,
    lineHeight,
    weight: 'regular',
  });
  const said = fitParagraph(prompt, {
    width: inner,
    height: height * 0.3,
    largest: unit * 0.042,
    smallest: Math.max(9, unit * 0.0165),
    lineHeight,
    weight: 'bold',
  });
  const saidHeight = said.lines.length * said.size * lineHeight;
  const settingsHeight = settings.lines.length * settings.size * lineHeight;
  const gap = small * 0.7;
  const top = height - (saidHeight + settingsHeight + gap + 2 * margin * 0.75);
  const draw = (lines: readonly string[], from: number, size: number, weight: 'bold' | 'regular') =>
    lines
      .map((line, index) => outline(line, margin, from + size * (index * lineHeight + 0.98), size, weight))
      .join('');
  const promptPath = draw(said.lines, top + margin * 0.75, said.size, 'bold');
  const settingsPath = draw(settings.lines, top + margin * 0.75 + saidHeight + gap, settings.size, 'regular');
  return (
    `<rect x="0" y="${px(top)}" width="${width}" height="${px(height - top)}" fill="#0b0e17" fill-opacity="0.72"/>` +
    `<path d="${promptPath}" fill="#fff"/><path d="${settingsPath}" fill="#c9d4ea"/>`
  );
}

/** No line ends within a fact, none begins with the dot between two. */
function unbroken(facts: readonly string[]): string {
  return facts.map((fact) => fact.replaceAll(' ', '\u00a0')).join('\u00a0· ');
}
