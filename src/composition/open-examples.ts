import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Examples, OpenExamples, ShownPicture } from '../application/ports/examples.js';
import { type Config, ConfigError } from './settings/config.js';

const fewest = 3;
const most = 6;
const mostBytes = 20 * 2 ** 20;

/**
 * The pictures of EXAMPLES_DIR, read and checked now; in the sandbox drawn ones, when they are first asked for. In live
 * mode nothing is invented.
 * @throws ConfigError when the folder holds no examples that can be shown
 */
export async function openExamples({
  examplesDir,
  mode,
}: Pick<Config, 'examplesDir' | 'mode'>): Promise<OpenExamples> {
  if (examplesDir !== null) {
    const examples = await examplesOf(await readFolder(examplesDir));
    return async () => examples;
  }
  if (mode === 'live') return async () => null;
  let drawn: Promise<Examples> | null = null;
  return () => {
    drawn ??= draw().then(examplesOf);
    return drawn;
  };
}

async function examplesOf(each: readonly ShownPicture[]): Promise<Examples> {
  const { mosaicOf } = await import('../adapters/photos/example-pictures.js');
  return { each, mosaic: { name: 'examples.jpg', bytes: await mosaicOf(each.map(({ bytes }) => bytes)) } };
}

/** In the order of their names, so that the operator decides which comes first. */
async function readFolder(folder: string): Promise<ShownPicture[]> {
  const { asExample } = await import('../adapters/photos/example-pictures.js');
  const wrong = (why: string) => new ConfigError([`EXAMPLES_DIR "${folder}" ${why}`]);
  const names = await readdir(folder).catch((error: unknown) => {
    throw wrong(`cannot be read: ${messageOf(error)}`);
  });
  const found = names.filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort();
  if (found.length < fewest)
    throw wrong(`holds ${found.length} pictures (JPEG, PNG or WebP): ${fewest} to ${most} are shown`);
  const pictures: ShownPicture[] = [];
  for (const name of found.filter((_, index) => index < most)) {
    const path = join(folder, name);
    try {
      if ((await stat(path)).size > mostBytes) throw new Error('has more than 20 MB');
      pictures.push({
        name: `example-${pictures.length + 1}.jpg`,
        bytes: await asExample(await readFile(path)),
      });
    } catch (error) {
      throw wrong(`holds ${name}, which ${messageOf(error)}`);
    }
  }
  return pictures;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const seeds = [11, 18, 25, 32];

/** The same person in several places, by the pen of the sandbox: they carry its word. */
async function draw(): Promise<ShownPicture[]> {
  const { drawPicture } = await import('../sandbox/fal/pictures/picture.js');
  return Promise.all(
    seeds.map(async (seed, index) => ({
      name: `example-${index + 1}.jpg`,
      bytes: await drawPicture({
        ...{ width: 960, height: 1280, format: 'jpeg', black: false },
        ...{ motif: 'person', identity: 20, seed, caption: null },
      }),
    })),
  );
}
