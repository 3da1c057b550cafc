import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';
import { demoGroupId } from '../../../src/sandbox/telegram/state/world.js';
import { aBot, aLocalTelegram, anApi } from './a-local-telegram.js';

const textOf = ({ message }: Update) => message?.text;

test('a text of more than 4096 characters arrives in several updates', async () => {
  const telegram = await aLocalTelegram();

  telegram.drive.sendText(1, `${'word '.repeat(1000)}end`);

  const texts = (await anApi(telegram).getUpdates()).map(textOf);
  expect(texts).toHaveLength(2);
  expect(texts.every((text) => [...(text ?? '')].length <= 4096)).toBe(true);
  expect(texts.join(' ')).toBe(`${'word '.repeat(1000)}end`);
});

test('in a group the bot hears commands, mentions and answers to it, and nothing else', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  const fromBot = await api.sendMessage(demoGroupId, 'Hello, group');
  const inGroup = { chatId: demoGroupId };

  telegram.drive.sendText(1, 'just talking', inGroup);
  telegram.drive.sendText(1, '/help', inGroup);
  telegram.drive.sendText(1, '/help@other_bot', inGroup);
  telegram.drive.sendText(2, 'what do you think, @sandbox_bot?', inGroup);
  telegram.drive.sendText(2, 'an answer', { ...inGroup, replyTo: fromBot.message_id });

  expect((await api.getUpdates()).map(textOf)).toEqual([
    '/help',
    'what do you think, @sandbox_bot?',
    'an answer',
  ]);
});

test('people have chats of their own, and updates carry their language', async () => {
  const telegram = await aLocalTelegram();
  await aBot(telegram, (bot) => {
    bot.on('message', (context) => context.reply(`${context.from.first_name} ${context.from.language_code}`));
  });

  telegram.drive.start(1);
  telegram.drive.start(2);

  expect((await telegram.drive.waitForMessage(1, () => true)).text).toBe('You en');
  expect((await telegram.drive.waitForMessage(2, () => true)).text).toBe('Guest ru');
});

test('an edited message is told to the bot', async () => {
  const telegram = await aLocalTelegram();
  const [sent] = telegram.drive.sendText(1, 'a cat');

  telegram.drive.editText(1, sent?.id ?? 0, 'a dog');

  const edited = (await anApi(telegram).getUpdates()).at(-1)?.edited_message;
  expect(edited).toMatchObject({ message_id: sent?.id, text: 'a dog', edit_date: expect.any(Number) });
});

test('a start payload must be one', async () => {
  const telegram = await aLocalTelegram();

  expect(telegram.drive.start(1, 'recipe_1-A').text).toBe('/start recipe_1-A');
  expect(() => telegram.drive.start(1, 'a b')).toThrow('is no start payload');
  expect(() => telegram.drive.start(1, 'x'.repeat(65))).toThrow('is no start payload');
});

test('Stars: the bot is asked, paid, may be paid twice over the wire, and refunds once', async () => {
  const telegram = await aLocalTelegram();
  const payments: string[] = [];
  await aBot(telegram, (bot) => {
    bot.command('buy', (context) =>
      context.replyWithInvoice('100 credits', 'Twenty images', 'credits-100', 'XTR', [
        { label: '100', amount: 250 },
      ]),
    );
    bot.on('pre_checkout_query', (context) => context.answerPreCheckoutQuery(true));
    bot.on('message:successful_payment', (context) => {
      payments.push(context.message.successful_payment.telegram_payment_charge_id);
    });
  });
  telegram.drive.sendText(1, '/buy');
  const invoice = await telegram.drive.waitForMessage(1, (message) => message.invoice !== undefined);

  const outcome = await telegram.drive.payInvoice(1, invoice.id);
  telegram.drive.deliverAgain('message');

  if (!outcome.paid) throw new Error(outcome.reason);
  await expect.poll(() => payments).toEqual([outcome.chargeId, outcome.chargeId]);
  const api = anApi(telegram);
  await api.refundStarPayment(1, outcome.chargeId);
  await expect(api.refundStarPayment(1, outcome.chargeId)).rejects.toThrow('CHARGE_ALREADY_REFUNDED');
  expect((await api.getStarTransactions()).transactions).toHaveLength(2);
  expect(telegram.drive.lastMessage(1)?.service).toBe('250 Stars were refunded');
});

