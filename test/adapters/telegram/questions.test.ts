import { Api } from 'grammy';
import { describe, expect, test } from 'vitest';
import { formMenuButton } from '../../../src/adapters/telegram/buttons/form-buttons.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { photograph } from '../../support/photographs.js';
import { safetensors } from '../../support/safetensors.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;
const labels = (message: MessageView) => message.buttons.flat().map(({ text }) => text);
const owner = userId('1');
const nameOf = async ({ database }: BotWorld) =>
  (await database.stores.avatars.list(owner)).map(({ name }) => name);
const jobs = ({ database }: BotWorld) => database.stores.generations.list({ owner, limit: 9 });

const expected = async ({ database }: BotWorld) =>
  (await database.stores.pendingReplies.list(owner, '1'))[0] ?? null;

/** Taps a button of the newest message that has it. */
async function tap({ telegram: { drive } }: BotWorld, label: string) {
  const { id } = await drive.waitForMessage(1, (message) => labels(message).includes(label));
  return drive.tap(1, id, label);
}

/** From /new to the screen that asks for photos and a name. */
async function aDraft(bot: BotWorld): Promise<void> {
  bot.telegram.drive.sendText(1, '/new');
  await tap(bot, '👤 A person');
  await bot.telegram.drive.waitForMessage(1, has('0 of 10\u00a0photos'));
}

/** A gallery with one picture whose page is asked for. */
async function askedForPage(): Promise<BotWorld> {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a harbour');
  await drive.waitForMessage(1, has('Starting'));
  await bot.finish();
  drive.sendText(1, '/gallery');
  const { id, buttons } = await drive.waitForMessage(1, (message) => labels(message).includes('🔎 Search'));
  const search = buttons.flat().find(({ text }) => text === '🔎 Search')?.data ?? '';
  // As an earlier release sent it.
  const page = { text: '# Page', callback_data: search.replace('gW', 'gJ') };
  const keyboard = [[page, { text: '🔎 Search', callback_data: search }]];
  const api = new Api(bot.telegram.token, { apiRoot: bot.telegram.url });
  await api.editMessageReplyMarkup(1, id, { reply_markup: { inline_keyboard: keyboard } });
  await tap(bot, '# Page');
  await drive.waitForMessage(1, has('Which page'));
  return bot;
}

describe('a text that does not answer the question', () => {
  test('leaves it open, and can be answered again', async () => {
    const bot = await askedForPage();
    const { drive } = bot.telegram;
    const [said] = drive.sendText(1, 'a knight in armor');
    const offer = await drive.waitForMessage(1, has('still waiting for an answer'));
    expect(offer.replyTo).toBe(said?.id);
    expect(labels(offer)).toEqual(['🎨 Use as a prompt · 5', '✏ Answer again', '✕ Never mind']);
    await drive.tap(1, offer.id, '✏ Answer again');
    await drive.waitForMessage(1, (message) => message.id === offer.id && has('Which page')(message));
    drive.sendText(1, '1');
    await drive.waitForMessage(
      1,
      (message) => message.id > offer.id && (message.caption ?? '').includes('1 of 1'),
    );
    expect(await jobs(bot)).toHaveLength(1);
  });

  test('becomes a picture when that was meant, once, and answers those words', async () => {
    const bot = await askedForPage();
    const { drive } = bot.telegram;
    const [said] = drive.sendText(1, 'a knight in armor --n 2');
    const offer = await drive.waitForMessage(1, has('still waiting for an answer'));
    expect(labels(offer)).toContain('🎨 Use as a prompt · 10');
    const use = offer.buttons.flat()[0]?.data ?? '';
    await Promise.all([drive.tap(1, offer.id, use), drive.tap(1, offer.id, use)]);
    const progress = await drive.waitForMessage(
      1,
      (message) => message.replyTo === said?.id && has('Starting')(message),
    );
    expect(progress.id).toBeGreaterThan(offer.id);
    drive.sendText(1, 'a castle');
    await expect.poll(() => jobs(bot)).toHaveLength(3);
    expect((await jobs(bot)).map(({ prompt }) => prompt).sort()).toEqual([
      'a castle',
      'a harbour',
      'a knight in armor',
    ]);
  });

  test('is what the next one answers, when the first was left with its button', async () => {
    const bot = await askedForPage();
    const { drive } = bot.telegram;
    drive.sendText(1, 'a knight in armor');
    await tap(bot, '✕ Never mind');
    await drive.waitForMessage(1, has('Cancelled'));
    drive.sendText(1, 'a castle');
    await expect.poll(() => jobs(bot)).toHaveLength(2);
  });

  test('says so when what was asked about is gone, and asks no more', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    const subject = '00000000-0000-4000-8000-00000000dead';
    await bot.database.stores.pendingReplies.expect(
      { owner, chat: '1', kind: 'gallery-page', subject },
      new Date(),
    );
    drive.sendText(1, 'a knight');
    const offer = await drive.waitForMessage(1, has('is gone. You can still'));
    expect(labels(offer)).toEqual(['🎨 Use as a prompt · 5']);
    drive.sendText(1, 'a castle');
    await expect.poll(() => jobs(bot)).toHaveLength(1);
  });

  test('is nobody else’s to use', async () => {
    const bot = await aBot();
    await aPainter(bot, 1);
    await aPainter(bot, 2);
    const { drive } = bot.telegram;
    const group = -1_001_000_000_001;
    const subject = '00000000-0000-4000-8000-00000000dead';
    await bot.database.stores.pendingReplies.expect(
      { owner, chat: String(group), kind: 'gallery-page', subject },
      new Date(),
    );
    drive.sendText(1, '@sandbox_bot a knight', { chatId: group });
    const offer = await drive.waitForMessage(group, has('is gone. You can still'));
    const use = offer.buttons.flat()[0]?.data ?? '';
    expect(await drive.tap(2, offer.id, use, { chatId: group })).toMatchObject({ show_alert: true });
    expect(await jobs(bot)).toEqual([]);
    await drive.tap(1, offer.id, use, { chatId: group });
    expect((await jobs(bot)).map(({ prompt }) => prompt)).toEqual(['a knight']);
  });
});

