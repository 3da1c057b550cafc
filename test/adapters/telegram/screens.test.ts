import { expect, test } from 'vitest';
import { NoAssistance, type PromptAssistant } from '../../../src/application/ports/prompt-assistant.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar } from '../../support/builders/given.js';
import { aBot, aPainter, aPicture, type BotWorld } from './a-bot.js';

const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;

/** Taps and waits until the message shows what `shows` looks for. */
async function tapped(
  bot: BotWorld,
  message: MessageView,
  button: string,
  shows: (now: MessageView) => boolean,
) {
  const { drive } = bot.telegram;
  await drive.tap(message.chatId, message.id, button);
  return drive.waitFor(() =>
    drive.messages(message.chatId).find((now) => now.id === message.id && shows(now)),
  );
}

test('the guided screen offers what works, and has the price on its button', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await givenAvatar(bot.database.stores, {
    owner: userId('1'),
    name: 'Style',
    type: 'artistic',
    model: aFinetuneModel,
  });
  const { drive } = bot.telegram;
  drive.sendText(1, '/generate');
  let screen = await drive.waitForMessage(1, has('A new picture'));
  expect(screen.text).toContain('Now write what you want to see');
  expect(labels(screen)).not.toContain('🎨 Generate · 5\u00a0credits · ~25\u00a0s');

  screen = await tapped(bot, screen, '🎚 Preset', (now) => labels(now).includes('Quality'));
  expect(labels(screen)).not.toContain('Ultra');
  screen = await tapped(bot, screen, '‹ Back', (now) => labels(now).includes('👤 Avatar'));
  screen = await tapped(bot, screen, '👤 Avatar', (now) => labels(now).includes('Style'));
  screen = await tapped(bot, screen, 'Style', has('Style'));
  screen = await tapped(bot, screen, '🎚 Preset', (now) => labels(now).includes('Ultra'));
  screen = await tapped(bot, screen, 'Ultra', has('Ultra'));
  screen = await tapped(bot, screen, '▭ Ratio', (now) => labels(now).includes('21:9'));
  screen = await tapped(bot, screen, '21:9', has('21:9'));
  screen = await tapped(bot, screen, '3', has('3\u00a0pictures'));

  const [said] = drive.sendText(1, 'a harbour at night');
  const ready = await drive.waitForMessage(1, (now) =>
    labels(now).includes('🎨 Generate · 15\u00a0credits · ~60\u00a0s'),
  );
  expect(ready.replyTo).toBeUndefined();
  await drive.waitFor(() => !drive.messages(1).some(({ id }) => id === screen.id));
  await drive.tap(1, ready.id, '🎨 Generate · 15\u00a0credits · ~60\u00a0s');
  await drive.waitFor(() =>
    drive
      .messages(1)
      .find(
        ({ id, text }) =>
          id === ready.id && text === '⏳ Starting…\nStyle · Ultra · 15\u00a0credits\na harbour at night',
      ),
  );
  await bot.finish();
  expect(drive.messages(1).find(({ photo }) => photo !== undefined)?.replyTo).toBe(said?.id);
  expect(bot.generator.bought).toMatchObject([
    { order: { endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned', aspectRatio: '21:9', count: 3 } },
  ]);
  expect(drive.messages(1).some(({ id }) => id === ready.id)).toBe(false);

  drive.sendText(1, '/generate');
  const again = await drive.waitForMessage(1, has('A new picture'));
  expect(again.text).toContain('Ada · Balanced · 1:1 · 1\u00a0picture');
});

test('a request that comes from a button says its words, which stand nowhere else', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, has('Starting'));
  await bot.finish();
  const picture = drive.messages(1).find(({ photo }) => photo !== undefined);
  await drive.tap(1, picture?.id ?? 0, '🔁 Again · 5');
  const progress = await drive.waitForMessage(1, has('Starting'));
  expect(progress).toMatchObject({
    text: '⏳ Starting…\nAda · Balanced · 5\u00a0credits\na knight',
    replyTo: picture?.id,
  });
});

