import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { errorCode, inFolder, unlessMissing } from '../adapters/postgres/embedded/cluster-error.js';
import type { Logger } from '../application/ports/logger.js';
import type { LocalFal } from '../sandbox/fal/local-fal-options.js';
import type { LocalTelegram } from '../sandbox/telegram/local-telegram.js';
import type { Config } from './settings/config.js';

/** With which Telegram to talk, and as whom. */
export interface TelegramAccount {
  readonly url: string;
  readonly token: string;
}

/**
 * The account of the bot at the local Telegram, which the process of the bot runs. It is the same for all processes of
 * the folder and for every start, so that a worker may come first.
 * @param token for a folder without an account: the one that its chats know the bot by
 */
export async function localAccount(
  { dataDir }: Config,
  token?: string,
): Promise<TelegramAccount & { port: number }> {
  const folder = join(dataDir, 'sandbox', 'telegram');
  await inFolder(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const path = join(folder, 'account.json');
  const known = await read(path);
  if (known !== null) return known;
  const draft = `${path}.${randomUUID()}`;
  const { newBotToken } = await import('../sandbox/telegram/new-bot-token.js');
  const account = { port: await anyFreePort(), token: token ?? newBotToken() };
  await writeFile(draft, JSON.stringify(account), { mode: 0o600 });
  try {
    // Whole or not at all, and never over what another process has written meanwhile.
    await link(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  const made = await read(path);
  if (made === null) throw new Error(`${path} cannot be read: remove it and start again`);
  return made;
}

/** Runs the local Telegram. The stand-ins are read only where they are used. */
export async function openLocalTelegram(
  config: Config,
  log: Logger,
  localFal: LocalFal | null,
): Promise<LocalTelegram> {
  const { startLocalTelegram } = await import('../sandbox/telegram/local-telegram.js');
  const folder = join(config.dataDir, 'sandbox', 'telegram');
  const { port, token } = await localAccount(config);
  const chat = {
    folder,
    botName: 'Aisha',
    ...(localFal === null ? {} : { nextPicture: localFal.nextPicture }),
  };
  try {
    return await startLocalTelegram({ ...chat, port, token });
  } catch (error) {
    if (errorCode(error) !== 'EADDRINUSE') throw error;
    log.warn('the port of the local Telegram is taken: it gets another, and workers must be started again');
    await rm(join(folder, 'account.json'));
    return startLocalTelegram({ ...chat, ...(await localAccount(config, token)) });
  }
}

async function read(path: string): Promise<(TelegramAccount & { port: number }) | null> {
  const text = await unlessMissing(readFile(path, 'utf8'));
  if (text === undefined) return null;
  const { port, token } = JSON.parse(text) as { port: number; token: string };
  return { port, token, url: `http://127.0.0.1:${port}` };
}

async function anyFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
