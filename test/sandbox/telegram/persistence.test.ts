import { appendFile, cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputFile } from 'grammy';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { Journal } from '../../../src/sandbox/telegram/state/journal.js';
import { aFolder, aLocalTelegram, anApi } from './a-local-telegram.js';

/** What a killed program leaves behind: the files as they are, nothing closed. */
async function killed(folder: string): Promise<string> {
  const copy = await aFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

test('after kill -9 the history is there and what was not confirmed is delivered', async () => {
  const folder = await aFolder();
  const before = await aLocalTelegram({ folder });
  before.drive.start(1);
  const api = anApi(before);
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#36c' } })
    .png()
    .toBuffer();
  const { photo, message_id } = await api.sendPhoto(1, new InputFile(picture), { caption: 'kept' });
  const { update_id } = (await api.getUpdates())[0] ?? { update_id: 0 };
  before.drive.sendText(1, 'not delivered');
  before.drive.speak(1, 'ru');

  const after = await aLocalTelegram({ folder: await killed(folder), token: before.token });
  const restarted = anApi(after);

  expect(after.drive.messages(1)).toEqual(before.drive.messages(1));
  const updates = await restarted.getUpdates({ offset: update_id + 1 });
  expect(updates.map(({ message }) => message?.text)).toEqual(['not delivered']);
  const [sent] = after.drive.sendText(1, 'next');
  expect(sent?.id).toBe(message_id + 2);
  const [next] = (await restarted.getUpdates({ offset: -1 })).map(({ message }) => message);
  expect(next?.from.language_code).toBe('ru');
  await restarted.sendPhoto(1, photo[0]?.file_id ?? '');
  await restarted.editMessageCaption(1, message_id, { caption: 'edited' });
});

test('a tap asked before a restart can be answered after it', async () => {
  const folder = await aFolder();
  const before = await aLocalTelegram({ folder });
  before.drive.start(1);
  const { message_id } = await anApi(before).sendMessage(1, 'x', {
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] },
  });
  void before.drive.tap(1, message_id, 'b', { timeout: 10 });

  const api = anApi(await aLocalTelegram({ folder: await killed(folder) }));
  const id = (await api.getUpdates()).at(-1)?.callback_query?.id ?? '';

  expect(await api.answerCallbackQuery(id)).toBe(true);
});

test('deleted messages do not come back and their ids are not used again', async () => {
  const folder = await aFolder();
  const before = await aLocalTelegram({ folder });
  before.drive.start(1);
  const api = anApi(before);
  const { message_id } = await api.sendMessage(1, 'x');
  await api.deleteMessage(1, message_id);

  const after = await aLocalTelegram({ folder: await killed(folder), token: before.token });

  expect(after.drive.messages(1).map(({ text }) => text)).toEqual(['/start']);
  expect((await anApi(after).sendMessage(1, 'y')).message_id).toBe(message_id + 1);
});

test('a journal drops a line that was cut off and keeps all others', async () => {
  const path = join(await aFolder(), 'journal.jsonl');
  const first = new Journal(path);
  const numbers = first.collection<number>('numbers');
  numbers.set('one', 1);
  numbers.set('two', 2);
  numbers.set('one', 11);
  numbers.delete('two');
  first.close();
  await appendFile(path, '["numbers","three",');

  const second = new Journal(path);

  expect([...second.collection<number>('numbers').values()]).toEqual([11]);
  second.collection<number>('numbers').set('four', 4);
  second.close();
  const third = new Journal(path);
  expect([...third.collection<number>('numbers').values()]).toEqual([11, 4]);
  third.close();
});

test('a journal that is mostly history is rewritten with what is alive', async () => {
  const path = join(await aFolder(), 'journal.jsonl');
  const journal = new Journal(path);
  const counter = journal.collection<number>('counters');
  for (let value = 0; value <= 20_001; value += 1) counter.set('one', value);
  journal.close();

  expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThan(10);
  const again = new Journal(path);
  expect(again.collection<number>('counters').get('one')).toBe(20_001);
  again.close();
});