test('submitting a form twice makes one job', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, '/generate');
  await drive.waitForMessage(1, has('A new picture'));
  drive.sendText(1, 'a harbour');
  const ready = await drive.waitForMessage(1, (now) => labels(now).some((text) => text.startsWith('🎨')));
  const order = ready.buttons.flat().find(({ text }) => text.startsWith('🎨'))?.data ?? '';
  await Promise.all([drive.tap(1, ready.id, order), drive.tap(1, ready.id, order)]);
  await bot.finish();
  expect(bot.generator.bought).toHaveLength(1);
});

test('/cancel leaves a question, and the next text is a prompt of its own', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { name: 'Ada' });
  const { drive } = bot.telegram;
  drive.sendText(1, '/avatars');
  const list = await drive.waitForMessage(1, has('1\u00a0avatar'));
  const card = await tapped(bot, list, '⭐ Ada', (now) => labels(now).includes('✏ Rename'));
  await drive.tap(1, card.id, '✏ Rename');
  await drive.waitForMessage(1, has('What’s the new name'));
  drive.sendText(1, '/cancel');
  await drive.waitForMessage(1, has('Cancelled'));
  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, has('Starting'));
  expect(await bot.database.stores.avatars.mainOf(userId('1'))).toMatchObject({ name: 'Ada' });
});

test('an avatar is renamed, made main and used', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { name: 'Ada' });
  await givenAvatar(bot.database.stores, { owner: userId('1'), name: 'Grace' });
  const { drive } = bot.telegram;
  drive.sendText(1, '/avatars');
  const list = await drive.waitForMessage(1, has('2\u00a0avatars'));
  const card = await tapped(bot, list, 'Grace', has('A person'));
  expect(await drive.tap(1, card.id, '⭐ Make main')).toMatchObject({
    text: 'Grace is your main avatar now',
  });
  await drive.tap(1, card.id, '✏ Rename');
  await drive.waitForMessage(1, has('What’s the new name'));
  drive.sendText(1, 'x');
  await drive.waitForMessage(1, has('Name is too short'));
  drive.sendText(1, '<Grace> & Co');
  const renamed = await drive.waitForMessage(1, has('<Grace> & Co'));
  expect(renamed.text).toContain('Your main avatar');
  await drive.tap(1, renamed.id, '🎨 Make a picture');
  await drive.waitForMessage(1, (now) => has('A new picture')(now) && has('<Grace> & Co')(now));
});

test('settings are kept, and used', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, '/settings');
  let screen = await drive.waitForMessage(1, has('Settings'));
  screen = await tapped(bot, screen, '🎚 Preset: Balanced', (now) => labels(now).includes('Fast'));
  screen = await tapped(bot, screen, 'Fast', (now) => labels(now).includes('🎚 Preset: Fast'));
  screen = await tapped(bot, screen, '▭ Ratio: the preset’s own', (now) => labels(now).includes('9:16'));
  screen = await tapped(bot, screen, '9:16', (now) => labels(now).includes('▭ Ratio: 9:16'));
  screen = await tapped(bot, screen, '🔢 Pictures at once: 1', (now) =>
    labels(now).includes('🔢 Pictures at once: 2'),
  );
  screen = await tapped(bot, screen, '🔔 Results with sound', (now) =>
    labels(now).includes('🔕 Results without sound'),
  );
  screen = await tapped(bot, screen, '✨ Prompt help: off', (now) =>
    labels(now).includes('✨ Prompt help: translate'),
  );
  screen = await tapped(bot, screen, '🌐 Language: English', has('Настройки'));
  expect(await bot.database.stores.preferences.of(userId('1'))).toMatchObject({
    language: 'ru',
    preset: 'fast',
    aspectRatio: '9:16',
    count: 2,
    promptHelp: 'translate',
    notifications: false,
  });
  await bot.database.stores.preferences.change(userId('1'), { promptHelp: 'off' });
  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, has('Начинаю'));
  await bot.finish();
  expect(bot.generator.bought).toMatchObject([
    { order: { steps: 20, imageSize: 'portrait_16_9', count: 2 } },
  ]);
  expect(bot.telegram.calls.of('sendMediaGroup')[0]?.parameters.disable_notification).toBeTruthy();
});

