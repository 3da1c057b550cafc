import { expect, test } from 'vitest';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, aPicture } from './a-bot.js';

const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;

test('a start offers the first steps, and each of them answers', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  drive.start(2);
  const stranger = await drive.waitForMessage(2, has('Здравствуйте'));
  // Without examples nothing is invented.
  expect(stranger.photo).toBeUndefined();
  expect(labels(stranger)).toEqual(['➕ Создать аватар', '❔ Как это работает']);
  for (const part of [
    '10–20\u00a0фото',
    'около 7\u00a0минут',
    'Обучение: ',
    'Одно изображение: 5\u00a0кредитов',
  ])
    expect(stranger.text).toContain(part);
  await aPainter(bot);
  drive.start(1);
  const hello = await drive.waitForMessage(1, has('Hello'));
  expect(labels(hello)).toEqual([
    '🎨 Make a picture',
    '🖼 Gallery',
    '👤 Avatars',
    '➕ New avatar',
    '⚙ Settings',
    '❔ How it works',
  ]);
  for (const [label, answer] of [
    ['🎨 Make a picture', 'A new picture'],
    ['🖼 Gallery', 'Your pictures will appear here'],
    ['👤 Avatars', 'You have 1\u00a0avatar'],
    ['⚙ Settings', 'Changes are saved right away'],
    ['❔ How it works', 'While it’s being made'],
  ] as const) {
    await drive.tap(1, hello.id, label);
    expect((await drive.waitForMessage(1, has(answer))).id).toBeGreaterThan(hello.id);
  }
});

test('somebody without an avatar sees what comes out, and each example in large; all uploaded once', async () => {
  const shown = async (name: string, color: string) => ({ name, bytes: await aPicture(600, 800, color) });
  const each = await Promise.all(
    ['#c33', '#3c3', '#33c'].map((color, index) => shown(`example-${index + 1}.jpg`, color)),
  );
  const mosaic = await shown('examples.jpg', '#999');
  const bot = await aBot({}, { examples: async () => ({ mosaic, each }) });
  const { drive, calls } = bot.telegram;
  drive.start(1);
  const first = await drive.waitForMessage(1, ({ photo }) => photo !== undefined);
  expect(first.caption).toContain('10–20\u00a0photos and about 7\u00a0minutes');
  expect(first.caption).toContain('If it fails, you get them back');
  expect(labels(first)).toEqual(['➕ Make my avatar', '🖼 See examples', '❔ How it works']);
  for (const round of [1, 2]) {
    const before = drive.lastMessage(1)?.id ?? 0;
    await drive.tap(1, first.id, '🖼 See examples');
    const after = await drive.waitForMessage(
      1,
      (message) => message.id > before && has('Want pictures like these')(message),
    );
    expect(labels(after)).toEqual(['➕ Make my avatar']);
    const album = JSON.stringify(calls.of('sendMediaGroup').at(-1)?.parameters.media);
    expect(album.includes('attach:'), `round ${round}`).toBe(round === 1);
  }
  expect(drive.messages(1).filter(({ photo, id }) => photo !== undefined && id > first.id)).toHaveLength(6);
  drive.sendText(1, '/start');
  await drive.waitForMessage(1, (message) => message.photo !== undefined && message.id > first.id + 8);
  expect(calls.of('sendPhoto').at(-1)?.parameters.photo).not.toMatch(/^attach:/);
  await drive.tap(1, first.id, '➕ Make my avatar');
  await drive.waitForMessage(1, has('A new avatar'));
});

test('the welcome is words where the picture cannot be sent', async () => {
  const mosaic = { name: 'examples.jpg', bytes: await aPicture(600, 800) };
  const bot = await aBot({}, { examples: async () => ({ mosaic, each: [mosaic, mosaic, mosaic] }) });
  const { drive, faults } = bot.telegram;
  const refusal = 'Bad Request: not enough rights to send photos';
  faults.add({ method: 'sendPhoto', fault: { kind: 'error', code: 400, description: refusal } });
  drive.start(1);
  await drive.waitForMessage(1, has('What I need'));
});

test('what a newcomer reads leads to an avatar, not to a picture that nobody can be in', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  for (const [command, words] of [
    ['/help', 'How it works'],
    ['/gallery', 'Your pictures will appear here'],
    ['/balance', 'Enlarging one'],
  ] as const) {
    drive.sendText(1, command);
    expect(labels(await drive.waitForMessage(1, has(words)))).toEqual(['➕ Make my avatar']);
  }
});

test('help knows what this installation costs and allows', async () => {
  const bot = await aBot({ priceImage: 7, openPerUser: 3 });
  const { drive } = bot.telegram;
  drive.sendText(1, '/help');
  const { text } = await drive.waitForMessage(1, has('How it works'));
  for (const part of [
    '3–2,000\u00a0characters',
    'Up to 3\u00a0pictures or trainings',
    'One picture: 7\u00a0credits',
    'Enlarging one: from 10',
  ])
    expect(text).toContain(part);
});

test('one answer names every wrong option and every wrong value', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a wall --ar 7:3 --foo 1 --seed --n 9 --avatar Nobody');
  const { text } = await drive.waitForMessage(1, has('Please fix'));
  for (const part of [
    'Option: I don’t know “--foo” (--ar',
    '--seed is missing',
    'Ratio: I don’t know “7:3” (1:1',
    'Number of pictures: 9 is out of range (1–4)',
    'Avatar: I don’t know “Nobody”',
  ])
    expect(text).toContain(part);
  expect(await bot.database.stores.generations.list({ limit: 1 })).toEqual([]);
});

test('options typed into the guided screen count, and wrong ones are named', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, '/generate');
  await drive.waitForMessage(1, has('A new picture'));
  drive.sendText(1, 'a harbour --ar 5:1 --foo 1 --seed many');
  const { text } = await drive.waitForMessage(1, has('Please fix'));
  expect(text).toContain('I don’t know “--foo”');
  expect(text).toContain('I don’t know “5:1”');
  expect(text).toContain('“many”');
  drive.sendText(1, 'a harbour --ar 16:9 --seed 7 --n 2');
  const ready = await drive.waitForMessage(1, has('16:9 · 2\u00a0pictures'));
  expect(ready.text).toContain('Seed: 7');
  await drive.tap(1, ready.id, '🎨 Generate · 10\u00a0credits · ~25\u00a0s');
  await bot.finish();
  expect(bot.generator.bought).toMatchObject([
    { order: { prompt: 'TOK a harbour', seed: 7, count: 2, imageSize: 'landscape_16_9' } },
  ]);
});
