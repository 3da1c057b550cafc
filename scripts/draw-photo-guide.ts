import { mkdirSync } from 'node:fs';
import sharp from 'sharp';
import { outline, widthOf } from '../src/sandbox/fal/pictures/paragraph.js';

/**
 * Draws the cards that show which photos make a good avatar: `npx tsx scripts/draw-photo-guide.ts` writes
 * `assets/photo-guide/<kind>-<language>.png`.
 */

const folder = 'assets/photo-guide';
const width = 1280;
const margin = 40;
const gap = 30;
const tile = (width - 2 * margin - 2 * gap) / 3;
const labelSize = 43;
const headSize = 56;
const headHeight = 116;
const labelHeight = 74;
const rowHeight = headHeight + tile + labelHeight;
const height = 2 * rowHeight + 26;

type Person = {
  readonly skin: string;
  readonly hair: string;
  readonly cloth: string;
  readonly short?: boolean;
};
const her: Person = { skin: '#f3c6a5', hair: '#5b3423', cloth: '#2f8f83' };
const him: Person = { skin: '#c98f66', hair: '#2b2320', cloth: '#d9803f', short: true };
const other: Person = { skin: '#f0d0b8', hair: '#c8913c', cloth: '#7764b8' };

/** A head with shoulders around `x`, `y` (the middle of the face), half a face being `s` high. `turn`: -1 to 1. */
function person(
  x: number,
  y: number,
  s: number,
  { skin, hair, cloth, short = false }: Person,
  turn = 0,
): string {
  const shade = 'rgba(120,50,20,0.16)';
  const look = x + turn * s * 0.42;
  const back = short
    ? `<ellipse cx="${x - turn * s * 0.1}" cy="${y - s * 0.16}" rx="${s * 0.9}" ry="${s * 1.02}" fill="${hair}"/>`
    : `<path d="M${x - s * 0.98} ${y + s * 1.25}Q${x - s * 1.18} ${y - s * 1.3} ${x} ${y - s * 1.26}Q${x + s * 1.18} ${y - s * 1.3} ${x + s * 0.98} ${y + s * 1.25}Q${x} ${y + s * 1.75} ${x - s * 0.98} ${y + s * 1.25}Z" fill="${hair}"/>`;
  const body = `<path d="M${x - s * 1.75} ${y + s * 12}V${y + s * 3}Q${x - s * 1.75} ${y + s * 1.62} ${x - s * 0.5} ${y + s * 1.42}L${x + s * 0.5} ${y + s * 1.42}Q${x + s * 1.75} ${y + s * 1.62} ${x + s * 1.75} ${y + s * 3}V${y + s * 12}Z" fill="${cloth}"/>`;
  const neck = `<path d="M${x - s * 0.34} ${y + s * 0.6}h${s * 0.68}v${s * 0.86}q${-s * 0.34} ${s * 0.36} ${-s * 0.68} 0Z" fill="${skin}"/><path d="M${x - s * 0.34} ${y + s * 0.92}q${s * 0.34} ${s * 0.34} ${s * 0.68} 0v${s * 0.12}q${-s * 0.34} ${s * 0.36} ${-s * 0.68} 0Z" fill="${shade}"/>`;
  const head = `<path d="M${x - s * 0.78} ${y - s * 0.25}Q${x - s * 0.8} ${y - s * 1.06} ${x} ${y - s * 1.06}Q${x + s * 0.8} ${y - s * 1.06} ${x + s * 0.78} ${y - s * 0.25}Q${x + s * 0.74} ${y + s * 0.62} ${x + turn * s * 0.18} ${y + s * 1.02}Q${x - s * 0.74} ${y + s * 0.62} ${x - s * 0.78} ${y - s * 0.25}Z" fill="${skin}"/>`;
  const ear =
    Math.abs(turn) < 0.2
      ? ''
      : `<ellipse cx="${x - Math.sign(turn) * s * 0.62}" cy="${y + s * 0.06}" rx="${s * 0.13}" ry="${s * 0.2}" fill="${skin}"/><ellipse cx="${x - Math.sign(turn) * s * 0.62}" cy="${y + s * 0.06}" rx="${s * 0.06}" ry="${s * 0.11}" fill="${shade}"/>`;
  const eyes = [-1, 1]
    .map((side) => ({ at: look + side * s * (0.33 - Math.abs(turn) * 0.08), far: side === Math.sign(turn) }))
    .map(({ at, far }) => {
      const [wide, arch] = far ? [0.075, 0.1] : [0.1, 0.17];
      return (
        `<ellipse cx="${at}" cy="${y - s * 0.02}" rx="${s * wide}" ry="${s * 0.125}" fill="#2d2a2e"/>` +
        `<circle cx="${at + s * 0.03}" cy="${y - s * 0.06}" r="${s * 0.035}" fill="#fff"/>` +
        `<path d="M${at - s * arch} ${y - s * 0.27}q${s * arch} ${-s * 0.11} ${s * arch * 2} 0" stroke="${hair}" stroke-width="${s * 0.065}" fill="none" stroke-linecap="round"/>` +
        (far
          ? ''
          : `<ellipse cx="${at + Math.sign(at - look) * s * 0.1}" cy="${y + s * 0.3}" rx="${s * 0.15}" ry="${s * 0.1}" fill="#e0566b" opacity="0.22"/>`)
      );
    })
    .join('');
  const nose = `<path d="M${look + turn * s * 0.06} ${y + s * 0.06}q${s * (0.1 + turn * 0.1)} ${s * 0.2} ${-s * 0.04} ${s * 0.24}" stroke="rgba(110,50,30,0.45)" stroke-width="${s * 0.055}" fill="none" stroke-linecap="round"/>`;
  const mouth = `<path d="M${look - s * 0.24} ${y + s * 0.5}q${s * 0.24} ${s * 0.24} ${s * 0.48} 0Z" fill="#b8404f" stroke="#b8404f" stroke-width="${s * 0.05}" stroke-linejoin="round"/>`;
  const fringe = short
    ? `<path d="M${x - s * 0.84} ${y - s * 0.1}Q${x - s * 1.0} ${y - s * 1.3} ${x} ${y - s * 1.24}Q${x + s * 1.0} ${y - s * 1.3} ${x + s * 0.84} ${y - s * 0.1}Q${x + s * 0.72} ${y - s * 0.62} ${x + s * 0.3} ${y - s * 0.68}Q${x - s * 0.5} ${y - s * 0.66} ${x - s * 0.84} ${y - s * 0.1}Z" fill="${hair}"/>`
    : `<path d="M${x - s * 0.86} ${y + s * 0.2}Q${x - s * 1.08} ${y - s * 1.34} ${x} ${y - s * 1.24}Q${x + s * 1.08} ${y - s * 1.34} ${x + s * 0.86} ${y + s * 0.2}Q${x + s * 0.72} ${y - s * 0.5} ${x + s * 0.14 + turn * s * 0.3} ${y - s * 0.74}Q${x - s * 0.62} ${y - s * 0.56} ${x - s * 0.86} ${y + s * 0.2}Z" fill="${hair}"/>`;
  return back + body + neck + head + ear + eyes + nose + mouth + fringe;
}