test('the balance tells one line for each job', async () => {
  const bot = await aBot({ welcomeCredits: 20 });
  const { drive } = bot.telegram;
  drive.start(1);
  await drive.waitForMessage(1, has('20\u00a0credits'));
  await givenAvatar(bot.database.stores, { owner: userId('1'), isMain: true });
  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, has('Starting'));
  await bot.finish();
  drive.sendText(1, 'a horse');
  await drive.waitForMessage(1, has('Starting'));
  drive.sendText(1, '/balance');
  const { text } = await drive.waitForMessage(1, has('History'));
  expect(text).toContain('You have 10\u00a0credits. 5\u00a0more are set aside');
  expect(text).toMatch(/−5 set aside · “a horse”, .*\n−5 “a knight”, .*\n\+20 welcome gift/);
  expect(text).toContain('Enlarging one: from 10');
});

test('the history names what did not arrive, and says why', async () => {
  const bot = await aBot({ welcomeCredits: 50 });
  const { drive } = bot.telegram;
  drive.start(1);
  await drive.waitForMessage(1, has('50\u00a0credits'));
  await givenAvatar(bot.database.stores, { owner: userId('1'), isMain: true });
  drive.sendText(1, 'a knight --n 2');
  const started = await drive.waitForMessage(1, has('Starting'));
  await drive.tap(1, started.id, '✕ Cancel');
  await bot.settle();
  await drive.waitForMessage(1, has('Cancelled'));
  drive.sendText(1, 'a horse that the image service does not want to see at all');
  await drive.waitForMessage(1, (message) => message.id > started.id && has('Starting')(message));
  bot.generator.failNextSubmit('refused');
  await bot.finish();
  await drive.waitForMessage(1, has('didn’t accept'));
  drive.sendText(1, '/balance');
  const { text } = await drive.waitForMessage(1, has('History'));
  expect(text).toMatch(
    /↩ Refunded 5 · failed · “a horse that the image servic…”, .*\n↩ Refunded 10 · cancelled · “a knight” · 2.pictures, /,
  );
});

test('help with a prompt is shown for approval, and its failure stands in nobody’s way', async () => {
  const improved = 'a knight, golden hour';
  let isWell = true;
  const assistant: PromptAssistant = {
    improve: async () => {
      if (!isWell) throw new NoAssistance('busy');
      return improved;
    },
    describe: async () => 'a red bicycle',
  };
  const bot = await aBot({}, { promptAssistant: assistant });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.start(1);
  await drive.waitForMessage(1, has('Hello'));
  await bot.database.stores.preferences.change(userId('1'), { promptHelp: 'enrich' });
  drive.sendText(1, 'рыцарь');
  const shown = await drive.waitForMessage(1, has(improved));
  expect(labels(shown)).toContain('🎨 As it is · 5\u00a0credits · ~25\u00a0s');
  await drive.tap(1, shown.id, '✨ Use the suggestion · 5\u00a0credits · ~25\u00a0s');
  await bot.finish();
  expect(bot.generator.bought[0]?.order.prompt).toBe(`TOK ${improved}`);

  isWell = false;
  drive.sendText(1, 'дракон');
  const plain = await drive.waitForMessage(1, (now) =>
    labels(now).includes('🎨 Generate · 5\u00a0credits · ~25\u00a0s'),
  );
  await drive.tap(1, plain.id, '🎨 Generate · 5\u00a0credits · ~25\u00a0s');
  await bot.finish();
  expect(bot.generator.bought[1]?.order.prompt).toBe('TOK дракон');

  await drive.sendPhoto(1, await aPicture(600, 600));
  const described = await drive.waitForMessage(1, has('a red bicycle'));
  expect(labels(described)).toContain('✍ Rewrite');
  expect(bot.generator.bought).toHaveLength(2);
});

test('a text that Telegram cut makes nothing, and is answered once', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'word '.repeat(900));
  await drive.waitForMessage(1, has('cut it into pieces'));
  drive.sendText(1, '/help');
  await drive.waitForMessage(1, has('How it works'));
  expect(await bot.database.stores.generations.list({ limit: 1 })).toEqual([]);
  expect(drive.messages(1).filter(has('cut it into pieces'))).toHaveLength(1);
});
