import { InlineKeyboard, Keyboard } from 'grammy';
import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';

const wrong = [
  ['http://example.com/app', 'Only HTTPS links are allowed'],
  ['http://localhost:3000/', 'Only HTTPS links are allowed'],
  ['example.com', 'Only HTTPS links are allowed'],
  ['tg://resolve', 'Only HTTPS links are allowed'],
  ['https://localhost/', 'Wrong HTTP URL'],
] as const;

test.each(wrong)('a Mini App at %s is refused: %s', async (url, why) => {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const api = anApi(telegram);
  const refused = (what: string) => ({
    error_code: 400,
    description: `Bad Request: ${what} URL '${url}' is invalid: ${why}`,
  });
  const inline = { reply_markup: new InlineKeyboard().webApp('Open', url) };
  await expect(api.sendMessage(1, 'x', inline)).rejects.toMatchObject(
    refused('inline keyboard button Web App'),
  );
  const reply = { reply_markup: new Keyboard().webApp('Open', url) };
  await expect(api.sendMessage(1, 'x', reply)).rejects.toMatchObject(refused('keyboard button Web App'));
  const menu_button = { type: 'web_app' as const, text: 'Open', web_app: { url } };
  await expect(api.setChatMenuButton({ menu_button })).rejects.toMatchObject(refused('menu button web app'));
});

test('one over https is taken', async () => {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const reply_markup = new InlineKeyboard().webApp('Open', 'https://example.com/app?x=1');
  await anApi(telegram).sendMessage(1, 'x', { reply_markup });
  expect(telegram.drive.lastMessage(1)?.buttons).toEqual([[{ text: 'Open' }]]);
});
