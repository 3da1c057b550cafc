import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { HttpServer } from '../adapters/http/http-server.js';
import { inFolder } from '../adapters/postgres/embedded/cluster-error.js';
import { claimFolder, type FolderLock } from '../adapters/postgres/embedded/folder-lock.js';
import type { Logger } from '../application/ports/logger.js';
import type { Config } from './settings/config.js';

/** Another process does what only one may do. Its message says which, and the way out. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
}

/** What this process has for itself alone. */
export interface Sole {
  readonly http: HttpServer | null;
  readonly ports: { readonly port: number; readonly statusPort: number | null } | null;
  release(): Promise<void>;
}

/**
 * The ports first, then what only one may do: whoever starts a second time by mistake hears so before anything is
 * touched that the first one uses.
 * @throws CannotListen, AlreadyRunning
 */
export async function takeForItself(config: Config, log: Logger): Promise<Sole> {
  const http = config.roles.has('http')
    ? (await import('./http-answers.js')).httpServerOf(config, log)
    : null;
  const ports = (await http?.start()) ?? null;
  let locks: readonly FolderLock[] = [];
  const release = async () => {
    await http?.stop();
    for (const lock of locks) await lock.release();
  };
  try {
    locks = await takeLocks(config);
    return { http, ports, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Takes what a bot needs for itself alone: the chats of the sandbox, or the questions for a token's updates. The folder
 * as such is everybody's: workers, web servers and commands share it.
 * @throws AlreadyRunning
 */
async function takeLocks(config: Config): Promise<FolderLock[]> {
  const { mode, roles, telegram, publicUrl, dataDir } = config;
  if (!roles.has('bot')) return [];
  const folder = resolve(dataDir);
  if (telegram.token === null)
    return mode === 'sandbox'
      ? [await claim(folder, 'local-telegram', `A sandbox runs already with the chats in ${folder}`)]
      : [];
  // With a webhook Telegram comes to us, however many we are.
  if (publicUrl !== null) return [];
  const bot = telegram.token.split(':')[0] ?? '';
  return [
    await claim(folder, `polling-${bot}`, `The messages of bot ${bot} are fetched already from ${folder}`),
  ];
}

async function claim(folder: string, name: string, problem: string): Promise<FolderLock> {
  const locks = join(folder, 'locks');
  await inFolder(locks, () => mkdir(locks, { recursive: true, mode: 0o700 }));
  const lock = await claimFolder(join(locks, name));
  if (!('holder' in lock)) return lock;
  throw new AlreadyRunning(
    `${problem}, by process ${lock.holder}. That one goes on as before. Stop it first, or set DATA_DIR to another folder; ROLES=worker may be started as often as you like.`,
  );
}
