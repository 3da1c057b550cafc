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

/** A white number on a dark disc (or one of another colour), as SVG; its corner stands at `left`, `top`. `size` in pixels. */
export function numeral(
  number: number,
  { left, top, size, fill = '#000' }: { left: number; top: number; size: number; fill?: string },
): string {
  const digits = [...String(number)];
  const scale = (size * 0.5) / 16;
  const width = (digits.length * 13 - 3) * scale;
  const paths = digits.map(
    (digit, index) => `<path transform="translate(${index * 13} 0)" d="${strokes[digit]}"/>`,
  );
  const x = left + (size - width) / 2;
  const y = top + size / 4;
  return `<circle cx="${left + size / 2}" cy="${top + size / 2}" r="${size / 2}" fill="${fill}" fill-opacity="${fill === '#000' ? 0.7 : 0.95}"/>
    <g transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke="#fff" stroke-width="2.2"
      stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g>`;
}
