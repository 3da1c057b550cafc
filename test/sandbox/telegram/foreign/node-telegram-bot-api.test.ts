import { Bot, InlineKeyboardBuilder, InputFile } from 'node-telegram-bot-api';
import { createWebhookServer } from 'node-telegram-bot-api/node';
import { onTestFinished, test } from 'vitest';
import type { LocalTelegram } from '../../../../src/sandbox/telegram/local-telegram.js';
import { aLocalTelegram } from '../a-local-telegram.js';
import { expectAStranger, listening, picture, ways, webhookSecret } from './stranger.js';

function aBot({ url, token }: LocalTelegram): Bot {
  const bot = new Bot(token, { apiRoot: url });
  bot.command('start', (context) =>
    context.reply(`Hello, *${context.from?.first_name}*`, {
      parse_mode: 'Markdown',
      reply_markup: new InlineKeyboardBuilder().text('Press', 'press').build(),
    }),
  );
  bot.on('callback_query', async (context) => {
    await context.answerCallbackQuery({ text: 'Pressed' });
    const message_id = context.callbackQuery?.message?.message_id ?? 0;
    await context.api.editMessageText({ chat_id: context.chatId ?? 0, message_id, text: 'Edited' });
  });
  bot.command('photo', async (context) => {
    const chat_id = context.chatId ?? 0;
    const photo = new InputFile(await picture(), { filename: 'p.png', contentType: 'image/png' });
    const sent = await context.api.sendPhoto({ chat_id, photo, caption: 'from bytes' });
    const known = 'photo' in sent ? sent.photo?.at(-1)?.file_id : undefined;
    await context.api.sendPhoto({ chat_id, photo: known ?? '', caption: 'by its id' });
  });
  bot.on('message', async (context) => {
    const { message } = context;
    const document = message !== undefined && 'document' in message ? message.document : undefined;
    if (document === undefined) return;
    const { file_path } = await context.api.getFile({ file_id: document.file_id });
    const file = await fetch(`${url}/file/bot${token}/${file_path}`);
    await context.reply(`${document.file_name}: ${await file.text()}`);
  });
  return bot;
}

async function run(bot: Bot, way: (typeof ways)[number]): Promise<void> {
  if (way === 'polling') {
    const ended = bot.startPolling();
    onTestFinished(async () => {
      bot.stop();
      await ended;
    });
    return;
  }
  const server = createWebhookServer(bot, { path: '/updates', secretToken: webhookSecret });
  const url = await listening((request, response) => void server.emit('request', request, response));
  await bot.api.setWebhook({ url, secret_token: webhookSecret });
}

test.each(ways)('a bot of node-telegram-bot-api on %s works', async (way) => {
  const telegram = await aLocalTelegram();
  await run(aBot(telegram), way);
  await expectAStranger(telegram);
});
