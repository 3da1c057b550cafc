import { chmod, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carelessly, sharedBelow } from '../support/shared-files.js';
import { aisha, type Service, startService } from '../support/spawned.js';

let folder: string;
let dataDir: string;
let service: Service | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-closed-'));
  // The parents have to be passed through; the data folder itself is as closed as can be.
  await chmod(folder, 0o755);
  dataDir = await mkdtemp(join(folder, 'data-'));
});
afterAll(async () => {
  await service?.kill();
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

const start = () => carelessly(() => startService({ DATA_DIR: dataDir }, folder));

async function make(): Promise<void> {
  const words = ['generate', '--avatar', 'demo-portrait', 'a knight'];
  const { code, stderr } = await carelessly(() => aisha(words, { DATA_DIR: dataDir }, folder));
  expect(code, stderr).toBe(0);
}

const modeOf = async (path: string) => (await lstat(path)).mode & 0o777;

/** What is shared in the data folder and not PostgreSQL's. */
const shared = async () => (await sharedBelow(dataDir)).filter((name) => !isPostgres(name));
const isPostgres = (name: string) => /^postgres(?:[ /]|ql-)/.test(name);

test.skipIf(process.platform === 'win32')(
  'a fresh private folder takes two starts, and all that is written in it is private whatever the umask',
  async () => {
    const passed = process.getuid?.() === 0 ? 0o711 : 0o700;
    service = await start();
    await make();
    expect(await shared()).toEqual([]);
    const written = (await readdir(dataDir, { recursive: true })).filter((name) => !isPostgres(name));
    for (const part of [
      /^media\/..\/images\/.*\.jpg$/,
      /^sandbox\/telegram\//,
      /^sandbox\/fal\//,
      /fal\.log$/,
    ])
      expect(
        written.some((name) => part.test(name)),
        String(part),
      ).toBe(true);
    expect(await modeOf(dataDir)).toBe(passed);
    await service.stop();

    const pictures = written.filter((name) => name.startsWith('media/'));
    for (const name of ['', 'media', 'sandbox']) await chmod(join(dataDir, name), 0o755);
    for (const name of pictures.filter((name) => name.endsWith('.jpg')))
      await chmod(join(dataDir, name), 0o644);
    const diagnosis = await aisha(['doctor'], { DATA_DIR: dataDir }, folder);
    expect(diagnosis.stdout + diagnosis.stderr).toMatch(
      /others can read or enter \d+ of our files and folders/,
    );
    const cluster = await modeOf(join(dataDir, 'postgres'));

    service = await start();
    await expect.poll(shared).toEqual([]);
    await expect.poll(() => modeOf(dataDir)).toBe(passed);
    expect(await modeOf(join(dataDir, 'postgres'))).toBe(cluster);
    await make();
    const again = await aisha(['doctor'], { DATA_DIR: dataDir }, folder);
    expect(again.stdout).toContain('closed to other users');
    await service.stop();
  },
  120_000,
);
