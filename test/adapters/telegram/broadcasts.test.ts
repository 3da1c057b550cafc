import { expect, test } from 'vitest';
import * as buttons from '../../../src/adapters/telegram/buttons/broadcast-buttons.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { openToAll } from '../../support/builders/a-broadcast.js';
import { aBot, aPicture, type BotWorld, forgedFor } from './a-bot.js';

const [me, guest, third, fourth] = [1, 2, 3, 4];
const [english, russian] = [loadTexts()('en'), loadTexts()('ru')];

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

/** Four people who have talked to the bot; the first of them runs it. */
async function aRunBot(): Promise<BotWorld> {
  const names = ['You', 'Guest', 'Third', 'Fourth'].map((firstName, index) => ({
    ...{
      id: index + 1,
      firstName,
      username: firstName.toLowerCase(),
      languageCode: index === 1 ? 'ru' : 'en',
    },
  }));
  const bot = await aBot({ admins: new Set([userId('1')]) }, {}, { people: names });
  for (const { id } of names) {
    bot.telegram.drive.start(id);
    await bot.telegram.drive.waitForMessage(id, ({ buttons: rows }) => rows.length > 0);
  }
  return bot;
}

/** Opens the place where messages to everybody are written. */
async function writing({ telegram: { drive } }: BotWorld): Promise<void> {
  drive.sendText(me, '/admin');
  const bridge = await drive.waitForMessage(me, has('🛠'));
  await drive.tap(me, bridge.id, english.plain('button-broadcasts'));
  await drive.waitForMessage(me, has('Broadcasts'));
  await drive.tap(me, bridge.id, english.plain('button-broadcast-write'));
  await drive.waitForMessage(me, has('What should everybody read?'));
}

/** Written, shown, and not yet sent: what asks. */
async function asked(bot: BotWorld, text = 'New presets today'): Promise<MessageView> {
  await writing(bot);
  bot.telegram.drive.sendText(me, text);
  return bot.telegram.drive.waitForMessage(me, has('This is what people will see'));
}

async function begun(bot: BotWorld, text?: string): Promise<MessageView> {
  const { drive } = bot.telegram;
  const card = await asked(bot, text);
  await drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '');
  return drive.waitForMessage(
    me,
    ({ id, text }) => id === card.id && (text?.includes('Being sent') ?? false),
  );
}

const cardNow = ({ telegram: { drive } }: BotWorld, { id }: MessageView) =>
  drive
    .messages(me)
    .find((message) => message.id === id)
    ?.text?.replaceAll('\u00a0', ' ');
/** As its author would be told. */
const reach = ({ database }: BotWorld) => database.stores.broadcasts.audience(userId('1'), openToAll);
const broadcastsOf = ({ telegram: { drive } }: BotWorld, person: number) =>
  drive
    .messages(person)
    .filter(({ buttons: rows }) =>
      rows.flat().some(({ data }) => data === buttons.muteBroadcastsButton.data({})),
    );

test('what an operator writes is shown as it will be, counted, confirmed, and sent to everybody', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  const card = await asked(bot);
  expect(card.text).toContain('It goes to 3\u00a0people');
  const [preview] = broadcastsOf(bot, me);
  expect(preview).toMatchObject({ text: 'New presets today', id: card.id - 1 });
  // What was written may be edited: people get what was shown.
  const written = drive.messages(me).find(({ from, text }) => from === me && text === 'New presets today');
  drive.editText(me, written?.id ?? 0, 'something else');
  expect(card.buttons.flat().map(({ text }) => text)).toEqual([
    '📣 Send to 3\u00a0people',
    '🌐 Add a Russian text',
    'Don’t send',
  ]);
  await drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '');
  await drive.waitForMessage(me, has('Being sent'));
  await bot.sendBroadcasts();
  for (const person of [guest, third, fourth])
    expect(broadcastsOf(bot, person)).toMatchObject([{ text: 'New presets today' }]);
  expect(
    broadcastsOf(bot, guest)[0]
      ?.buttons.flat()
      .map(({ text }) => text),
  ).toEqual([russian.plain('button-mute-news')]);
  expect(cardNow(bot, card)).toContain('3 sent · 0 unreachable · 0 failed · 0 left');
  const { operatorActs } = bot.database.stores;
  expect(await operatorActs.list(9)).toMatchObject([
    { act: 'broadcast', admin: '1', details: { people: 3 } },
  ]);
  // A second tap on an old keyboard sends nothing again.
  expect(await drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '').catch(String)).toBeDefined();
  await bot.sendBroadcasts();
  expect(broadcastsOf(bot, third)).toHaveLength(1);
  // Who wrote it has it as the preview.
  expect(broadcastsOf(bot, me)).toEqual([preview]);
  expect(bot.log.at('error')).toEqual([]);
});