const rect = (x: number, y: number, w: number, h: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}"/>`;
const sun = (x: number, y: number, r: number) => `<circle cx="${x}" cy="${y}" r="${r}" fill="#ffe9a8"/>`;

/** All scenes are drawn on a field of 400 by 400. */
const room =
  rect(0, 0, 400, 400, '#e8dfd3') +
  rect(255, 30, 115, 170, '#cfe8f5') +
  rect(309, 30, 7, 170, '#fff') +
  rect(255, 110, 115, 7, '#fff');
const beach = (w: number) =>
  rect(0, 0, w, 210, '#9bd8ef') +
  sun(w * 0.72, 70, 30) +
  rect(0, 200, w, 80, '#4aa9c9') +
  rect(0, 270, w, 130, '#f2dcae');
const street = (w: number) =>
  rect(0, 0, w, 400, '#dfe4ee') +
  rect(0, 40, w * 0.45, 300, '#b9a6a0') +
  rect(w * 0.55, 90, w * 0.45, 260, '#a8b3c6') +
  [0, 1, 2]
    .map(
      (row) =>
        rect(w * 0.12, 70 + row * 70, w * 0.2, 38, '#fdf3cf') +
        rect(w * 0.68, 120 + row * 70, w * 0.2, 38, '#fdf3cf'),
    )
    .join('') +
  rect(0, 335, w, 65, '#8b8f98');
