import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot } from '../telegram/a-bot.js';
import { command } from './a-terminal.js';

const person = 2;
const inRussian = loadTexts()('ru');

test('blocking and unblocking from the command line hold at once in a bot that runs, and an appeal is answered', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  const folder = await mkdtemp(join(tmpdir(), 'aisha-blocked-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const run = (...words: string[]) =>
    command(words, {
      ...{ MODE: 'live', FAL_KEY: 'key', DATA_DIR: join(folder, 'data') },
      ...{ DATABASE_URL: bot.pool.options.connectionString, TELEGRAM_BOT_TOKEN: bot.telegram.token },
      TELEGRAM_API_URL: bot.telegram.url,
    });
  const answered = async (words: string, isIt: (message: MessageView) => boolean) => {
    const last = drive.messages(person).at(-1)?.id ?? 0;
    drive.sendText(person, words);
    return drive.waitForMessage(person, (message) => message.id > last && isIt(message));
  };
  const has =
    (part: string) =>
    ({ from, text }: MessageView) =>
      from !== person && (text?.includes(part) ?? false);
  const help = has('Где что находится');
  const blocked = has('Этот бот для вас закрыт');

  drive.start(person);
  await answered('/help', help);
  expect(await run('users', 'block', String(person), 'threats')).toMatchObject({ code: 0 });
  await answered('/help', blocked);
  expect(await run('users', 'unblock', String(person))).toMatchObject({
    code: 0,
    out: `${person} is not blocked any more\n`,
  });
  await answered('/help', help);

  await run('users', 'block', String(person));
  await answered('/appeal', has(inRussian.plain('appeal-say').slice(0, 20)));
  await answered('это была не я', has(inRussian.plain('appeal-heard').slice(0, 20)));
  const last = drive.messages(person).at(-1)?.id ?? 0;
  expect((await run('users', 'unblock', String(person))).out).toContain('they had appealed, and were told');
  const told = drive.messages(person).filter(({ id }) => id > last);
  expect(told.map(({ text }) => text)).toEqual([inRussian.plain('case-told-unblock')]);
  await answered('/help', help);
  const { cases } = bot.database.stores;
  expect(await cases.concerning(userId(String(person)))).toMatchObject([{ decision: 'unblock' }]);
  expect(bot.log.at('error')).toEqual([]);
});
