import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CannotListen } from '../adapters/http/cannot-listen.js';
import { errorCode, inFolder } from '../adapters/postgres/embedded/cluster-error.js';
import { claimFolder } from '../adapters/postgres/embedded/folder-lock.js';
import { AlreadyRunning } from './sole-process.js';

export interface Place {
  readonly path: string;
  leave(): Promise<void>;
}

/**
 * Where a stand-in keeps its state: in the folder that was named, else in one that goes with it.
 * @throws AlreadyRunning
 */
export const openPlace = (what: 'fal' | 'telegram', folder: string | undefined): Promise<Place> =>
  folder === undefined ? passingPlace(what) : keptPlace(what, resolve(folder));

/** A port that cannot be had is said with the way out. */
export const portTrouble = (error: unknown, port: number): unknown =>
  ['EADDRINUSE', 'EACCES'].includes(errorCode(error) ?? '')
    ? new CannotListen('--port', port, '127.0.0.1', error)
    : error;

const names = { fal: 'fal', telegram: 'Telegram' };
const kept = { fal: 'the requests', telegram: 'the chats' };

async function passingPlace(what: 'fal' | 'telegram'): Promise<Place> {
  const path = await mkdtemp(join(tmpdir(), `aisha-sandbox-${what}-`));
  return { path, leave: () => rm(path, { recursive: true, force: true }) };
}

/** Two that write the same files would each lose what the other wrote. */
async function keptPlace(what: 'fal' | 'telegram', path: string): Promise<Place> {
  await inFolder(path, () => mkdir(path, { recursive: true, mode: 0o700 }));
  const lock = await claimFolder(join(path, 'lock'));
  if ('holder' in lock)
    throw new AlreadyRunning(
      `A local ${names[what]} runs already with ${kept[what]} in ${path}, by process ${lock.holder}. That one goes on as before. Stop it first, or give another --folder.`,
    );
  return { path, leave: () => lock.release() };
}