test('a payment that the bot refuses does not happen; an invoice link works like an invoice', async () => {
  const telegram = await aLocalTelegram();
  const bot = await aBot(telegram, (bot) => {
    bot.on('pre_checkout_query', (context) => context.answerPreCheckoutQuery(false, 'Sold out'));
  });
  telegram.drive.start(1);
  const link = await bot.api.createInvoiceLink('t', 'd', 'p', '', 'XTR', [{ label: 'x', amount: 1 }]);

  expect(await telegram.drive.payInvoice(1, link)).toEqual({ paid: false, reason: 'Sold out' });
});

test('inline mode: results are offered, one is sent, and can be edited later', async () => {
  const telegram = await aLocalTelegram();
  const chosen: (string | undefined)[] = [];
  const bot = await aBot(telegram, (bot) => {
    bot.on('inline_query', (context) =>
      context.answerInlineQuery([
        {
          type: 'article',
          id: 'one',
          title: context.inlineQuery.query,
          input_message_content: { message_text: '<b>Sent</b>', parse_mode: 'HTML' },
          reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] },
        },
      ]),
    );
    bot.on('chosen_inline_result', (context) => {
      chosen.push(context.chosenInlineResult.inline_message_id);
    });
  });

  const offered = await telegram.drive.inlineQuery(1, 'sun');
  if (offered === 'unanswered') throw new Error(offered);
  const [result] = offered.results;
  if (result === undefined) throw new Error('Nothing was offered');
  const sent = telegram.drive.chooseInlineResult(1, result, { query: 'sun', chatId: demoGroupId });

  expect(result.title).toBe('sun');
  expect(sent).toMatchObject({ text: 'Sent', viaBot: true, chatId: demoGroupId });
  await expect.poll(() => chosen).toHaveLength(1);
  await bot.api.editMessageTextInline(chosen[0] ?? '', 'Edited');
  expect(telegram.drive.lastMessage(demoGroupId)?.text).toBe('Edited');
});

test('inline results are checked', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  const asked = telegram.drive.inlineQuery(1, 'sun');
  const id = (await api.getUpdates({ timeout: 5 }))[0]?.inline_query?.id ?? '';
  const article = (id: string) => ({
    type: 'article' as const,
    id,
    title: 't',
    input_message_content: { message_text: 'x' },
  });

  await expect(api.answerInlineQuery(id, [article('1'), article('1')])).rejects.toThrow(
    'RESULT_ID_DUPLICATE',
  );
  await expect(api.answerInlineQuery(id, [article('')])).rejects.toThrow('RESULT_ID_INVALID');
  const many = Array.from({ length: 51 }, (_, index) => article(String(index)));
  await expect(api.answerInlineQuery(id, many)).rejects.toThrow('RESULTS_TOO_MUCH');
  await api.answerInlineQuery(id, []);
  expect(await asked).toMatchObject({ results: [] });
  await expect(api.answerInlineQuery(id, [])).rejects.toThrow('query is too old');
});

test('commands are seen by scope and language', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  await api.setMyCommands([{ command: 'help', description: 'Help' }]);
  await api.setMyCommands([{ command: 'help', description: 'Помощь' }], { language_code: 'ru' });
  await api.setMyCommands([{ command: 'ask', description: 'Ask' }], { scope: { type: 'all_group_chats' } });

  const response = await fetch(`${telegram.url}/sandbox/api/surroundings`);
  const { people } = (await response.json()) as {
    people: { commands: { description: string }[]; groupCommands: { description: string }[] }[];
  };

  expect(people.map(({ commands }) => commands[0]?.description)).toEqual(['Help', 'Помощь']);
  expect(people[0]?.groupCommands[0]?.description).toBe('Ask');
  expect(await api.getMyCommands({ language_code: 'ru' })).toHaveLength(1);
  expect(await api.getMyCommands({ language_code: 'de' })).toEqual([]);
});
