import { InlineKeyboard } from 'grammy';
import { expect, test } from 'vitest';
import { aBot, aLocalTelegram, anApi } from './a-local-telegram.js';

test('a person and a bot talk to each other', async () => {
  const telegram = await aLocalTelegram();
  await aBot(telegram, (bot) => {
    bot.on('message:text', (context) => context.reply(`You said ${context.message.text}`));
  });

  telegram.drive.sendText(1, 'hello');

  const reply = await telegram.drive.waitForMessage(1, ({ text }) => text === 'You said hello');
  expect(telegram.drive.messages(1)).toHaveLength(2);
  expect(reply.id).toBe(2);
  expect(telegram.calls.of('sendMessage')).toHaveLength(1);
});

test('a changed client sends other data than the button has', async () => {
  const telegram = await aLocalTelegram();
  const received: unknown[] = [];
  await aBot(telegram, (bot) => {
    bot.command('start', (context) =>
      context.reply('Ready?', { reply_markup: new InlineKeyboard().text('Yes', 'yes') }),
    );
    bot.on('callback_query', async (context) => {
      received.push(context.callbackQuery.data);
      await context.answerCallbackQuery();
    });
  });
  telegram.drive.start(1);
  const question = await telegram.drive.waitForMessage(1, ({ text }) => text === 'Ready?');
  await telegram.drive.tap(1, question.id, 'Yes', { data: 'no\u0000' });
  expect(received).toEqual(['no\u0000']);
});

test('a tap is answered and edits the message', async () => {
  const telegram = await aLocalTelegram();
  await aBot(telegram, (bot) => {
    bot.command('start', (context) =>
      context.reply('Ready?', { reply_markup: new InlineKeyboard().text('Yes', 'yes') }),
    );
    bot.callbackQuery('yes', async (context) => {
      await context.answerCallbackQuery({ text: 'Good', show_alert: true });
      await context.editMessageText('Go <b>now</b>', { parse_mode: 'HTML' });
    });
  });
  telegram.drive.start(1);
  const question = await telegram.drive.waitForMessage(1, ({ text }) => text === 'Ready?');

  const answer = await telegram.drive.tap(1, question.id, 'Yes');

  expect(answer).toMatchObject({ text: 'Good', show_alert: true });
  const edited = await telegram.drive.waitFor(() =>
    telegram.drive.messages(1).find(({ edits }) => edits > 0),
  );
  expect(edited).toMatchObject({ id: question.id, text: 'Go now', buttons: [], isEdited: true });
  expect(edited.entities).toEqual([{ type: 'bold', offset: 3, length: 3 }]);
});

test('a bot cannot write to someone who never wrote to it', async () => {
  const api = anApi(await aLocalTelegram());

  await expect(api.sendMessage(1, 'hello')).rejects.toThrow('Bad Request: chat not found');
});
