import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../../src/adapters/postgres/embedded/folder-lock.js';
import { temporaryFolder } from './cluster-folder.js';

/** No process of the supported systems has an id as large as this. */
const deadPid = 2_147_483_646;

describe('the lock of a folder', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder, 'lock');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const takeTurns = async (programs: number) => {
    let inside = 0;
    let most = 0;
    const turns = Array.from({ length: programs }, async () => {
      const lock = await lockFolder(path);
      inside += 1;
      most = Math.max(most, inside);
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      inside -= 1;
      await lock.release();
    });
    await Promise.all(turns);
    return most;
  };

  it('has one holder at a time and leaves no file behind', async () => {
    expect(await takeTurns(20)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a killed program is taken over at once, by one of many', async () => {
    await writeFile(path, `${deadPid} 11111111-dead\n`);
    expect(await takeTurns(20)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over also when the one who was taking it over was killed', async () => {
    await writeFile(path, `${deadPid} 11111111-dead\n`);
    await writeFile(`${path}.11111111`, `${deadPid} 22222222-dead\n`);
    expect(await takeTurns(5)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a program that does not refresh it is taken over, whoever has its pid now', async () => {
    await writeFile(path, `${process.ppid} 11111111-old\n`);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path, longAgo, longAgo);
    expect(await takeTurns(2)).toBe(1);
  });

  it('of a living program is respected', async () => {
    await writeFile(path, `${process.ppid} 11111111-living\n`);
    let taken = false;
    const waiting = lockFolder(path).then((lock) => {
      taken = true;
      return lock.release();
    });
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    expect(taken).toBe(false);
    await rm(path);
    await waiting;
  });
});
