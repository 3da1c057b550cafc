import { fitParagraph, outline, widthOf } from './paragraph.js';
import { px } from './scene.js';

export interface Caption {
  readonly prompt: string;
  /** Short facts, e.g. `seed 42`. */
  readonly facts: readonly string[];
}

const word = 'SANDBOX';

/** The word SANDBOX across the picture, and a dark panel below with the prompt and the settings. */
export function drawCaption(width: number, height: number, caption: Caption): string {
  return banner(width, height) + panel(width, height, caption);
}

function banner(width: number, height: number): string {
  const size = Math.min((width * 0.84) / widthOf(word, 'bold'), height * 0.16);
  const x = (width - widthOf(word, 'bold') * size) / 2;
  const path = outline(word, x, height * 0.035 + size * 0.78, size, 'bold');
  const edge = px(Math.max(1, size * 0.035));
  return `<path d="${path}" fill="#fff" fill-opacity="0.93" stroke="#10131c" stroke-opacity="0.75" stroke-width="${edge}" paint-order="stroke" stroke-linejoin="round"/>`;
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
