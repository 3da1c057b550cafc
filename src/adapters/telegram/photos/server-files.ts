import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';

/** Files cannot be had from this Bot API server as it is set up. Names neither path nor token: paths hold tokens. */
export class FilesOutOfReach extends Error {
  override readonly name = 'FilesOutOfReach';
}

const wrongFolder =
  'the Bot API server names a file that is not below TELEGRAM_FILES_DIR, or that this user may not read';

/**
 * Reads a file where a Bot API server of one's own (`--local`) has put it.
 * @returns null when it has more than `atMost` bytes
 * @throws FilesOutOfReach when it does not lie below `folder`, links included
 */
export async function readServerFile(
  folder: string,
  path: string,
  atMost: number,
): Promise<Uint8Array | null> {
  const [root, real] = await Promise.all([whereItIs(folder), whereItIs(path)]);
  const inside = relative(root, real);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) throw new FilesOutOfReach(wrongFolder);
  // Opening anything but a file (a pipe) may never end.
  if (!(await stat(real)).isFile()) throw new FilesOutOfReach(wrongFolder);
  const file = await open(real, 'r').catch((cause: unknown) => {
    throw new FilesOutOfReach(wrongFolder, { cause: named(cause) });
  });
  try {
    const { size } = await file.stat();
    return size > atMost ? null : await file.readFile();
  } finally {
    await file.close();
  }
}

async function whereItIs(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    throw new FilesOutOfReach(wrongFolder, { cause: named(cause) });
  }
}

/** Node's own message names the path. */
const named = (cause: unknown) => (cause instanceof Error && 'code' in cause ? cause.code : cause);