test('what is written stays an answer until its card has arrived', async () => {
  const bot = await aRunBot();
  const { telegram } = bot;
  await writing(bot);
  telegram.faults.add({ method: 'sendMessage', times: 1, fault: { kind: 'bad_gateway' } });
  const written = telegram.drive.sendText(me, 'New presets today')[0]?.id ?? 0;
  const came = await telegram.drive.waitForMessage(
    me,
    ({ id, buttons: rows }) =>
      id > written && !rows.flat().some(({ data }) => data === buttons.muteBroadcastsButton.data({})),
  );
  expect(came.text).toContain('This is what people will see');
});

/** The text for those who read Russian, beside the one that a card asks about: what asks then. */
async function translated(
  { telegram: { drive } }: BotWorld,
  card: MessageView,
  beforeIt: () => void = () => undefined,
): Promise<MessageView> {
  await drive.tap(me, card.id, english.plain('button-broadcast-add-ru'));
  await drive.waitForMessage(me, has('And in Russian?'));
  beforeIt();
  const [written] = drive.sendText(me, 'Новые пресеты');
  return drive.waitForMessage(me, has('This is what people will see', written?.id));
}

test('people get the text in their language, and all others the first one', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  const first = await asked(bot);
  const card = await translated(bot, first);
  expect(card.text).toContain('Those who use me in Russian get the Russian text.');
  expect(card.buttons.flat().map(({ text }) => text)).toEqual(['📣 Send to 3\u00a0people', 'Don’t send']);
  const previews = broadcastsOf(bot, me);
  expect(previews.map(({ text }) => text)).toEqual(['New presets today', 'Новые пресеты']);
  expect(previews[1]?.buttons.flat().map(({ text }) => text)).toEqual([russian.plain('button-mute-news')]);
  // The card of the first text alone is gone, and what it asked is what this one asks: it is sent once.
  expect(drive.messages(me).some(({ id }) => id === first.id)).toBe(false);
  expect(card.buttons[0]).toEqual(first.buttons[0]);
  await drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '');
  await drive.waitForMessage(me, has('Being sent'));
  await bot.sendBroadcasts();
  const texts = [guest, third, fourth].map((person) => broadcastsOf(bot, person).map(({ text }) => text));
  expect(texts).toEqual([['Новые пресеты'], ['New presets today'], ['New presets today']]);
  expect(cardNow(bot, card)).toContain('3 sent · 0 unreachable · 0 failed · 0 left');
  expect(bot.log.at('error')).toEqual([]);
});

test('a text for another language is taken once more when its card could not be sent', async () => {
  const bot = await aRunBot();
  const card = await asked(bot);
  const both = await translated(bot, card, () => {
    bot.telegram.faults.add({ method: 'sendMessage', times: 1, fault: { kind: 'bad_gateway' } });
  });
  expect(both.text).toContain('Those who use me in Russian get the Russian text.');
  await bot.telegram.drive.tap(me, both.id, both.buttons[0]?.[0]?.data ?? '');
  await bot.telegram.drive.waitForMessage(me, has('Being sent'));
  await bot.sendBroadcasts();
  expect(broadcastsOf(bot, guest).map(({ text }) => text)).toEqual(['Новые пресеты']);
});

