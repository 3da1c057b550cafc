import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { createTestDatabase } from '../../support/postgres.js';
import { command } from './a-terminal.js';

type Variables = Readonly<Record<string, string>>;

/** An installation with a folder and an empty database of its own, for one command after the other. */
export async function aCliWorld(variables: Variables = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-cli-'));
  const { connectionString, drop } = await createTestDatabase();
  const own = { DATA_DIR: join(folder, 'data'), DATABASE_URL: connectionString };
  return {
    connectionString,
    run: (...words: readonly string[]) => command(words, { ...own, ...variables }),
    async close() {
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same beside a local Telegram, in which person 2 has begun a chat with the bot. */
export async function aCliWorldInTelegram() {
  const telegramFolder = await mkdtemp(join(tmpdir(), 'aisha-cli-telegram-'));
  const telegram = await startLocalTelegram({ folder: telegramFolder });
  telegram.drive.start(2);
  const { token: TELEGRAM_BOT_TOKEN, url: TELEGRAM_API_URL } = telegram;
  const world = await aCliWorld({ TELEGRAM_BOT_TOKEN, TELEGRAM_API_URL, MODE: 'sandbox' });
  return {
    ...world,
    telegram,
    async close() {
      await telegram.close();
      await world.close();
      await rm(telegramFolder, { recursive: true, force: true });
    },
  };
}