test('a question in a group is left by whom it asks alone', async () => {
  const bot = await aBot();
  await aPainter(bot, 1);
  await aPainter(bot, 2);
  const { drive } = bot.telegram;
  const group = -1_001_000_000_001;
  drive.sendText(1, '/generate@sandbox_bot', { chatId: group });
  await drive.waitForMessage(group, has('A new picture'));
  drive.sendText(1, '@sandbox_bot hello', { chatId: group });
  const offer = await drive.waitForMessage(group, (message) => labels(message).includes('✕ Never mind'));
  const now = () => drive.messages(group).find(({ id }) => id === offer.id);
  expect(await drive.tap(2, offer.id, '✕ Never mind', { chatId: group })).toMatchObject({ show_alert: true });
  expect(now()).toMatchObject({ text: offer.text, buttons: offer.buttons });
  await drive.tap(1, offer.id, '✕ Never mind', { chatId: group });
  await drive.waitFor(() => now()?.text?.includes('Cancelled'));
});

describe('every question has a button that ends it', () => {
  const left = async (bot: BotWorld) => {
    await expect.poll(() => expected(bot)).not.toBeNull();
    await tap(bot, '✕ Never mind');
    await expect.poll(() => expected(bot)).toBeNull();
    bot.telegram.drive.sendText(1, 'a castle');
    await expect.poll(() => jobs(bot)).toHaveLength(1);
  };

  test('the new name of an avatar', async () => {
    const bot = await aBot();
    const { id: avatar } = await aPainter(bot, 1, { name: 'Ada' });
    const { drive } = bot.telegram;
    drive.sendText(1, '/avatars');
    const list = await drive.waitForMessage(1, has('1\u00a0avatar'));
    await drive.tap(1, list.id, '⭐ Ada');
    await tap(bot, '✏ Rename');
    await drive.waitForMessage(1, has('What’s the new name'));
    await left(bot);
    expect(await bot.database.stores.avatars.find(avatar)).toMatchObject({ name: 'Ada' });
  });

  test('other words for a picture', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    drive.sendText(1, '/generate');
    await drive.waitForMessage(1, has('Now write'));
    drive.sendText(1, 'a harbour');
    await tap(bot, '✍ Rewrite');
    await drive.waitForMessage(1, has('Write the new prompt'));
    await left(bot);
  });

  test('the type and the trigger of a LoRA file', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    // One in which nothing is found: what is no LoRA ends the question as soon as somebody has looked.
    await drive.sendDocument(1, { bytes: safetensors(), name: 'a.safetensors' });
    const file = await drive.waitForMessage(1, (message) => labels(message).includes('✕ Never mind'));
    drive.sendText(1, 'portrait');
    await drive.waitForMessage(1, has('still waiting for an answer'));
    await drive.tap(1, file.id, '👤 A person');
    await drive.waitForMessage(1, has('Which trigger word'));
    await left(bot);
  });

  test('a button under an old question does not end a newer one', async () => {
    const bot = await askedForPage();
    const { drive } = bot.telegram;
    const old = await drive.waitForMessage(1, has('Which page'));
    await tap(bot, '🔎 Search');
    await drive.waitForMessage(1, has('What should I look for'));
    await drive.tap(1, old.id, '✕ Never mind');
    await drive.waitForMessage(1, has('Cancelled'));
    expect(await expected(bot)).toMatchObject({
      kind: 'gallery-words',
    });
  });
});

