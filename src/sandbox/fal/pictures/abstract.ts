import { color, gradient, px } from './scene.js';

/** A painting of circles and ribbons for style avatars: the colours belong to the style, the shapes to the seed. */
export function drawAbstract(
  width: number,
  height: number,
  identity: () => number,
  random: () => number,
): string {
  const hue = identity() * 360;
  const spread = 40 + identity() * 90;
  const round = identity();
  const tint = (lightness: number, alpha: number) =>
    color(hue + (random() - 0.5) * 2 * spread, 55 + random() * 35, lightness, alpha);
  const ribbons = Array.from({ length: 7 }, (_, index) => {
    const y = (height * (index + 0.3)) / 7;
    const bend = height * (random() - 0.5) * 0.55;
    const thickness = height * (0.05 + random() * 0.1);
    return `<path d="M${px(-width * 0.1)} ${px(y)}C${px(width * 0.3)} ${px(y + bend)} ${px(width * 0.65)} ${px(y - bend)} ${px(width * 1.1)} ${px(y + bend * 0.4)}" fill="none" stroke="${tint(48 + random() * 28, 0.6)}" stroke-width="${px(thickness)}" stroke-linecap="round"/>`;
  });
  const shapes = Array.from({ length: 16 }, () => {
    const [x, y] = [random() * width, random() * height];
    const size = Math.min(width, height) * (0.03 + random() * 0.13);
    const fill = tint(38 + random() * 42, 0.72);
    if (random() < 0.25 + round * 0.7) {
      return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(size)}" fill="${fill}"/>`;
    }
    const turn = Math.round(random() * 360);
    return `<rect x="${px(x - size)}" y="${px(y - size)}" width="${px(size * 2)}" height="${px(size * 2)}" transform="rotate(${turn} ${px(x)} ${px(y)})" fill="${fill}"/>`;
  });
  const ground = gradient('ground', color(hue, 55, 24), color(hue + spread, 60, 58));
  return `${ground}<rect width="${width}" height="${height}" fill="url(#ground)"/>${ribbons.join('')}${shapes.join('')}`;
}
