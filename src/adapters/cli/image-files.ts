import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join, parse, resolve } from 'node:path';
import type { Problem } from '../../domain/errors.js';
import type { MadeImages } from './cli-host.js';

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
};

/** What is wrong with a destination before anything is paid for: its folder does not exist, or is no folder. */
export async function checkDestination(
  out: string,
  stat: (path: string) => Promise<{ isDirectory(): boolean }>,
): Promise<Problem[]> {
  const folder = extname(out) === '' ? resolve(out, '..') : dirname(resolve(out));
  try {
    if ((await stat(folder)).isDirectory()) return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  return [
    { field: 'out', code: 'malformed', received: out, allowed: 'a file or folder in a folder that exists' },
  ];
}

/** Writes the images and tells where: `out` is a folder, or a file whose name is numbered when there are several. */
export async function writeImages(
  { id, images }: MadeImages,
  out: string,
): Promise<Array<{ path: string; width: number; height: number; contentType: string }>> {
  const isFile = extname(out) !== '';
  if (!isFile) await mkdir(out, { recursive: true });
  return Promise.all(
    images.map(async ({ data, ...image }, index) => {
      const extension = extensions[image.contentType] ?? '.bin';
      const number = images.length === 1 ? '' : `-${index + 1}`;
      const { dir, name, ext } = parse(out);
      const path = resolve(
        isFile
          ? join(dir, `${name}${number}${ext}`)
          : join(out, `aisha-${id.slice(0, 8)}${number}${extension}`),
      );
      await writeFile(path, data);
      return { path, ...image };
    }),
  );
}
