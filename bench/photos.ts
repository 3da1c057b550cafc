import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import sharp from 'sharp';
import { astronaut } from '../test/support/astronaut.js';
import { phonePortrait } from '../test/support/phone-photo.js';
import { photograph } from '../test/support/photographs.js';
import type { Rows } from './figures.js';

const count = 20;

/** What a set of photos took that was judged, kept and looked at for faces, by a process that does nothing else. */
export interface PhotoSetCost {
  readonly milliseconds: number;
  /** Milliseconds of processor time, all threads together. */
  readonly processor: number;
  readonly faces: number;
  /** The longest time for which nobody else would have been answered, in milliseconds. */
  readonly stall: number;
  /** Bytes that the process held at most. */
  readonly most: number;
}

/** 20 photos of 12 megapixels with a face each, as a camera's JPEG and as a phone writes them. */
export async function measurePhotos(): Promise<Rows> {
  const folder = await mkdtemp(join(tmpdir(), 'photos-'));
  const kinds = { JPEG: await cameraPortrait(), HEIC: await phonePortrait() };
  const rows: { what: string; p50: number }[] = [];
  const program = await built();
  for (const [kind, file] of Object.entries(kinds)) {
    const path = join(folder, kind);
    await writeFile(path, file);
    const { milliseconds, processor, faces, stall, most } = await costOf(program, path);
    const what = `${count} photos of 12 megapixels, ${kind} of ${(file.byteLength / 1e6).toFixed(1)} MB`;
    rows.push(
      { what: `${what}: judged, kept and their faces found, ms`, p50: Math.round(milliseconds) },
      { what: '  of processor time, ms', p50: Math.round(processor) },
      { what: '  faces found in them', p50: faces },
      { what: '  longest stall of the main thread, ms', p50: Math.round(stall) },
      { what: '  memory of the whole process at most, MB', p50: Math.round(most / 1e6) },
    );
  }
  await rm(folder, { recursive: true });
  return rows;
}

/** As a phone's photo is: grain, and a face of the same size. */
async function cameraPortrait(): Promise<Buffer> {
  const face = await sharp(await astronaut())
    .resize(1700, 1700)
    .toBuffer();
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const grain = sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#888', noise } });
  return sharp(await photograph(4000, 3000))
    .composite([
      { input: face, left: 1200, top: 600 },
      { input: await grain.png().toBuffer(), blend: 'soft-light' },
    ])
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** As `npm start` runs the program: in plain JavaScript, without the loader that the bench itself runs with. */
async function built(): Promise<string> {
  const file = join(import.meta.dirname, '../dist/bench/photo-set.js');
  const input = join(import.meta.dirname, 'photo-set.ts');
  await build({ input, platform: 'node', external: /^(?!\.|\/)/, output: { file }, logLevel: 'warn' });
  return file;
}

function costOf(program: string, path: string): Promise<PhotoSetCost> {
  const child = fork(program, [path, String(count)], {
    execArgv: ['--max-semi-space-size=4', '--v8-pool-size=1'],
    env: { ...process.env, MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576' },
  });
  return new Promise((resolve, reject) => {
    child.once('message', (cost) => resolve(cost as PhotoSetCost));
    child.once('exit', (code) => reject(new Error(`the process of the photos ended with ${code}`)));
  });
}
