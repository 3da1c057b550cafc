import type { Place } from './figure.js';
import { outline, widthOf } from './paragraph.js';
import { px } from './scene.js';

/** A name on the chest of a person, no wider than `room`. */
export function drawNameplate({ x, y, head }: Place, room: number, name: string): string {
  const wide = widthOf(name, 'bold');
  const size = Math.min(head * 0.46, (room * 0.84) / Math.max(1, wide));
  const pad = size * 0.4;
  const [half, top] = [(wide * size) / 2, y + head * 2.05];
  return (
    `<rect x="${px(x - half - pad)}" y="${px(top)}" width="${px(2 * (half + pad))}" height="${px(size * 1.5)}" ` +
    `rx="${px(size * 0.35)}" fill="#fff" fill-opacity="0.92"/>` +
    `<path d="${outline(name, x - half, top + size * 1.08, size, 'bold')}" fill="#10131c"/>`
  );
}
