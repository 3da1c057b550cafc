import { Api } from 'grammy';
import { describe, expect, test } from 'vitest';
import { newAvatarButton } from '../../../src/adapters/telegram/buttons/avatar-buttons.js';
import * as open from '../../../src/adapters/telegram/buttons/start-buttons.js';
import { userId } from '../../../src/domain/ids.js';
import { aBot, aPainter } from './a-bot.js';

const group = -1_001_000_000_001;

describe('in a group', () => {
  test('what is a person’s own is shown in their private chat only, one tap away', async () => {
    const bot = await aBot({ priceImage: 5 });
    await aPainter(bot);
    const { drive } = bot.telegram;
    drive.sendText(1, 'a quiet harbour');
    await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
    await bot.finish();
    for (const [command, shows] of [
      ['balance', 'You have 95\u00a0credits'],
      ['gallery', '1 of 1'],
      ['avatars', 'You have 1\u00a0avatar'],
      ['settings', 'Settings'],
      ['privacy', 'What is stored about you'],
      ['api', 'Keys for your programs'],
      ['new', 'A new avatar'],
    ] as const) {
      const [asked] = drive.sendText(1, `/${command}@sandbox_bot`, { chatId: group });
      const answer = await drive.waitForMessage(group, ({ id }) => id > (asked?.id ?? 0));
      expect(answer, command).toMatchObject({
        text: 'This is only for you: I’ll show it in our private chat.',
        replyTo: asked?.id,
        buttons: [[{ text: '🔒 Open our chat', url: `https://t.me/sandbox_bot?start=${command}` }]],
      });
      const { id } = drive.start(1, command);
      const screen = await drive.waitForMessage(1, (message) => message.id > id);
      expect(screen.text ?? screen.caption, command).toContain(shows);
      expect(drive.messages(1).filter((message) => message.id > id)).toHaveLength(1);
    }
    const said = drive.messages(group).filter(({ from }) => from !== 1);
    expect(said).toHaveLength(7);
    expect(JSON.stringify(said)).not.toMatch(/credit|harbour|file_id/);
    expect(await bot.database.stores.avatarDrafts.list(userId('1'))).toEqual([]);
  });

  test('a hello names no credits, and old buttons lead to the private chat', async () => {
    const bot = await aBot({ priceImage: 5 });
    await aPainter(bot);
    const { drive, token, url } = bot.telegram;
    drive.sendText(1, '/start@sandbox_bot', { chatId: group });
    const hello = await drive.waitForMessage(group, ({ text }) => text?.includes('Hello') ?? false);
    expect(hello.text).not.toContain('credits');
    const api = new Api(token, { apiRoot: url });
    for (const [kind, command] of [
      [open.openBalanceButton, 'balance'],
      [open.openGalleryButton, 'gallery'],
      [open.openAvatarsButton, 'avatars'],
      [open.openSettingsButton, 'settings'],
      [newAvatarButton, 'new'],
    ] as const) {
      const reply_markup = { inline_keyboard: [[kind.button('tap', {})]] };
      const { message_id } = await api.sendMessage(group, 'sent by an older version', { reply_markup });
      expect(await drive.tap(1, message_id, 'tap', { chatId: group }), command).toMatchObject({
        url: `https://t.me/sandbox_bot?start=${command}`,
      });
      expect(drive.lastMessage(group)?.id, command).toBe(message_id);
    }
  });

  test('a card of the gallery that an older version put there shows nothing more to anybody', async () => {
    const bot = await aBot({ priceImage: 5 });
    await aPainter(bot);
    const { drive, token, url, calls } = bot.telegram;
    drive.sendText(1, 'a quiet harbour');
    await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
    await bot.finish();
    drive.sendText(1, '/gallery');
    const grid = await drive.waitForMessage(1, ({ caption }) => caption?.includes('1 of 1') ?? false);
    const api = new Api(token, { apiRoot: url });
    const photo = grid.photo?.at(-1)?.file_id ?? expect.fail();
    const [open] = grid.buttons.flat();
    const inline_keyboard = [[{ text: 'open', callback_data: open?.data ?? expect.fail() }]];
    const { message_id } = await api.sendPhoto(group, photo, { reply_markup: { inline_keyboard } });
    const edits = calls.of('editMessageMedia').length;
    for (const person of [1, 2])
      expect(await drive.tap(person, message_id, 'open', { chatId: group })).toMatchObject({
        url: 'https://t.me/sandbox_bot?start=gallery',
      });
    expect(calls.of('editMessageMedia')).toHaveLength(edits);
    expect(drive.lastMessage(group)).toMatchObject({ id: message_id, edits: 0 });
  });

  test.each([
    ['en', 'You don’t have enough credits for this. Nothing was charged.'],
    ['ru', 'На это не хватает кредитов. Ничего не списано.'],
  ])('whoever has too few credits is told so without a number, in %s', async (language, text) => {
    const bot = await aBot({ priceImage: 5 });
    await aPainter(bot, 1, { credits: 2 });
    const { drive } = bot.telegram;
    drive.speak(1, language);
    const [asked] = drive.sendText(1, '/generate@sandbox_bot a knight', { chatId: group });
    const refused = await drive.waitForMessage(group, ({ id }) => id > (asked?.id ?? 0));
    expect(refused).toMatchObject({ text, replyTo: asked?.id });
    expect(refused.buttons.flat()).toMatchObject([{ url: 'https://t.me/sandbox_bot?start=balance' }]);
  });
});
