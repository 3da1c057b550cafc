/** Strokes of the digits on a field of 10 x 16: no font need be installed to number a picture. */
const strokes: Readonly<Record<string, string>> = {
  '0': 'M5 1C1 1 1 5 1 8s0 7 4 7 4-4 4-7-0-7-4-7',
  '1': 'M2 4L6 1V15',
  '2': 'M1 4Q2 1 5 1T9 5T1 15H9',
  '3': 'M1 3Q3 1 5 1Q9 1 9 4.5T4 8Q9 8 9 11.5T5 15Q2 15 1 13',
  '4': 'M7 15V1L1 11H9',
  '5': 'M8 1H2L1.5 8Q3 6.500 5 6.500Q9 6.500 9 11T5 15Q2 15 1 13',
  '6': 'M8 1Q1 4 1 10.500Q1 15 5 15T9 10.500T5 6.500T1 10.500',
  '7': 'M1 1H9L4 15',
  '8': 'M5 8Q1 7.500 1 4.500T5 1T9 4.500T5 8Q1 8.500 1 11.500T5 15T9 11.500T5 8',
  '9': 'M2 15Q9 12 9 5.500Q9 1 5 1T1 5.500T5 9.500T9 5.500',
};

/** A field of the table, with the space to the next one. */
const step = 13;
const field = 16;

interface Line {
  readonly left: number;
  readonly top: number;
  readonly height: number;
  readonly color: string;
}

/** The digits of a number as SVG, their corner at `left`, `top`. `grouped`: with a little space before each thousand. */
export function digitsLine(number: number, { left, top, height, color }: Line, grouped = false): string {
  const digits = [...String(number)];
  const paths = digits.map((digit, index) => {
    const x = index * step + (grouped ? gapsBefore(index, digits.length) * thousandsGap : 0);
    return `<path transform="translate(${x} 0)" d="${strokes[digit]}"/>`;
  });
  return `<g transform="translate(${left} ${top}) scale(${height / field})" fill="none" stroke="${color}"
    stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g>`;
}

const thousandsGap = 5;
const gapsBefore = (index: number, length: number): number =>
  Math.ceil(length / 3) - Math.ceil((length - index) / 3);

/** How wide they become without groups. */
export const widthOfDigits = (number: number, height: number): number =>
  (String(number).length * step - 3) * (height / field);

/** A white number on a dark disc (or one of another colour), as SVG; its corner stands at `left`, `top`. `size` in pixels. */
export function numeral(
  number: number,
  { left, top, size, fill = '#000' }: { left: number; top: number; size: number; fill?: string },
): string {
  const height = size * 0.5;
  const x = left + (size - widthOfDigits(number, height)) / 2;
  return `<circle cx="${left + size / 2}" cy="${top + size / 2}" r="${size / 2}" fill="${fill}" fill-opacity="${fill === '#000' ? 0.7 : 0.95}"/>
    ${digitsLine(number, { left: x, top: top + size / 4, height, color: '#fff' })}`;
}
