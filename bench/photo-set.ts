import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { HumanFaceFinder } from '../src/adapters/faces/human-face-finder.js';
import { installedHuman } from '../src/adapters/faces/installed-human.js';
import { FolderMediaStore } from '../src/adapters/media/folder-media-store.js';
import { SharpPhotoJudge } from '../src/adapters/photos/sharp-photo-judge.js';
import { RecordingLogger } from '../test/fakes/recording-logger.js';
import type { PhotoSetCost } from './photos.js';

/** A process of its own, started by `photos.ts` with a photo and a number: nothing that ran before hides what is taken. */
const [path = '', count = '20'] = process.argv.slice(2);

async function judgeSet(file: Uint8Array, many: number): Promise<PhotoSetCost> {
  const folder = await mkdtemp(join(tmpdir(), 'photo-set-'));
  const media = new FolderMediaStore({ root: folder });
  const judge = new SharpPhotoJudge();
  const finder = new HumanFaceFinder({ human: installedHuman(), log: new RecordingLogger() });
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const processor = process.cpuUsage();
  const from = performance.now();
  const found = await Promise.all(
    Array.from({ length: many }, async (_, index) => {
      const judged = await judge.judge(file);
      if (judged.kind === 'refused') throw new Error(judged.reason);
      const { mediaKey } = await media.saveImage(`photos/${index}`, once(judged.picture));
      return finder.find(mediaKey, () => media.bytes(mediaKey));
    }),
  );
  const milliseconds = performance.now() - from;
  const { user, system } = process.cpuUsage(processor);
  stalls.disable();
  await finder.stop();
  await rm(folder, { recursive: true });
  return {
    milliseconds,
    processor: (user + system) / 1000,
    faces: found.flatMap((faces) => faces ?? []).length,
    stall: stalls.max / 1e6,
    // Kilobytes of 1,024.
    most: process.resourceUsage().maxRSS * 1024,
  };
}

process.send?.(await judgeSet(await readFile(path), Number(count)));
process.disconnect();

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