describe('the name of an avatar in the making', () => {
  test('is still the name when photos came first', async () => {
    const bot = await aBot();
    await aPainter(bot, 1, { name: 'Grace' });
    const { drive } = bot.telegram;
    await aDraft(bot);
    await drive.sendPhoto(1, await photograph(600, 700, { seed: 1 }));
    await drive.waitForMessage(1, has('1 of 10\u00a0photos'));
    drive.sendText(1, 'Ada');
    await drive.waitForMessage(1, (message) => has('Ada')(message) && has('1 of 10\u00a0photos')(message));
    expect(await nameOf(bot)).toEqual(['Grace', 'Ada']);
    expect(await jobs(bot)).toEqual([]);
  });

  test('is asked for again after another question, and not after its button was tapped', async () => {
    const bot = await aBot();
    await aPainter(bot, 1, { name: 'Grace' });
    const { drive } = bot.telegram;
    await aDraft(bot);
    await tap(bot, '✓ Keep the name “Avatar 2”');
    await drive.waitForMessage(
      1,
      (message) => has('0 of 10\u00a0photos')(message) && !has('Write how')(message),
    );
    drive.sendText(1, 'a castle');
    await expect.poll(() => jobs(bot)).toHaveLength(1);
    expect(await nameOf(bot)).toEqual(['Grace', 'Avatar 2']);
  });

  test('that is too long may be a prompt', async () => {
    const bot = await aBot();
    await aPainter(bot);
    await aDraft(bot);
    bot.telegram.drive.sendText(1, 'a knight in armor on a white horse before a burning castle');
    await tap(bot, '🎨 Use as a prompt · 5');
    await expect.poll(() => jobs(bot)).toHaveLength(1);
  });
});

describe('a command', () => {
  test.each(['/Start', '/HELP', '/generate@SANDBOX_bot', '/Generate A Knight'])(
    'counts as %s',
    async (text) => {
      const bot = await aBot();
      await aPainter(bot);
      const { drive } = bot.telegram;
      drive.sendText(1, text);
      const answer = await drive.waitForMessage(1, ({ from }) => from !== 1);
      expect(answer.text).not.toContain('know this command');
      if (text.includes('Knight'))
        expect((await jobs(bot)).map(({ prompt }) => prompt)).toEqual(['A Knight']);
    },
  );

  test('counts under a picture too', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    await drive.sendPhoto(1, await photograph(600, 700, { seed: 1 }), { caption: '/Generate a knight' });
    await drive.waitForMessage(1, has('Starting'));
    await drive.sendPhoto(1, await photograph(600, 700, { seed: 1 }), { caption: '/new' });
    await drive.waitForMessage(1, has('A new avatar'));
    expect((await jobs(bot)).map(({ prompt }) => prompt)).toEqual(['a knight']);
  });
});

describe('what cannot be used', () => {
  const file = { file_id: 'f', file_unique_id: 'f' };
  const person = { id: 1, is_bot: false, first_name: 'You' };
  test.each([
    ['a story', { story: { chat: { id: 1, type: 'private', first_name: 'You' }, id: 1 } }],
    ['paid media', { paid_media: { star_count: 1, paid_media: [] } }],
    ['a checklist', { checklist: { title: 'to do', tasks: [] } }],
    ['a gift', { gift: { gift: { id: '1', sticker: { ...file }, star_count: 1 } } }],
    ['a unique gift', { unique_gift: { gift: { base_name: 'a' }, origin: 'transfer' } }],
    ['a giveaway', { giveaway: { chats: [], winners_selection_date: 1, winner_count: 1 } }],
    ['a game', { game: { title: 'a', description: 'b', photo: [] } }],
    ['a place', { venue: { title: 'a', address: 'b', location: { latitude: 1, longitude: 1 } } }],
    ['something that Telegram has not invented yet', { hologram: { ...file } }],
  ])('%s gets the usual word', async (_name, content) => {
    const bot = await aBot();
    bot.telegram.drive.send(1, content as never);
    await bot.telegram.drive.waitForMessage(1, has('use this. Write what you want'));
  });

  test('a notice of Telegram’s gets none', async () => {
    const bot = await aBot();
    const { drive } = bot.telegram;
    drive.send(1, { message_auto_delete_timer_changed: { message_auto_delete_time: 60 } } as never);
    drive.send(1, { new_chat_members: [person] } as never);
    drive.sendText(1, '/help');
    await drive.waitForMessage(1, ({ from }) => from !== 1);
    expect(drive.messages(1).filter(({ from }) => from !== 1)).toHaveLength(1);
  });
});

