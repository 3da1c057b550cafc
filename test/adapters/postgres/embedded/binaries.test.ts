import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  installedBinaries,
  reachableBinaries,
  restoreLinks,
} from '../../../../src/adapters/postgres/embedded/binaries.js';
import { runTool } from '../../../../src/adapters/postgres/embedded/run-tool.js';
import { temporaryFolder } from './cluster-folder.js';

describe('the installed binaries', () => {
  it('run where npm put them, for an ordinary user', async () => {
    const installed = await installedBinaries();
    const binaries = await reachableBinaries(installed, '/nowhere', undefined);
    for (const program of [binaries.initdb, binaries.postgres, binaries.pgCtl]) {
      const { code, output } = await runTool(program, ['--version'], { account: undefined, folder: '/' });
      expect([code, output]).toEqual([
        0,
        expect.stringContaining(`(PostgreSQL) ${binaries.version.split('.')[0]}`),
      ]);
    }
  });

  it('get the links that a skipped install script left out', async () => {
    const root = await temporaryFolder();
    const lib = join(root, 'native', 'lib');
    await mkdir(lib, { recursive: true });
    await writeFile(join(lib, 'libpq.so.5.18'), 'library');
    await writeFile(join(lib, 'libpq.so'), 'a plain copy');
    const list = ['libpq.so', 'libpq.so.5'].map((target) => ({
      source: 'native/lib/libpq.so.5.18',
      target: `native/lib/${target}`,
    }));
    await writeFile(join(root, 'native', 'pg-symlinks.json'), JSON.stringify(list));
    await restoreLinks(root);
    await restoreLinks(root);
    expect((await lstat(join(lib, 'libpq.so.5'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(lib, 'libpq.so.5'), 'utf8')).toBe('library');
    expect(await readFile(join(lib, 'libpq.so'), 'utf8')).toBe('a plain copy');
    await rm(root, { recursive: true });
  });
});
