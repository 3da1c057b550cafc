import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeToOthers, openToOthers } from '../../../src/adapters/system/private-files.js';

const isRoot = process.getuid?.() === 0;
const ofFolder = isRoot ? 0o711 : 0o700;

describe.skipIf(process.platform === 'win32')('files in the data folder', () => {
  let dataDir: string;
  let elsewhere: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'aisha-modes-'));
    elsewhere = await mkdtemp(join(tmpdir(), 'aisha-elsewhere-'));
  });
  afterEach(() => Promise.all([dataDir, elsewhere].map((folder) => rm(folder, { recursive: true }))));

  /** Makes a file and the folders above it as an earlier release did under the usual umask. */
  const make = async (path: string) => {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = join(dataDir, ...parts.slice(0, depth));
      await mkdir(folder, { recursive: true });
      await chmod(folder, 0o755);
    }
    await writeFile(join(dataDir, path), 'x');
    await chmod(join(dataDir, path), 0o644);
  };
  const modeOf = async (path = '') => (await stat(join(dataDir, path))).mode & 0o777;
  const open = async () => {
    const found: string[] = [];
    for await (const { path } of openToOthers(dataDir)) found.push(path.slice(dataDir.length + 1));
    return found.sort();
  };

  const own = [
    'media/3f/images/1.jpg',
    'sandbox/fal.log',
    'sandbox/telegram/journal',
    'postgres.lock',
    'x.log',
  ];

  it('are looked at where a link leads that stands for the data folder, and the link is none of them', async () => {
    const link = join(elsewhere, 'link');
    await symlink(dataDir, link);
    const found = openToOthers(link);
    expect((await found.next()).done).toBe(true);
    await chmod(dataDir, 0o755);
    expect(await closeToOthers(link)).toEqual({ closed: 1, refused: [] });
    expect(await modeOf()).toBe(ofFolder);
  });

  it('are found when others may read them, and closed; the next look finds nothing', async () => {
    await chmod(dataDir, 0o755);
    for (const path of own) await make(path);
    expect(await open()).toEqual(
      ['', 'media', 'media/3f', 'media/3f/images', 'sandbox', 'sandbox/telegram', ...own].sort(),
    );
    expect(await closeToOthers(dataDir)).toEqual({ closed: 11, refused: [] });
    expect(await open()).toEqual([]);
    expect(await modeOf()).toBe(ofFolder);
    for (const path of own) expect(await modeOf(path), path).toBe(0o600);
    for (const path of ['media', 'media/3f/images', 'sandbox/telegram'])
      expect(await modeOf(path)).toBe(0o700);
  });

  it('are looked at from the top, as many as asked for', async () => {
    for (let file = 0; file < 9; file += 1) await make(`media/3f/${file}.jpg`);
    await chmod(dataDir, 0o700);
    const found: string[] = [];
    for await (const { path } of openToOthers(dataDir, 5)) found.push(path.slice(dataDir.length + 1));
    expect(found).toHaveLength(5);
    expect(found.slice(0, 2)).toEqual(['media', 'media/3f']);
  });

  it('are never opened: what is closed further stays so', async () => {
    await make('media/a.jpg');
    await chmod(join(dataDir, 'media/a.jpg'), 0o440);
    await chmod(dataDir, 0o700);
    await closeToOthers(dataDir);
    expect([await modeOf('media/a.jpg'), await modeOf()]).toEqual([0o400, 0o700]);
  });

  it('of PostgreSQL, of the operator and behind links are left alone', async () => {
    await chmod(dataDir, 0o700);
    const others = ['postgres/base/1', 'postgresql-18.4.0/bin/postgres', 'postgres.new-1/x', 'notes.txt'];
    for (const path of others) await make(path);
    await make('media/a.jpg');
    await writeFile(join(elsewhere, 'theirs'), 'x');
    await chmod(join(elsewhere, 'theirs'), 0o644);
    await symlink(join(elsewhere, 'theirs'), join(dataDir, 'media', 'link'));
    await closeToOthers(dataDir);
    for (const path of [...others, 'media/link']) expect(await modeOf(path), path).toBe(0o644);
    for (const path of ['postgres', 'postgresql-18.4.0/bin']) expect(await modeOf(path), path).toBe(0o755);
  });

  it('on another disk, behind a link that is the media folder, are closed', async () => {
    await writeFile(join(elsewhere, 'a.jpg'), 'x');
    await chmod(join(elsewhere, 'a.jpg'), 0o644);
    await chmod(elsewhere, 0o755);
    await symlink(elsewhere, join(dataDir, 'media'));
    await closeToOthers(dataDir);
    expect([await modeOf('media'), await modeOf('media/a.jpg')]).toEqual([0o700, 0o600]);
  });

  it('a folder for everybody’s files is not taken for ours', async () => {
    await chmod(dataDir, 0o1777);
    await closeToOthers(dataDir);
    expect(await modeOf()).toBe(0o777);
  });

  it('that do not exist are no problem', async () => {
    expect(await closeToOthers(join(dataDir, 'none'))).toEqual({ closed: 0, refused: [] });
  });
});