test('a text for another language is not added to what has left already', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  const card = await asked(bot);
  await drive.tap(me, card.id, english.plain('button-broadcast-add-ru'));
  await drive.waitForMessage(me, has('And in Russian?'));
  await drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '');
  await drive.waitForMessage(me, has('Being sent'));
  drive.sendText(me, 'Новые пресеты');
  const over = await drive.waitForMessage(me, has(english.plain('refusal-intent-over')));
  await bot.sendBroadcasts();
  // It is asked no more.
  drive.sendText(me, '/cancel');
  await drive.waitForMessage(me, has(english.plain('cancel-nothing'), over.id));
  expect(broadcastsOf(bot, guest).map(({ text }) => text)).toEqual(['New presets today']);
});

test('whoever was taken off the list gets no news, also when that happens on the way', async () => {
  const bot = await aRunBot();
  const decide = (person: number, decision: 'allowed' | 'removed') =>
    bot.dependencies.decideAccess.execute({ user: userId(String(person)), decision }, { admin: 'cli' });
  for (const person of [guest, third, fourth]) await decide(person, 'allowed');
  await decide(guest, 'removed');
  const card = await begun(bot);
  await decide(third, 'removed');
  await bot.sendBroadcasts();
  expect([guest, third, fourth].map((person) => broadcastsOf(bot, person).length)).toEqual([0, 0, 1]);
  expect(cardNow(bot, card)).toContain('1 sent · 1 unreachable · 0 failed · 0 left');
});

test('a picture keeps its caption, a text its looks', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  await writing(bot);
  await drive.sendPhoto(me, await aPicture(64, 64), { caption: 'look' });
  const card = await drive.waitForMessage(me, has('This is what people will see'));
  await drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '');
  await bot.sendBroadcasts();
  expect(broadcastsOf(bot, guest)).toMatchObject([{ caption: 'look', photo: expect.anything() }]);
});

test('an album is not taken, and the question stays open', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  await writing(bot);
  const picture = await aPicture(64, 64);
  await drive.sendAlbum(me, [picture, picture], { caption: 'two' });
  await drive.waitForMessage(me, has('I can’t send albums'));
  drive.sendText(me, 'then a text');
  await drive.waitForMessage(me, has('This is what people will see'));
});

test('whoever leaves the question or does not confirm sends nothing', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  await writing(bot);
  drive.sendText(me, '/cancel');
  await drive.waitForMessage(me, has(english.plain('cancel-done')));
  const card = await asked(bot);
  await drive.tap(me, card.id, buttons.dropBroadcastButton.data({}));
  await expect.poll(() => cardNow(bot, card)).toBe(english.plain('cancel-done'));
  await bot.sendBroadcasts();
  expect(broadcastsOf(bot, guest)).toEqual([]);
});

test('Telegram tells who has blocked the bot: they are counted, not written to, and reached when they are back', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  drive.block(guest);
  await expect.poll(() => reach(bot)).toEqual({ people: 2, unreachable: 1, muted: 0 });
  expect((await asked(bot)).text).toContain('Left out: 1\u00a0blocked the bot · 0 turned news off');
  drive.unblock(guest);
  await expect.poll(() => reach(bot)).toEqual({ people: 3, unreachable: 0, muted: 0 });
  expect(bot.log.at('warn')).toEqual([]);
});

test.each([
  [403, 'Forbidden: bot was blocked by the user'],
  [403, 'Forbidden: user is deactivated'],
  [403, "Forbidden: bot can't initiate conversation with a user"],
  [400, 'Bad Request: chat not found'],
])('whom Telegram refuses with %i %s is marked and not tried again', async (code, description) => {
  const bot = await aRunBot();
  const { telegram } = bot;
  const card = await begun(bot);
  telegram.faults.add({ fault: { kind: 'error', code, description }, method: 'copyMessage', chatId: third });
  await bot.sendBroadcasts();
  await bot.sendBroadcasts();
  expect(cardNow(bot, card)).toContain('2 sent · 1 unreachable · 0 failed · 0 left');
  expect(
    telegram.calls.of('copyMessage').filter(({ parameters }) => parameters.chat_id === third),
  ).toHaveLength(1);
  expect(await reach(bot)).toEqual({ people: 2, unreachable: 1, muted: 0 });
  // Who writes can be reached.
  telegram.faults.clear();
  telegram.drive.sendText(third, '/balance');
  await expect.poll(() => reach(bot)).toEqual({ people: 3, unreachable: 0, muted: 0 });
});

