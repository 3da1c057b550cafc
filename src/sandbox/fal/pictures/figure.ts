import { color, px } from './scene.js';

/** Where a person stands, and how large: `x` and `y` are the middle of the face, `head` is half of its height. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly head: number;
}

/** One in the middle, or several side by side that leave each other room. */
export function placesOf(width: number, height: number, count: number, random: () => number): Place[] {
  const unit = Math.min(count === 1 ? width : (width * 1.7) / count, height * 0.9);
  return Array.from({ length: count }, (_, index) => ({
    x: count === 1 ? width * (0.47 + random() * 0.06) : (width * (index + 0.5)) / count,
    y: height * 0.34,
    head: unit * 0.135,
  }));
}

/**
 * A person for portrait avatars: hair, skin and face belong to the avatar (the same weights always give the
 * same person), clothes and bearing to the seed.
 */
export function drawFigure(
  { x, y, head }: Place,
  height: number,
  identity: () => number,
  random: () => number,
): string {
  const skin = color(18 + identity() * 16, 38 + identity() * 22, 38 + identity() * 42);
  const hair = color(identity() * 50, 15 + identity() * 60, 12 + identity() * 48);
  const eyes = color(identity() * 260 + 20, 45, 32);
  const long = identity() < 0.5;
  const beard = !long && identity() < 0.4;
  const glasses = identity() < 0.3;
  const cloth = random() * 360;
  const smile = head * (0.08 + random() * 0.22);
  return [
    long ? backHair(x, y, head, hair) : '',
    shoulders(x, y, head, height, cloth),
    `<path d="M${px(x - head * 0.36)} ${px(y + head * 0.7)}h${px(head * 0.72)}v${px(head * 0.75)}q${px(-head * 0.36)} ${px(head * 0.42)} ${px(-head * 0.72)} 0Z" fill="${skin}"/>`,
    `<ellipse cx="${px(x)}" cy="${px(y + head * 1.0)}" rx="${px(head * 0.36)}" ry="${px(head * 0.16)}" fill="#000" opacity="0.14"/>`,
    `<ellipse cx="${px(x)}" cy="${px(y)}" rx="${px(head * 0.82)}" ry="${px(head * 1.04)}" fill="${skin}"/>`,
    beard ? beardOf(x, y, head, hair) : '',
    face(x, y, head, eyes, hair, smile),
    glasses ? glassesOf(x, y, head) : '',
    fringe(x, y, head, hair, long ? 0.35 : 0.12),
  ].join('');
}

function shoulders(x: number, y: number, head: number, height: number, hue: number): string {
  const [top, side] = [y + head * 1.32, head * 2.15];
  const body = (times: number, fill: string) =>
    `<path d="M${px(x - side * times)} ${px(height)}L${px(x - side * times)} ${px(top + head * 1.2)}Q${px(x - side * times)} ${px(top + head * 0.35)} ${px(x - head * 0.5)} ${px(top)}Q${px(x)} ${px(top + head * 0.6)} ${px(x + head * 0.5)} ${px(top)}Q${px(x + side * times)} ${px(top + head * 0.35)} ${px(x + side * times)} ${px(top + head * 1.2)}L${px(x + side * times)} ${px(height)}Z" fill="${fill}"/>`;
  const collar = `<path d="M${px(x - head * 0.5)} ${px(top)}Q${px(x)} ${px(top + head * 0.6)} ${px(x + head * 0.5)} ${px(top)}L${px(x + head * 0.62)} ${px(top + head * 0.16)}Q${px(x)} ${px(top + head * 0.92)} ${px(x - head * 0.62)} ${px(top + head * 0.16)}Z" fill="${color(hue, 55, 62)}"/>`;
  return body(1, color(hue, 50, 36)) + collar;
}

function backHair(x: number, y: number, head: number, fill: string): string {
  return `<path d="M${px(x - head * 1.05)} ${px(y - head * 0.1)}Q${px(x)} ${px(y - head * 2.3)} ${px(x + head * 1.05)} ${px(y - head * 0.1)}L${px(x + head * 1.18)} ${px(y + head * 1.75)}Q${px(x)} ${px(y + head * 2.3)} ${px(x - head * 1.18)} ${px(y + head * 1.75)}Z" fill="${fill}"/>`;
}

