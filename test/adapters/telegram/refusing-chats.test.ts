import { expect, test } from 'vitest';
import type { Notification } from '../../../src/application/ports/transport.js';
import { userId } from '../../../src/domain/ids.js';
import { aTraining } from '../../support/builders/a-training.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const group = -1_001_000_000_001;

const refusing = (
  bot: BotWorld,
  description: string,
  where: { method?: string; chatId?: number },
  code = 400,
) =>
  bot.telegram.faults.add({
    ...where,
    fault: { kind: 'error', code, description: `Bad Request: ${description}` },
  });

const files = (bot: BotWorld, chat: number) =>
  bot.telegram.drive.messages(chat).filter(({ photo, document }) => (photo ?? document) !== undefined);

/** A bot may write only to those who have written to it. */
async function opensTheOwnChat({ telegram: { drive } }: BotWorld): Promise<void> {
  drive.start(1);
  await drive.waitForMessage(1, ({ buttons }) => buttons.length > 0);
}

async function askIn(bot: BotWorld, chat: number): Promise<void> {
  await aPainter(bot);
  await opensTheOwnChat(bot);
  bot.telegram.drive.sendText(1, chat === 1 ? 'a knight' : '@sandbox_bot a knight', { chatId: chat });
  await bot.telegram.drive.waitForMessage(chat, ({ text }) => text?.includes('Starting') ?? false);
}

const balance = async ({ database }: BotWorld) => (await database.stores.ledger.account(userId('1'))).balance;

const refusals = [
  'CHAT_SEND_PHOTOS_FORBIDDEN',
  'not enough rights to send photos to the chat',
  'PHOTO_CONTENT_TYPE_INVALID',
  'SOMETHING_NOBODY_HAS_SEEN_YET',
];

test.each(refusals)('a chat that takes no photo (%s) gets a file', async (refusal) => {
  const bot = await aBot();
  await askIn(bot, 1);
  refusing(bot, refusal, { method: 'sendPhoto' });
  await bot.finish();
  expect(files(bot, 1)).toHaveLength(1);
  expect(files(bot, 1)[0]?.document).toBeDefined();
  expect(await balance(bot)).toBe(95);
});

const closed = [
  'TOPIC_CLOSED',
  'message thread not found',
  'CHAT_WRITE_FORBIDDEN',
  'need administrator rights',
];

test.each(closed)(
  'a group that takes nothing (%s): the picture comes to the own chat, and both say so',
  async (refusal) => {
    const bot = await aBot();
    await askIn(bot, group);
    for (const method of ['sendPhoto', 'sendDocument']) refusing(bot, refusal, { method, chatId: group });
    await bot.finish();
    const [picture, ...more] = files(bot, 1);
    expect(more).toEqual([]);
    expect(picture?.caption).toContain('The chat where you asked doesn’t let me');
    expect(bot.telegram.drive.lastMessage(group)?.text).toContain('I sent it to you in our private chat');
    expect(await balance(bot)).toBe(95);
  },
);

test('a group that removed the bot: the picture comes to the own chat', async () => {
  const bot = await aBot();
  await askIn(bot, group);
  refusing(bot, 'bot was kicked from the supergroup chat', { chatId: group, method: 'sendPhoto' }, 403);
  await bot.finish();
  expect(files(bot, 1)).toHaveLength(1);
});

test('what no chat takes costs nothing, stays in the gallery, and is not tried for a day', async () => {
  const bot = await aBot();
  await askIn(bot, group);
  for (const method of ['sendPhoto', 'sendDocument']) {
    refusing(bot, 'TOPIC_CLOSED', { method, chatId: group });
    refusing(bot, "bot can't initiate conversation with a user", { method, chatId: 1 }, 403);
  }
  await bot.finish();
  expect(await balance(bot)).toBe(100);
  expect(await bot.database.stores.ledger.breaches()).toEqual([]);
  expect(bot.telegram.drive.lastMessage(group)?.text).toContain('It’s free');
  const [job] = await bot.database.stores.generations.list({ limit: 1 });
  expect(job).toMatchObject({ status: 'failed', failure: { kind: 'undeliverable' } });
  expect(await bot.database.stores.images.ofGeneration(job?.id ?? expect.fail())).toHaveLength(1);
  // Nothing more to be told, and nothing more comes back.
  await bot.settle();
  expect(await balance(bot)).toBe(100);
});

test('an end without pictures is told in the own chat when the group takes no words', async () => {
  const bot = await aBot();
  await askIn(bot, group);
  refusing(bot, 'TOPIC_CLOSED', { method: 'sendMessage', chatId: group });
  refusing(bot, 'TOPIC_CLOSED', { method: 'editMessageText', chatId: group });
  await bot.submit();
  for (const { ticket } of bot.generator.bought)
    bot.generator.finish(ticket, { kind: 'failed', failure: { kind: 'provider_error', detail: 'a fault' } });
  await bot.settle();
  expect(bot.telegram.drive.lastMessage(1)?.text).toContain('The image service had a problem');
});

test('a trained avatar is told of in the own chat when the group takes no words', async () => {
  const bot = await aBot();
  const avatar = await aPainter(bot);
  await opensTheOwnChat(bot);
  refusing(bot, 'TOPIC_CLOSED', { method: 'sendMessage', chatId: group });
  const origin = { transport: 'telegram', address: { chat: group, message: null, language: 'en' } };
  const training = aTraining({ status: 'ready', owner: avatar.owner, avatar: avatar.id, origin });
  const notification: Notification = { kind: 'avatar-ready', training, avatar };
  expect((await bot.transport.deliver(notification)).kind).toBe('sent');
  expect(bot.telegram.drive.lastMessage(1)?.text).toContain(avatar.name);
});
