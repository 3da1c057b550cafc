import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, Bot } from 'grammy';
import { expect, onTestFinished } from 'vitest';
import {
  type LocalTelegram,
  type LocalTelegramOptions,
  startLocalTelegram,
} from '../../../src/sandbox/telegram/local-telegram.js';

/** A folder that is gone when the test is. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-telegram-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function aLocalTelegram(options: Partial<LocalTelegramOptions> = {}): Promise<LocalTelegram> {
  const telegram = await startLocalTelegram({ folder: await aFolder(), ...options });
  onTestFinished(() => telegram.close());
  return telegram;
}

/** grammY's own client, without a bot around it. */
export const anApi = ({ url, token }: LocalTelegram): Api => new Api(token, { apiRoot: url });

/** A polling grammY bot; stopped with the test. */
export async function aBot({ url, token }: LocalTelegram, set: (bot: Bot) => void): Promise<Bot> {
  const bot = new Bot(token, { client: { apiRoot: url } });
  set(bot);
  await new Promise<void>((resolve) => {
    bot.start({ onStart: () => resolve() });
  });
  onTestFinished(() => bot.stop());
  return bot;
}

/** Looks again until it is as expected; patient, because machines may be busy. */
export const eventually = <Seen>(look: () => Seen) => expect.poll(look, { interval: 5 });
