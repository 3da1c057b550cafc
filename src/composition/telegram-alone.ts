import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningTelegram, TelegramSettings } from '../adapters/cli/stand-ins.js';
import { unlessMissing } from '../adapters/postgres/embedded/cluster-error.js';
import { startLocalTelegram } from '../sandbox/telegram/local-telegram.js';
import { newBotToken } from '../sandbox/telegram/new-bot-token.js';
import { openPlace, portTrouble } from './stand-in-place.js';

/**
 * The local Telegram without our bot. The token stays with the chats: a bot that was told it works after the next start.
 * @throws CannotListen, AlreadyRunning
 */
export async function openTelegramAlone(
  settings: TelegramSettings,
): Promise<RunningTelegram & { close(): Promise<void> }> {
  const place = await openPlace('telegram', settings.folder);
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
    throw portTrouble(error, settings.port);
  }
}

async function keptToken(folder: string): Promise<string> {
  const path = join(folder, 'token');
  const known = (await unlessMissing(readFile(path, 'utf8')))?.trim();
  if (known !== undefined && known !== '') return known;
  const token = newBotToken();
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  return token;
}
