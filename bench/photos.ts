import { SharpPhotoJudge } from '../src/adapters/photos/sharp-photo-judge.js';
import { photograph } from '../test/support/photographs.js';
import type { Rows } from './figures.js';

/** How long a whole set of photos takes to be judged. */
export async function measurePhotos(): Promise<Rows> {
  const files = await Promise.all([1, 2, 3, 4].map((seed) => photograph(4000, 3000, { seed })));
  const judge = new SharpPhotoJudge();
  const from = performance.now();
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => judge.judge(files[index % 4] ?? Buffer.alloc(0))),
  );
  return [{ what: '20 photos of 12 megapixels judged, ms', p50: Math.round(performance.now() - from) }];
}
