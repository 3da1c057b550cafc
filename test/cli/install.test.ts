import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'aisha-install-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, cwd: string) =>
  spawnSync(process.execPath, [join(root, 'scripts', script)], { cwd, encoding: 'utf8' });

test('npm is told of every package that wants to run something at its installation', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const locked: Record<string, { hasInstallScript?: boolean }> = read('package-lock.json').packages;
  const wanting = Object.keys(locked).filter((path) => locked[path]?.hasInstallScript);
  const names = wanting.map((path) => path.replace(/^.*node_modules\//, ''));
  expect(Object.keys(read('package.json').allowScripts).sort()).toEqual([...new Set(names)].sort());
});

test('an installation without the build tools and without a build ends well, with a word', () => {
  const { status, stderr } = run('prepare.js', folder);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining('there is no dist folder'),
  });
});

test('a start without a build says what to run', () => {
  const { status, stderr } = run('is-built.js', folder);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('npm run build') });
  expect(run('is-built.js', root).status).toBe(0);
});