const park = (w: number) =>
  rect(0, 0, w, 400, '#cbe7c4') +
  `<circle cx="${w * 0.25}" cy="95" r="75" fill="#69a85f"/><circle cx="${w * 0.85}" cy="120" r="85" fill="#7fb870"/>` +
  rect(0, 290, w, 110, '#8fc47f');
const strip = (at: number, inner: string) =>
  `<svg x="${at}" y="0" width="128" height="400" viewBox="0 0 128 400">${inner}</svg>`;

const portrait = {
  good: [
    room + person(200, 200, 108, her),
    ([-0.85, 0, 0.85] as const)
      .map((turn, at) => strip(at * 136, rect(0, 0, 128, 400, '#d6e6ec') + person(64, 185, 50, her, turn)))
      .join(''),
    strip(0, beach(128) + person(64, 235, 34, { ...her, cloth: '#e6675f' })) +
      strip(136, street(128) + person(64, 200, 42, { ...her, cloth: '#3d5a98' }, 0.5)) +
      strip(272, park(128) + person(64, 170, 50, { ...her, cloth: '#e0a53c' }, -0.4)),
  ],
  bad: [
    park(400) +
      person(82, 205, 60, other) +
      person(318, 205, 60, { ...her, cloth: '#c6525d' }) +
      person(200, 185, 66, him),
    beach(400) + person(200, 215, 100, her) + sunglasses(200, 215, 100) + hat(200, 215, 100),
    `<g filter="url(#blur)">${street(400)}${person(215, 200, 100, her, 0.25)}</g>` +
      rect(0, 0, 400, 400, 'rgba(8,10,28,0.62)'),
  ],
};

function sunglasses(x: number, y: number, s: number): string {
  const lens = (side: number) =>
    `<rect x="${x + side * s * 0.37 - s * 0.3}" y="${y - s * 0.24}" width="${s * 0.6}" height="${s * 0.46}" rx="${s * 0.18}" fill="#17181c"/>`;
  return `${lens(-1)}${lens(1)}<path d="M${x - s * 0.8} ${y - s * 0.12}h${s * 1.6}" stroke="#17181c" stroke-width="${s * 0.08}"/>`;
}

function hat(x: number, y: number, s: number): string {
  return `<path d="M${x - s * 0.82} ${y - s * 0.62}Q${x - s * 0.7} ${y - s * 1.62} ${x} ${y - s * 1.62}Q${x + s * 0.7} ${y - s * 1.62} ${x + s * 0.82} ${y - s * 0.62}Z" fill="#d9b26a"/><path d="M${x - s * 0.84} ${y - s * 0.78}q${s * 0.84} ${s * 0.22} ${s * 1.68} 0v${s * 0.18}q${-s * 0.84} ${s * 0.22} ${-s * 1.68} 0Z" fill="#7a4a2b"/><ellipse cx="${x}" cy="${y - s * 0.54}" rx="${s * 1.5}" ry="${s * 0.24}" fill="#e4c07c"/>`;
}

