import sharp from 'sharp';
import { expect, test } from 'vitest';
import { SharpNumbersPlot } from '../../../src/adapters/photos/sharp-numbers-plot.js';
import type { Course } from '../../../src/domain/operator/course.js';

const day = 86_400_000;
const from = new Date('2026-11-01T00:00:00Z');
const [blue, orange] = ['86,180,233', '230,159,0'];

const aCourse = (pictures: readonly number[], stars: readonly number[]): Course => ({
  unit: 'day',
  count: pictures.length,
  milliseconds: day,
  from,
  pictures,
  stars,
});

/** The pixels of one colour in the left and the right half, between two lines. */
async function pixelsOf(course: Course, color: string, [top, bottom]: readonly [number, number]) {
  const png = await new SharpNumbersPlot().draw(course);
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 1080, height: 810 });
  const halves = [0, 0];
  for (let y = top; y < bottom; y += 1)
    for (let x = 0; x < info.width; x += 1) {
      const at = (y * info.width + x) * info.channels;
      const half = x < info.width / 2 ? 0 : 1;
      if (data.subarray(at, at + 3).join() === color) halves[half] = (halves[half] ?? 0) + 1;
    }
  return halves as [number, number];
}
const pictures = [110, 370] as const;
const stars = [462, 730] as const;

test('bars are as high as their numbers, each row by itself: pictures above in blue, Stars below in orange', async () => {
  const course = aCourse([10, 5], [300, 900]);
  const [ten, five] = await pixelsOf(course, blue, pictures);
  expect(ten / five).toBeCloseTo(2, 1);
  const [less, more] = await pixelsOf(course, orange, stars);
  expect(more / less).toBeCloseTo(3, 1);
  expect(await pixelsOf(course, orange, pictures)).toEqual([0, 0]);
});

test('a day beside a huge one is seen, and a day of nothing is not', async () => {
  const [little, much] = await pixelsOf(aCourse([1, 1_000_000], [0, 5]), blue, pictures);
  expect(little).toBeGreaterThan(1000);
  expect(much / little).toBeGreaterThan(20);
  expect((await pixelsOf(aCourse([1, 1], [0, 5]), orange, stars))[0]).toBe(0);
});

test('where nothing happened there are the lines, and zeros', async () => {
  const course = aCourse(Array(7).fill(0), Array(7).fill(0));
  expect(await pixelsOf(course, blue, pictures)).toEqual([0, 0]);
  expect((await pixelsOf(course, blue, [40, 100]))[0]).toBeGreaterThan(50);
});

test('the days below are those of the month, whatever fonts the machine has', async () => {
  const grey = '195,204,213';
  const one = aCourse([1], [1]);
  const [first] = await pixelsOf(one, grey, [745, 800]);
  const later = { ...one, from: new Date('2026-11-28T00:00:00Z') };
  expect(sum(await pixelsOf(later, grey, [745, 800]))).toBeGreaterThan(2 * first);
});

const sum = ([one, other]: readonly [number, number]) => one + other;
