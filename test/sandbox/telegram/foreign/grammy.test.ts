import {
  type Conversation,
  type ConversationFlavor,
  conversations,
  createConversation,
} from '@grammyjs/conversations';
import { Menu, MenuRange } from '@grammyjs/menu';
import { sequentialize } from '@grammyjs/runner';
import { Bot, type Context, InlineKeyboard, InputFile, webhookCallback } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import type { LocalTelegram } from '../../../../src/sandbox/telegram/local-telegram.js';
import { aLocalTelegram } from '../a-local-telegram.js';
import { expectAStranger, listening, picture, ways, webhookSecret } from './stranger.js';

type Talking = ConversationFlavor<Context>;

const botFor = ({ url, token }: LocalTelegram) => new Bot<Talking>(token, { client: { apiRoot: url } });

async function run(bot: Bot<Talking>, way: (typeof ways)[number]): Promise<void> {
  if (way === 'polling') {
    await new Promise<void>((resolve) => {
      void bot.start({ onStart: () => resolve() });
    });
    onTestFinished(() => bot.stop());
    return;
  }
  const address = await listening(webhookCallback(bot, 'http', { secretToken: webhookSecret }));
  await bot.api.setWebhook(address, { secret_token: webhookSecret });
}

test.each(ways)('a grammY bot on %s works', async (way) => {
  const telegram = await aLocalTelegram();
  const bot = botFor(telegram);
  bot.command('start', (context) =>
    context.reply('Hello, <b>You</b>', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Press', 'press'),
    }),
  );
  bot.callbackQuery('press', async (context) => {
    await context.answerCallbackQuery('Pressed');
    await context.editMessageText('Edited');
  });
  bot.command('photo', async (context) => {
    const { photo } = await context.replyWithPhoto(new InputFile(await picture(), 'p.png'), {
      caption: 'from bytes',
    });
    await context.replyWithPhoto(photo.at(-1)?.file_id ?? '', { caption: 'by its id' });
  });
  bot.on('message:document', async (context) => {
    const { file_path } = await context.getFile();
    const file = await fetch(`${telegram.url}/file/bot${telegram.token}/${file_path}`);
    await context.reply(`${context.message.document.file_name}: ${await file.text()}`);
  });
  await run(bot, way);
  await expectAStranger(telegram);
});

test.each(ways)('@grammyjs/menu on %s: buttons that change, and a menu below', async (way) => {
  const telegram = await aLocalTelegram();
  const { drive } = telegram;
  const bot = botFor(telegram);
  let isOn = false;
  const more = new Menu<Talking>('more').dynamic(() =>
    new MenuRange<Talking>().text('Sauce').row().back('Back'),
  );
  const menu = new Menu<Talking>('pizza', { autoAnswer: false })
    .text(
      () => (isOn ? 'Cheese ✓' : 'Cheese'),
      async (context) => {
        isOn = !isOn;
        context.menu.update();
        await context.answerCallbackQuery(isOn ? 'On' : 'Off');
      },
    )
    .row()
    .submenu('More', 'more');
  menu.register(more);
  bot.use(menu);
  bot.command('start', (context) => context.reply('What on it?', { reply_markup: menu }));
  await run(bot, way);

  drive.start(1);
  const { id } = await drive.waitForMessage(1, ({ text }) => text === 'What on it?');
  const labels = () =>
    drive
      .messages(1)
      .find((message) => message.id === id)
      ?.buttons.flat()
      .map(({ text }) => text);
  expect(await drive.tap(1, id, 'Cheese')).toMatchObject({ text: 'On' });
  await drive.waitFor(() => labels()?.[0] === 'Cheese ✓');
  void drive.tap(1, id, 'More');
  await drive.waitFor(() => labels()?.join() === 'Sauce,Back');
  void drive.tap(1, id, 'Back');
  await drive.waitFor(() => labels()?.join() === 'Cheese ✓,More');
});

test.each(ways)('@grammyjs/conversations on %s: a talk of several messages', async (way) => {
  const telegram = await aLocalTelegram();
  const { drive } = telegram;
  const bot = botFor(telegram);
  async function order(conversation: Conversation<Talking>, context: Context): Promise<void> {
    await context.reply('How many?');
    const count = await conversation.form.int();
    await context.reply('Where to?', { reply_markup: new InlineKeyboard().text('Here', 'here') });
    const place = await conversation.waitForCallbackQuery('here');
    await place.answerCallbackQuery();
    await place.reply(`${count} to ${place.callbackQuery.data}`);
  }
  // Taps come beside messages: the answer to one must not overtake what it is an answer to.
  bot.use(sequentialize((context) => String(context.chat?.id)));
  bot.use(conversations());
  bot.use(createConversation(order));
  bot.command('start', (context) => context.conversation.enter('order'));
  await run(bot, way);

  drive.start(1);
  await drive.waitForMessage(1, ({ text }) => text === 'How many?');
  drive.sendText(1, 'some');
  drive.sendText(1, '3');
  const { id } = await drive.waitForMessage(1, ({ text }) => text === 'Where to?');
  expect(await drive.tap(1, id, 'Here')).not.toBe('unanswered');
  await drive.waitForMessage(1, ({ text }) => text === '3 to here');
});
