import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a copy of a file says instead. */
export interface Change {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** A folder with a copy of these files and folders of the project, changed in order. The caller removes it. */
export async function changedCopy(names: readonly string[], changes: readonly Change[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-copy-'));
  for (const name of [...names, 'package.json', 'tsconfig.json'])
    await cp(name, join(folder, name), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { path, from, to } of changes) {
    const text = await readFile(join(folder, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} has no "${from}" to change`);
    await writeFile(join(folder, path), text.replace(from, to));
  }
  return folder;
}
