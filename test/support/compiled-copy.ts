import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { textKeysFile } from '../../scripts/text-keys.js';
import { type Change, changedCopy } from './changed-copy.js';

/** The files in which the compiler finds faults when these changes are made to a copy of `src`, in order. */
export async function faultyFiles(changes: readonly Change[]): Promise<string[]> {
  const folder = await changedCopy(['src', textKeysFile], changes);
  try {
    return await faultyFilesIn(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same of the `src` in this folder. */
export async function faultyFilesIn(folder: string): Promise<string[]> {
  const settings = { extends: resolve('tsconfig.json'), include: ['src'] };
  await writeFile(join(folder, 'tsconfig.src.json'), JSON.stringify(settings));
  const found = (await compile(join(folder, 'tsconfig.src.json'))).matchAll(
    /^(src\/[^(]+)\(\d+,\d+\): error/gm,
  );
  return [...new Set([...found].map(([, path = '']) => path))].sort();
}

/** What the compiler says of a project. */
function compile(project: string): Promise<string> {
  const compiler = resolve('node_modules/typescript/bin/tsc');
  return new Promise((done, failed) => {
    execFile(
      process.execPath,
      [compiler, '--pretty', 'false', '-p', project],
      { cwd: dirname(project) },
      (error, said) =>
        // 1 and 2: there are faults.
        error === null || error.code === 1 || error.code === 2 ? done(said) : failed(error),
    );
  });
}