function fringe(x: number, y: number, head: number, fill: string, side: number): string {
  return `<path d="M${px(x - head * 0.9)} ${px(y + head * side)}Q${px(x - head * 1.1)} ${px(y - head * 1.35)} ${px(x)} ${px(y - head * 1.28)}Q${px(x + head * 1.1)} ${px(y - head * 1.35)} ${px(x + head * 0.9)} ${px(y + head * side)}Q${px(x + head * 0.72)} ${px(y - head * 0.62)} ${px(x + head * 0.12)} ${px(y - head * 0.7)}Q${px(x - head * 0.66)} ${px(y - head * 0.6)} ${px(x - head * 0.9)} ${px(y + head * side)}Z" fill="${fill}"/>`;
}

function face(x: number, y: number, head: number, eye: string, hair: string, smile: number): string {
  const sides = [-1, 1].map((side) => {
    const at = x + side * head * 0.32;
    return [
      `<ellipse cx="${px(at)}" cy="${px(y - head * 0.05)}" rx="${px(head * 0.15)}" ry="${px(head * 0.1)}" fill="#fff"/>`,
      `<circle cx="${px(at)}" cy="${px(y - head * 0.05)}" r="${px(head * 0.085)}" fill="${eye}"/>`,
      `<path d="M${px(at - head * 0.17)} ${px(y - head * 0.27)}q${px(head * 0.17)} ${px(-head * 0.1)} ${px(head * 0.34)} 0" stroke="${hair}" stroke-width="${px(head * 0.06)}" fill="none" stroke-linecap="round"/>`,
      `<circle cx="${px(x + side * head * 0.46)}" cy="${px(y + head * 0.32)}" r="${px(head * 0.16)}" fill="#e2556b" opacity="0.2"/>`,
    ].join('');
  });
  const nose = `<path d="M${px(x)} ${px(y)}q${px(head * 0.1)} ${px(head * 0.22)} ${px(-head * 0.04)} ${px(head * 0.28)}" stroke="#000" stroke-opacity="0.25" stroke-width="${px(head * 0.045)}" fill="none" stroke-linecap="round"/>`;
  const mouth = `<path d="M${px(x - head * 0.26)} ${px(y + head * 0.5)}q${px(head * 0.26)} ${px(smile)} ${px(head * 0.52)} 0" stroke="#8f2f3f" stroke-width="${px(head * 0.07)}" fill="none" stroke-linecap="round"/>`;
  return sides.join('') + nose + mouth;
}

function beardOf(x: number, y: number, head: number, fill: string): string {
  return `<path d="M${px(x - head * 0.82)} ${px(y + head * 0.05)}Q${px(x - head * 0.7)} ${px(y + head * 1.3)} ${px(x)} ${px(y + head * 1.3)}Q${px(x + head * 0.7)} ${px(y + head * 1.3)} ${px(x + head * 0.82)} ${px(y + head * 0.05)}Q${px(x + head * 0.5)} ${px(y + head * 0.5)} ${px(x + head * 0.32)} ${px(y + head * 0.36)}L${px(x - head * 0.32)} ${px(y + head * 0.36)}Q${px(x - head * 0.5)} ${px(y + head * 0.5)} ${px(x - head * 0.82)} ${px(y + head * 0.05)}Z" fill="${fill}" opacity="0.9"/>`;
}

function glassesOf(x: number, y: number, head: number): string {
  const lens = [-1, 1].map(
    (side) =>
      `<circle cx="${px(x + side * head * 0.33)}" cy="${px(y - head * 0.04)}" r="${px(head * 0.25)}" fill="#fff" fill-opacity="0.15"/>`,
  );
  return `<g stroke="#222" stroke-width="${px(head * 0.05)}">${lens.join('')}<path d="M${px(x - head * 0.08)} ${px(y - head * 0.06)}h${px(head * 0.16)}"/></g>`;
}
