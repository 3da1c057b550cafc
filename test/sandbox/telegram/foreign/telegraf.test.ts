import { Input, Markup, Telegraf } from 'telegraf';
import { callbackQuery, message } from 'telegraf/filters';
import { expect, onTestFinished, test } from 'vitest';
import type { LocalTelegram } from '../../../../src/sandbox/telegram/local-telegram.js';
import { aLocalTelegram, eventually } from '../a-local-telegram.js';
import { expectAStranger, listening, picture, ways, webhookSecret } from './stranger.js';

function aTelegraf({ url, token }: LocalTelegram): Telegraf {
  const bot = new Telegraf(token, { telegram: { apiRoot: url } });
  bot.start((context) =>
    context.replyWithHTML(
      `Hello, <b>${context.from.first_name}</b>`,
      Markup.inlineKeyboard([Markup.button.callback('Press', 'press')]),
    ),
  );
  bot.on(callbackQuery('data'), async (context) => {
    await context.editMessageText('Edited');
    await context.answerCbQuery('Pressed');
  });
  bot.command('photo', async (context) => {
    const { photo } = await context.replyWithPhoto(Input.fromBuffer(await picture(), 'p.png'), {
      caption: 'from bytes',
    });
    await context.replyWithPhoto(photo.at(-1)?.file_id ?? '', { caption: 'by its id' });
  });
  bot.on(message('document'), async (context) => {
    const { document } = context.message;
    const file = await fetch(await context.telegram.getFileLink(document));
    await context.reply(`${document.file_name}: ${await file.text()}`);
  });
  return bot;
}

async function run(bot: Telegraf, telegram: LocalTelegram, way: (typeof ways)[number]): Promise<void> {
  if (way === 'polling') {
    const ended = bot.launch();
    onTestFinished(async () => {
      bot.stop();
      await ended;
    });
    await eventually(() => telegram.polling.isWaiting).toBe(true);
    return;
  }
  const take = bot.webhookCallback('/updates', { secretToken: webhookSecret });
  const address = await listening((request, response) => void take(request, response));
  await bot.telegram.setWebhook(address, { secret_token: webhookSecret });
}

/** telegraf 4.16.3 sends files by node-fetch 2, whose upload never ends under Node 26; the other bots' uploads do. */
const canUpload = Number.parseInt(process.versions.node, 10) < 25;

test.skipIf(!canUpload).each(ways)('a telegraf bot on %s works, where telegraf itself does', async (way) => {
  const telegram = await aLocalTelegram();
  await run(aTelegraf(telegram), telegram, way);
  await expectAStranger(telegram);
  // With a webhook telegraf answers taps by what it writes back, not by a call.
  expect(telegram.calls.of('answerCallbackQuery')).toHaveLength(1);
});

test('a method that is missing here reaches a telegraf bot in words', async () => {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const poll = aTelegraf(telegram).telegram.sendPoll(1, 'Which?', ['one', 'two']);
  await expect(poll).rejects.toThrow('400: Bad Request: the sandbox does not know sendPoll yet');
});
