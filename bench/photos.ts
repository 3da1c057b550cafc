import { SharpPhotoJudge } from '../src/adapters/photos/sharp-photo-judge.js';
import { tiledPhoto } from '../test/support/phone-photo.js';
import { photograph } from '../test/support/photographs.js';
import type { Rows } from './figures.js';

/** How long a whole set of photos takes to be judged, as JPEG and as phones write them. */
export async function measurePhotos(): Promise<Rows> {
  const jpegs = await Promise.all([1, 2, 3, 4].map((seed) => photograph(4000, 3000, { seed })));
  const heics = [tiledPhoto('eight-bit', [6, 4], [3840, 3125])];
  return [
    { what: '20 photos of 12 megapixels judged, ms', p50: await judging(jpegs) },
    { what: '20 HEIC photos of 12 megapixels judged, ms', p50: await judging(heics) },
  ];
}

async function judging(files: readonly Buffer[]): Promise<number> {
  const judge = new SharpPhotoJudge();
  const from = performance.now();
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => judge.judge(files[index % files.length] ?? Buffer.alloc(0))),
  );
  return Math.round(performance.now() - from);
}
