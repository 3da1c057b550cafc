import { monitorEventLoopDelay } from 'node:perf_hooks';
import sharp from 'sharp';
import { HumanFaceFinder } from '../src/adapters/faces/human-face-finder.js';
import { installedHuman } from '../src/adapters/faces/installed-human.js';
import { SharpPhotoJudge } from '../src/adapters/photos/sharp-photo-judge.js';
import { RecordingLogger } from '../test/fakes/recording-logger.js';
import { astronaut } from '../test/support/astronaut.js';
import { tiledPhoto } from '../test/support/phone-photo.js';
import { photograph } from '../test/support/photographs.js';
import type { Rows } from './figures.js';

const count = 20;

/** How long a whole set of photos takes to be judged, as JPEG and as phones write them, and with its faces. */
export async function measurePhotos(): Promise<Rows> {
  const jpegs = await Promise.all([1, 2, 3, 4].map((seed) => photograph(4000, 3000, { seed })));
  const heics = [tiledPhoto('eight-bit', [6, 4], [3840, 3125])];
  return [
    { what: '20 photos of 12 megapixels judged, ms', p50: await judging(jpegs) },
    { what: '20 HEIC photos of 12 megapixels judged, ms', p50: await judging(heics) },
    ...(await withFaces()),
  ];
}

async function judging(files: readonly Buffer[]): Promise<number> {
  const judge = new SharpPhotoJudge();
  const from = performance.now();
  await Promise.all(
    Array.from({ length: count }, (_, index) => judge.judge(files[index % files.length] ?? Buffer.alloc(0))),
  );
  return Math.round(performance.now() - from);
}

/** Each with a face of 1,500 pixels; from nothing, so that the models are loaded too. */
async function withFaces(): Promise<Rows> {
  const face = await sharp(await astronaut())
    .resize(1500, 1500)
    .toBuffer();
  const file = await sharp(await photograph(4000, 3000))
    .composite([{ input: face, left: 1200, top: 600 }])
    .jpeg({ quality: 90 })
    .toBuffer();
  const judge = new SharpPhotoJudge();
  const finder = new HumanFaceFinder({ human: installedHuman(), log: new RecordingLogger() });
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  const before = process.memoryUsage.rss();
  let resident = before;
  const watch = setInterval(() => {
    resident = Math.max(resident, process.memoryUsage.rss());
  }, 20);
  stalls.enable();
  const from = performance.now();
  const found = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const judged = await judge.judge(file);
      if (judged.kind === 'refused') throw new Error(judged.reason);
      return finder.find(String(index), async () => judged.picture);
    }),
  );
  const took = performance.now() - from;
  stalls.disable();
  clearInterval(watch);
  await finder.stop();
  return [
    { what: '20 photos of 12 megapixels judged, with their faces, ms', p50: Math.round(took) },
    { what: 'faces found in them', p50: found.flatMap((faces) => faces ?? []).length },
    { what: 'longest stall of the main thread meanwhile, ms', p50: Math.round(stalls.max / 1e6) },
    { what: 'memory that this added at most, MB', p50: Math.round((resident - before) / 1e6) },
  ];
}