describe('an edit', () => {
  test('of a prompt that was refused is heard', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    const [said] = drive.sendText(1, 'a knight --size 3');
    await drive.waitForMessage(1, has('--size'));
    drive.editText(1, said?.id ?? 0, 'a knight --n 2');
    const progress = await drive.waitForMessage(1, has('Starting'));
    expect(progress.replyTo).toBe(said?.id);
    expect((await jobs(bot)).map(({ prompt }) => prompt)).toEqual(['a knight']);
  });

  test('of the words of a screen that was not ordered changes them', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    drive.sendText(1, '/generate');
    await drive.waitForMessage(1, has('Now write'));
    const [said] = drive.sendText(1, 'a harbor');
    await drive.waitForMessage(1, has('a harbor'));
    drive.editText(1, said?.id ?? 0, 'a harbour at night');
    await drive.waitForMessage(1, has('a harbour at night'));
    const screens = () => drive.messages(1).filter((message) => message.from !== 1 && has('harbo')(message));
    await drive.waitFor(() => screens().length === 1);
    await tap(
      bot,
      labels(drive.messages(1).at(-1) as MessageView).find((text) => text.startsWith('🎨')) ?? '',
    );
    await expect.poll(() => jobs(bot)).toHaveLength(1);
    drive.editText(1, said?.id ?? 0, 'a third harbour');
    drive.sendText(1, '/help');
    await drive.waitForMessage(1, has('How it works'));
    expect(drive.messages(1).filter((message) => message.from !== 1 && has('third')(message))).toEqual([]);
    expect((await jobs(bot)).map(({ prompt }) => prompt)).toEqual(['a harbour at night']);
  });

  test('of such words is heard by the row of an earlier release, and rows are written as it wrote them', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive, token } = bot.telegram;
    drive.sendText(1, '/generate');
    const screen = await drive.waitForMessage(1, has('Now write'));
    const { updates } = bot.database.stores;
    const source = `unpaid:telegram:${token.split(':')[0]}:1`;
    const later = new Date(8.64e15);
    const rows = () => updates.unfinished(source, { received: later, claimed: later }, { all: 9, each: 9 });
    const [form] = screen.buttons.flat().map(({ data }) => formMenuButton.read(data ?? '')?.form);

    const [said] = drive.sendText(1, 'a harbor');
    const shown = await drive.waitForMessage(1, has('a harbor'));
    await expect.poll(rows).toEqual([{ id: said?.id, body: { wish: form, screen: shown.id } }]);

    const [old] = drive.sendText(1, '/help');
    await updates.keep(source, [{ id: old?.id ?? 0, body: { wish: form, screen: shown.id } }], new Date());
    drive.editText(1, old?.id ?? 0, 'a lighthouse');
    await drive.waitForMessage(1, has('a lighthouse'));
    await drive.waitFor(() => drive.messages(1).filter(has('a harbor')).length === 1);
  });

  test('is not heard half a minute later', async () => {
    let now = Date.now();
    const bot = await aBot({}, {}, { now: () => new Date(now) });
    await aPainter(bot);
    const { drive } = bot.telegram;
    const [said] = drive.sendText(1, 'a knight --size 3');
    await drive.waitForMessage(1, has('--size'));
    now += 31_000;
    drive.editText(1, said?.id ?? 0, 'a knight');
    drive.sendText(1, '/help');
    await drive.waitForMessage(1, has('How it works'));
    expect(await jobs(bot)).toEqual([]);
  });

  test('of what was paid for or of an answer is not', async () => {
    const bot = await aBot();
    await aPainter(bot, 1, { name: 'Ada' });
    const { drive } = bot.telegram;
    const [paid] = drive.sendText(1, 'a knight');
    await drive.waitForMessage(1, has('Starting'));
    drive.editText(1, paid?.id ?? 0, 'a knight on a horse');
    await aDraft(bot);
    const [answer] = drive.sendText(1, 'Grace');
    await drive.waitForMessage(1, has('Grace'));
    drive.editText(1, answer?.id ?? 0, 'Grace Hopper');
    drive.sendText(1, '/help');
    await drive.waitForMessage(1, has('How it works'));
    expect(await nameOf(bot)).toEqual(['Ada', 'Grace']);
    expect((await jobs(bot)).map(({ prompt }) => prompt)).toEqual(['a knight']);
  });
});
