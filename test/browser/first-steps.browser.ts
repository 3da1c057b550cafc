import { expect, it } from 'vitest';
import { aBrowser, phone } from '../sandbox/telegram/a-browser.js';
import { aChat, aProduct, aStartedChat, wordsOf } from './a-chat.js';

it('first start: the chat says what the bot does, the bot what to do next', async () => {
  const chat = await aChat(await aBrowser(), await aProduct());
  await chat.page.getByText('What can this bot do?').waitFor();
  await chat.page.getByText('I make pictures of you, or in a style you like').waitFor();
  await chat.shot('first-start-0');

  await chat.start();

  const hello = await wordsOf(chat.answer('Hello, You!'));
  expect(hello).toContain('Write what you want to see');
  expect(hello).toContain('1,000\u00a0credits');
  await chat.shot('first-start-1');
});

it('first start of somebody with nothing: what comes out, what it takes and costs, and the way there', async () => {
  const chat = await aChat(await aBrowser(), await aProduct(), { ...phone, person: 2 });
  await chat.start();
  const hello = chat.answer('Здравствуйте, Guest!');
  expect(await hello.locator('.tile').count()).toBe(1);
  const words = (await wordsOf(hello)).replaceAll('\u00a0', ' ');
  for (const part of ['10–20 фото', 'Обучение: 60–240 кредитов', 'Одно изображение: 5 кредитов'])
    expect(words).toContain(part);
  expect(await chat.buttons(hello)).toEqual(['➕ Создать аватар', '🖼 Примеры', '❔ Как это работает']);
  await chat.shot('first-start-2-nothing');
  await chat.tap('Примеры');
  await chat.answer('только с вами').waitFor();
  await chat.shot('first-start-3-examples');
});

it('first image: a text is enough', async () => {
  const { chat } = await aStartedChat({ variables: { SANDBOX_IMAGE_MILLISECONDS: '2000' } });
  await chat.say('in medieval armor, golden hour');
  await chat.answer('Starting…').or(chat.answer('left')).last().waitFor();
  await chat.shot('first-image-0-waiting');

  const result = await chat.result();

  expect(await wordsOf(result)).toMatch(/demo-portrait · Balanced · 5\scredits · seed\s\d+ · \d+\sseconds?/);
  expect(await result.locator('.tile').getAttribute('aria-label')).toBe('Open photo, 1024 by 1024');
  await chat.answer('Starting…').waitFor({ state: 'detached' });
  await chat.shot('first-image-2-result');
  await result.locator('.tile').click();
  await chat.page.locator('.lightbox-image').waitFor();
  await chat.shot('first-image-1-large');
  await chat.page.keyboard.press('Escape');
  expect(await chat.balance()).toMatch(/995/);
});

it('guided screen, in Russian: avatar, preset, ratio and count by buttons', async () => {
  const { chat } = await aStartedChat();
  await chat.switchToRussian();
  await chat.say('/generate');
  await chat.answer('Новое изображение').waitFor();
  await chat.tap(/^👤 Аватар$/);
  await chat.tap('demo-artistic');
  await chat.answer(/Аватар: demo-artistic/).waitFor();
  await chat.tap(/^🎚 Пресет$/);
  await chat.shot('guided-russian-0-presets');
  await chat.tap('Пейзаж');
  await chat.tap(/^▭ Формат$/);
  await chat.tap('16:9');
  await chat.answer(/Пейзаж · 16:9/).waitFor();
  await chat.tap(/^2$/);
  await chat.answer(/16:9 · 2\sизображения/).waitFor();
  await chat.say('город у моря на рассвете');
  await chat.button(/Создать · 10\sкредитов/).waitFor();
  await chat.shot('guided-russian-1-ready');

  await chat.tap(/Создать/);

  const album = await chat.result();
  expect(await wordsOf(album)).toMatch(/demo-artistic · Пейзаж · 10\sкредитов · seed/);
  const labels = await album.locator('.tile').evaluateAll((tiles) => tiles.map((tile) => tile.ariaLabel));
  expect(labels).toEqual(['Open photo, 1024 by 576', 'Open photo, 1024 by 576']);
  await chat.button('Поделиться').waitFor();
  await chat.shot('guided-russian-2-result');
  expect(await chat.balance()).toMatch(/У вас 990\u00a0кредитов/);
});

it('settings save: the next picture goes by them', async () => {
  const { chat } = await aStartedChat();
  await chat.say('/settings');
  await chat.tap('Balanced');
  await chat.tap('Fast');
  await chat.button('Preset: Fast').waitFor();
  await chat.tap('Ratio: the preset’s own');
  await chat.tap('3:4');
  await chat.button('Ratio: 3:4').waitFor();
  await chat.tap('Pictures at once: 1');
  await chat.button('Pictures at once: 2').waitFor();
  await chat.tap('Language: English');
  await chat.button('Язык: русский').waitFor();
  await chat.shot('settings');

  await chat.page.reload();
  await chat.say('на балу');

  const result = await chat.result();
  expect(await wordsOf(result)).toContain('demo-portrait · Быстрый');
  expect(await result.locator('.tile').count()).toBe(2);
  expect(await result.locator('.tile').first().getAttribute('aria-label')).toMatch(/768 by 1024/);
});
