import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunningTelegram, TelegramSettings } from '../adapters/cli/stand-ins.js';
import { CannotListen } from '../adapters/http/cannot-listen.js';
import { errorCode, inFolder, unlessMissing } from '../adapters/postgres/embedded/cluster-error.js';
import { claimFolder } from '../adapters/postgres/embedded/folder-lock.js';
import { startLocalTelegram } from '../sandbox/telegram/local-telegram.js';
import { newBotToken } from '../sandbox/telegram/new-bot-token.js';
import { AlreadyRunning } from './sole-process.js';

interface Place {
  readonly path: string;
  leave(): Promise<void>;
}

/**
 * The local Telegram without our bot. The token stays with the chats: a bot that was told it works after the next start.
 * @throws CannotListen, AlreadyRunning
 */
export async function openTelegramAlone(
  settings: TelegramSettings,
): Promise<RunningTelegram & { close(): Promise<void> }> {
  const place =
    settings.folder === undefined ? await passingPlace() : await keptPlace(resolve(settings.folder));
  try {
    const token = settings.token ?? (await keptToken(place.path));
    const username = settings.username ?? 'sandbox_bot';
    const telegram = await startLocalTelegram({
      ...{ folder: place.path, port: settings.port, token },
      ...{ botUsername: username, botName: 'Sandbox bot' },
    });
    return {
      ...{ url: telegram.url, token, chat: `${telegram.url}/sandbox/`, username },
      close: () => telegram.close().finally(() => place.leave()),
    };
  } catch (error) {
    await place.leave();
    throw ['EADDRINUSE', 'EACCES'].includes(errorCode(error) ?? '')
      ? new CannotListen('--port', settings.port, '127.0.0.1', error)
      : error;
  }
}

async function passingPlace(): Promise<Place> {
  const path = await mkdtemp(join(tmpdir(), 'aisha-sandbox-telegram-'));
  return { path, leave: () => rm(path, { recursive: true, force: true }) };
}

/** Two that write the same chats would each lose what the other wrote. */
async function keptPlace(path: string): Promise<Place> {
  await inFolder(path, () => mkdir(path, { recursive: true, mode: 0o700 }));
  const lock = await claimFolder(join(path, 'lock'));
  if ('holder' in lock)
    throw new AlreadyRunning(
      `A local Telegram runs already with the chats in ${path}, by process ${lock.holder}. That one goes on as before. Stop it first, or give another --folder.`,
    );
  return { path, leave: () => lock.release() };
}

async function keptToken(folder: string): Promise<string> {
  const path = join(folder, 'token');
  const known = (await unlessMissing(readFile(path, 'utf8')))?.trim();
  if (known !== undefined && known !== '') return known;
  const token = newBotToken();
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  return token;
}