/** One painter's hand: flat shapes in five colours. */
const hand = { sky: '#f6d7b0', far: '#d98b6a', near: '#8d4a5b', dark: '#46304a', light: '#fff3dc' };
const framed = (x: number, y: number, w: number, h: number, inner: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#fff"/><svg x="${x + 8}" y="${y + 8}" width="${w - 16}" height="${h - 16}" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice">${inner}</svg>`;
const hills =
  rect(0, 0, 100, 100, hand.sky) +
  `<circle cx="70" cy="32" r="13" fill="${hand.light}"/><path d="M0 62L28 34L52 60L74 42L100 66V100H0Z" fill="${hand.far}"/><path d="M0 78Q28 58 58 76T100 72V100H0Z" fill="${hand.near}"/><path d="M0 92Q40 78 100 90V100H0Z" fill="${hand.dark}"/>`;
const boat =
  rect(0, 0, 100, 100, hand.sky) +
  `<circle cx="28" cy="28" r="11" fill="${hand.light}"/>` +
  rect(0, 58, 100, 42, hand.near) +
  `<path d="M22 62H78L68 78H32Z" fill="${hand.dark}"/><path d="M50 60V18L78 58Z" fill="${hand.light}"/><path d="M46 60V26L26 58Z" fill="${hand.far}"/>`;
const house =
  rect(0, 0, 100, 100, hand.sky) +
  rect(0, 76, 100, 24, hand.near) +
  rect(26, 46, 48, 34, hand.light) +
  `<path d="M20 48L50 22L80 48Z" fill="${hand.far}"/>` +
  rect(45, 60, 12, 20, hand.dark) +
  `<circle cx="90" cy="58" r="14" fill="${hand.dark}"/>`;
const fruit =
  rect(0, 0, 100, 100, hand.far) +
  rect(0, 66, 100, 34, hand.dark) +
  `<circle cx="40" cy="60" r="18" fill="${hand.light}"/><circle cx="66" cy="66" r="14" fill="${hand.near}"/><path d="M40 42q4 -12 14 -14" stroke="${hand.dark}" stroke-width="4" fill="none"/>`;
const pixels = Array.from({ length: 64 }, (_, at) =>
  rect(
    (at % 8) * 12.5,
    Math.floor(at / 8) * 12.5,
    12.6,
    12.6,
    ['#2b6cb0', '#63b3ed', '#f6e05e', '#48bb78'][(at * 7 + (at >> 3) * 3) % 4] ?? '#fff',
  ),
).join('');
const sketch =
  rect(0, 0, 100, 100, '#fbfaf6') +
  `<path d="M10 80L36 30L58 78L72 50L92 82M20 88h62M44 40l10 22" stroke="#333" stroke-width="2.4" fill="none" stroke-linecap="round"/>`;
const glow =
  rect(0, 0, 100, 100, '#140f2e') +
  `<circle cx="50" cy="50" r="30" fill="none" stroke="#ff3fa4" stroke-width="5"/><path d="M14 82L50 22L86 82Z" fill="none" stroke="#29e0ff" stroke-width="5"/>`;
const wall = rect(0, 0, 400, 400, '#e6e2dc');
const stamp = `<g transform="rotate(-24 200 200)"><path d="${outline('STOCK', 60, 228, 96, 'bold')}" fill="#fff" fill-opacity="0.8"/></g>`;

const artistic = {
  good: [
    wall +
      framed(28, 28, 164, 164, hills) +
      framed(208, 28, 164, 164, boat) +
      framed(28, 208, 164, 164, house) +
      framed(208, 208, 164, 164, fruit),
    wall +
      framed(24, 90, 110, 220, boat) +
      framed(145, 90, 110, 220, fruit) +
      framed(266, 90, 110, 220, house),
    wall + framed(36, 52, 328, 296, hills),
  ],
  bad: [
    wall +
      framed(28, 28, 164, 164, hills) +
      framed(208, 28, 164, 164, pixels) +
      framed(28, 208, 164, 164, sketch) +
      framed(208, 208, 164, 164, glow),
    wall + framed(36, 52, 328, 296, boat) + stamp,
    `${wall}<g filter="url(#blur)">${framed(100, 115, 200, 170, house)}</g>`,
  ],
};

const words = {
  en: {
    good: 'Good',
    bad: 'Better not',
    portrait: [
      'Face clearly visible',
      'Different angles',
      'Different places',
      'Several people',
      'Hidden face',
      'Dark or blurred',
    ],
    artistic: [
      'One style',
      'Different subjects',
      'Large and sharp',
      'Mixed styles',
      'Text, watermarks',
      'Tiny or blurred',
    ],
  },
  ru: {
    good: 'Подойдут',
    bad: 'Лучше не надо',
    portrait: [
      'Лицо хорошо видно',
      'Разные ракурсы',
      'Разные места',
      'Несколько людей',
      'Лицо закрыто',
      'Темно, размыто',
    ],
    artistic: [
      'Один стиль',
      'Разные сюжеты',
      'Крупно и чётко',
      'Разные стили',
      'Надписи, знаки',
      'Мелко, размыто',
    ],
  },
} as const;

function tileAt(column: number, top: number, scene: string, label: string, ink: string): string {
  const x = margin + column * (tile + gap);
  const size = Math.min(labelSize, (tile / widthOf(label, 'bold')) * 0.99);
  const at = x + (tile - widthOf(label, 'bold') * size) / 2;
  const id = `tile-${column}-${Math.round(top)}`;
  return (
    `<clipPath id="${id}"><rect x="${x}" y="${top}" width="${tile}" height="${tile}" rx="30"/></clipPath>` +
    `<g clip-path="url(#${id})"><svg x="${x}" y="${top}" width="${tile}" height="${tile}" viewBox="0 0 400 400">${scene}</svg></g>` +
    `<rect x="${x}" y="${top}" width="${tile}" height="${tile}" rx="30" fill="none" stroke="${ink}" stroke-width="7"/>` +
    `<path d="${outline(label, at, top + tile + 54, size, 'bold')}" fill="#25282e"/>`
  );
}

function row(
  top: number,
  scenes: readonly string[],
  labels: readonly string[],
  head: string,
  isGood: boolean,
): string {
  const ink = isGood ? '#2e9e5b' : '#d64545';
  const middle = top + headHeight / 2;
  const sign = isGood
    ? `<path d="M${margin + 22} ${middle + 2}l14 15l26 -30" stroke="#fff" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round"/>`
    : `<path d="M${margin + 26} ${middle - 16}l32 32m0 -32l-32 32" stroke="#fff" stroke-width="10" stroke-linecap="round"/>`;
  return (
    `<circle cx="${margin + 42}" cy="${middle}" r="40" fill="${ink}"/>${sign}` +
    `<path d="${outline(head, margin + 104, middle + headSize * 0.34, headSize, 'bold')}" fill="${ink}"/>` +
    scenes.map((scene, column) => tileAt(column, top + headHeight, scene, labels[column] ?? '', ink)).join('')
  );
}

mkdirSync(folder, { recursive: true });
for (const [kind, scenes] of Object.entries({ portrait, artistic }) as [
  'portrait' | 'artistic',
  typeof portrait,
][])
  for (const language of ['en', 'ru'] as const) {
    const { good, bad, [kind]: labels } = words[language];
    const card =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<filter id="blur"><feGaussianBlur stdDeviation="9"/></filter>${rect(0, 0, width, height, '#ffffff')}` +
      `${row(8, scenes.good, labels.slice(0, 3), good, true)}${row(8 + rowHeight, scenes.bad, labels.slice(3), bad, false)}</svg>`;
    await sharp(Buffer.from(card))
      .png({ palette: true, colours: 200, compressionLevel: 9 })
      .toFile(`${folder}/${kind}-${language}.png`);
  }
