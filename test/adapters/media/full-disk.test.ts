import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FolderMediaStore } from '../../../src/adapters/media/folder-media-store.js';
import { FolderDisk } from '../../../src/adapters/system/folder-disk.js';
import { NoRoom } from '../../../src/application/ports/media-store.js';
import { inChunks, picture } from '../../contracts/media-store.js';

/** A disk of one megabyte; `null` where nobody lets us have one. */
async function aSmallDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
}

const disk = await aSmallDisk();

describe.skipIf(disk === null)('a full disk', () => {
  const folder = disk ?? '';
  afterAll(async () => {
    execFileSync('umount', [folder]);
    await rm(folder, { recursive: true });
  });

  it('is told apart from a bad file, for pictures and other files, and is nothing for good', async () => {
    const space = new FolderDisk([tmpdir(), folder]);
    expect(await space.freeBytes()).toBe(1_048_576);
    const filler = join(folder, 'filler');
    await writeFile(filler, Buffer.alloc(1_048_576));
    expect(await space.freeBytes()).toBe(0);
    const store = new FolderMediaStore({ root: join(folder, 'media') });
    const save = async () => store.saveImage('a', inChunks(await picture('jpeg')));
    const kept = () => store.save('b', inChunks(Buffer.alloc(100_000)));
    await expect(save()).rejects.toThrow(NoRoom);
    await expect(kept()).rejects.toThrow(NoRoom);
    await rm(filler);
    expect(await save()).toMatchObject({ mediaKey: 'a.jpg' });
    expect(await kept()).toMatchObject({ bytes: 100_000 });
  });
});