test('the button under news turns them off, as settings do, and pictures still ring', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  await begun(bot);
  await bot.sendBroadcasts();
  const [news] = broadcastsOf(bot, guest);
  const answer = await drive.tap(guest, news?.id ?? 0, buttons.muteBroadcastsButton.data({}));
  expect(answer).toMatchObject({ text: russian.plain('news-muted'), show_alert: true });
  expect(await bot.database.stores.preferences.of(userId('2'))).toMatchObject({
    broadcasts: false,
    notifications: true,
  });
  expect((await asked(bot, 'second')).text).toContain('1 turned news off');
  drive.sendText(guest, '/settings');
  const settings = await drive.waitForMessage(guest, has('Настройки'));
  await drive.tap(guest, settings.id, russian.plain('settings-no-news'));
  await expect.poll(() => reach(bot)).toMatchObject({ people: 3, muted: 0 });
});

test('a stop stops: the card says how far it came, and the list has it', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  const card = await begun(bot);
  await drive.tap(me, card.id, english.plain('button-broadcast-stop'));
  await expect.poll(() => cardNow(bot, card)).toContain('Stopped');
  expect(cardNow(bot, card)).toContain('0 sent · 0 unreachable · 0 failed · 3 left');
  await bot.sendBroadcasts();
  expect(broadcastsOf(bot, guest)).toEqual([]);
  await drive.tap(me, card.id, english.plain('button-broadcasts'));
  await expect.poll(() => cardNow(bot, card)).toContain('stopped · 0 sent · 3 left');
  expect(await bot.database.stores.operatorActs.list(1)).toMatchObject([
    { act: 'broadcast-stop', details: { left: 3 } },
  ]);
});

test('a 429 for one person stops it for all, for as long as Telegram says', async () => {
  const bot = await aRunBot();
  const { telegram } = bot;
  const card = await begun(bot);
  telegram.faults.add({ fault: { kind: 'flood', retryAfter: 60 }, method: 'copyMessage', times: 1 });
  await bot.sendBroadcasts();
  const before = telegram.calls.of('copyMessage').length;
  await bot.sendBroadcasts();
  expect(telegram.calls.of('copyMessage')).toHaveLength(before);
  expect(cardNow(bot, card)).toContain('Being sent');
});

test('a preview that was deleted ends it, and is said', async () => {
  const bot = await aRunBot();
  const card = await begun(bot);
  bot.telegram.drive.deleteMessage(me, card.id - 1);
  await bot.sendBroadcasts();
  expect(cardNow(bot, card)).toContain('the message was deleted');
  expect(await reach(bot)).toMatchObject({ people: 3 });
});

test('to everybody else there are no such buttons, and an intent is its operator’s alone', async () => {
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  const card = await asked(bot);
  const confirm = card.buttons[0]?.[0]?.data ?? '';
  const broadcast = '10000000-0000-4000-8000-000000000001';
  const all = [
    confirm,
    buttons.writeBroadcastButton.data({}),
    buttons.translateBroadcastButton.data({ language: 'ru', intent: broadcast }),
    buttons.broadcastsButton.data({}),
    buttons.dropBroadcastButton.data({}),
    buttons.broadcastButton.data({ broadcast }),
    buttons.stopBroadcastButton.data({ broadcast }),
  ];
  const forged = await forgedFor(bot, guest, all);
  for (const data of all)
    expect(await drive.tap(guest, forged, data)).toMatchObject({ text: russian.plain('dead-button') });
  // Somebody who is asked by a forged row is still nobody who can send.
  const question = { owner: userId('2'), chat: '2', kind: 'broadcast', subject: '' } as const;
  await bot.database.stores.pendingReplies.expect(question, new Date());
  const [said] = drive.sendText(guest, 'to everybody');
  await drive.waitForMessage(guest, ({ id, from }) => id > (said?.id ?? 0) && from !== guest);
  expect(await bot.database.stores.broadcasts.list(9)).toEqual([]);
  expect(broadcastsOf(bot, third)).toEqual([]);
});
