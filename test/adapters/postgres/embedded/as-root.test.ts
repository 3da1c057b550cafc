import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedBinaries, reachableBinaries } from '../../../../src/adapters/postgres/embedded/binaries.js';
import { openEmbeddedCluster } from '../../../../src/adapters/postgres/embedded/embedded-cluster.js';
import { runTool } from '../../../../src/adapters/postgres/embedded/run-tool.js';
import {
  isPreferred,
  isRoot,
  unprivilegedAccounts,
} from '../../../../src/adapters/postgres/embedded/system-account.js';
import { query, removeDataFolder, temporaryFolder } from './cluster-folder.js';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe.runIf(isRoot())('as root', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    dataDir = join(folder, 'data');
    await mkdir(dataDir, { mode: 0o700 });
  });

  afterEach(async () => {
    await removeDataFolder(dataDir);
    await rm(folder, { recursive: true });
  });

  it('opens a fresh private folder just so far that the server gets through', async () => {
    const cluster = await openEmbeddedCluster({ dataDir });
    expect(await query(cluster.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await cluster.close();
    expect(await modeOf(dataDir)).toBe(0o711);
    expect(await modeOf(join(dataDir, 'postgres'))).toBe(0o700);
    expect((await stat(join(dataDir, 'postgres'))).uid).not.toBe(0);
    expect((await stat(dataDir)).uid).toBe(0);

    // It must not start empty elsewhere when the cluster has become unreachable.
    await chmod(folder, 0o700);
    const refuge = await temporaryFolder();
    await expect(openEmbeddedCluster({ dataDir, refuge })).rejects.toMatchObject({
      code: 'folder_unreachable',
    });
    expect(await readdir(refuge)).toEqual([]);
    await rm(refuge, { recursive: true });
  });

  it('keeps the cluster elsewhere when a folder above is closed, says where, and finds it again', async () => {
    await chmod(folder, 0o700);
    const refuge = await temporaryFolder();
    const lines: string[] = [];
    const first = await openEmbeddedCluster({ dataDir, refuge, log: (line) => lines.push(line) });
    await query(first.connectionString, 'create table kept as select 42 as answer');
    await first.close();
    const [home = ''] = await readdir(refuge);
    const note = await readFile(join(dataDir, 'postgres-location.txt'), 'utf8');
    expect(note.split('\n')[0]).toBe(join(refuge, home));
    expect(note).toContain(folder);
    expect(lines.join('\n')).toContain(join(refuge, home));
    expect(await readFile(join(refuge, home, 'belongs-to.txt'), 'utf8')).toBe(`${dataDir}\n`);
    expect(await modeOf(folder)).toBe(0o700);
    expect(await modeOf(dataDir)).toBe(0o700);

    const again = await openEmbeddedCluster({ dataDir, refuge });
    expect(await query(again.connectionString, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await again.close();
    expect(await readdir(refuge)).toEqual([home]);

    await rm(refuge, { recursive: true });
    await expect(openEmbeddedCluster({ dataDir, refuge })).rejects.toMatchObject({
      code: 'folder_unreachable',
      message: expect.stringContaining('delete the note to start with an empty database'),
    });
  });

  it('says what to do when there is no way out', async () => {
    await chmod(folder, 0o700);
    const refuge = join(folder, 'refuge');
    await expect(openEmbeddedCluster({ dataDir, refuge })).rejects.toMatchObject({
      name: 'ClusterError',
      code: 'folder_unreachable',
      message: expect.stringMatching(
        new RegExp(
          `cannot pass through ${folder} .*ordinary user.*DATA_DIR.*chmod o\\+x ${folder}.*DATABASE_URL`,
        ),
      ),
    });
    expect(await readdir(dataDir)).toEqual([]);
    expect(await readdir(refuge)).toEqual([]);
    expect(await modeOf(folder)).toBe(0o700);
  });

  it('refuses a cluster that belongs to root', async () => {
    await mkdir(join(dataDir, 'postgres'));
    await expect(openEmbeddedCluster({ dataDir })).rejects.toMatchObject({
      code: 'wrong_owner',
      message: expect.stringContaining(`chown -R <user> ${dataDir}/postgres`),
    });
  });

  it('copies binaries that the server could not reach, once per version', async () => {
    const { native, version } = await installedBinaries();
    const account = (await unprivilegedAccounts()).find(isPreferred);
    await mkdir(join(folder, 'closed'), { mode: 0o700 });
    await symlink(native, join(folder, 'closed', 'native'));
    await mkdir(join(folder, 'postgresql-17.0.0'));
    const installed = { native: join(folder, 'closed', 'native'), version };
    const copied = await reachableBinaries(installed, folder, account);
    expect(copied.postgres).toBe(join(folder, `postgresql-${version}`, 'bin', 'postgres'));
    const { code, output } = await runTool(copied.postgres, ['--version'], { account, folder: '/' });
    expect([code, output]).toEqual([0, expect.stringMatching(/^postgres \(PostgreSQL\) \d+/)]);
    expect((await readdir(folder)).filter((name) => name.startsWith('postgresql-'))).toEqual([
      `postgresql-${version}`,
    ]);
    const { mtimeMs } = await stat(copied.postgres);
    await reachableBinaries(installed, folder, account);
    expect((await stat(copied.postgres)).mtimeMs).toBe(mtimeMs);
  });

  it('survives a copy of the binaries that was interrupted', async () => {
    const { native, version } = await installedBinaries();
    const account = (await unprivilegedAccounts()).find(isPreferred);
    await mkdir(join(folder, 'closed'), { mode: 0o700 });
    await symlink(native, join(folder, 'closed', 'native'));
    await mkdir(join(folder, `postgresql-${version}.new`, 'bin'), { recursive: true });
    await writeFile(join(folder, `postgresql-${version}.new`, 'bin', 'postgres'), 'half');
    const copied = await reachableBinaries(
      { native: join(folder, 'closed', 'native'), version },
      folder,
      account,
    );
    const { code } = await runTool(copied.initdb, ['--version'], { account, folder: '/' });
    expect(code).toBe(0);
  });
});
