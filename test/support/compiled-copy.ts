import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a copy of a source file says instead. */
export interface Change {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** The files in which the compiler finds faults when these changes are made to a copy of `src`, in order. */
export async function faultyFiles(changes: readonly Change[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-copy-'));
  try {
    for (const name of ['src', 'package.json']) await cp(name, join(folder, name), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    const settings = { extends: resolve('tsconfig.json'), include: ['src'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    for (const { path, from, to } of changes) {
      const text = await readFile(join(folder, path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} has no "${from}" to change`);
      await writeFile(join(folder, path), text.replace(from, to));
    }
    const found = (await compile(folder)).matchAll(/^(src\/[^(]+)\(\d+,\d+\): error/gm);
    return [...new Set([...found].map(([, path = '']) => path))].sort();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the compiler says of a folder. */
function compile(folder: string): Promise<string> {
  const compiler = resolve('node_modules/typescript/bin/tsc');
  return new Promise((done, failed) => {
    execFile(
      process.execPath,
      [compiler, '--pretty', 'false', '-p', folder],
      { cwd: folder },
      (error, said) =>
        // 1 and 2: there are faults.
        error === null || error.code === 1 || error.code === 2 ? done(said) : failed(error),
    );
  });
}
