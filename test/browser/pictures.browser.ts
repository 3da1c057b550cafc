import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { aStartedChat, wordsOf } from './a-chat.js';

it('an album of four, and one of them large', async () => {
  const { chat } = await aStartedChat();
  await chat.say('at a masked ball --n 4 --seed 7');

  const album = await chat.result();

  expect(await album.locator('.tile').count()).toBe(4);
  await chat.answer('4\u00a0pictures').waitFor();
  await chat.shot('album-0');
  await chat.tap('🖼 3');
  await chat.button('✓ 3').waitFor();
  await chat.shot('album-1-third');
  await chat.tap('Enlarge');
  await chat
    .answer(/Starting|left/)
    .or(chat.button('Original'))
    .last()
    .waitFor();
  expect(await chat.balance()).toMatch(/970/);
});

it('ultra on the artistic avatar, and its original as a file', async () => {
  const { chat } = await aStartedChat();
  await chat.say('a harbour at dawn --avatar demo-artistic --preset ultra --ar 16:9');
  const result = await chat.result();
  expect(await wordsOf(result)).toContain('demo-artistic · Ultra');
  await chat.tap('Original');
  const file = chat.page.locator('article.is-other .file').last();
  const download = chat.page.waitForEvent('download');
  await file.getByRole('link', { name: 'Download' }).click();

  const bytes = await readFile(await (await download).path());

  const { width, height, format } = await sharp(bytes).metadata();
  expect(format).toBe('jpeg');
  expect(width).toBeGreaterThan(2000);
  expect(width / height).toBeCloseTo(16 / 9, 1);
  await chat.shot('ultra-original');
});

it('again: the same request with another seed, and info that tells them apart', async () => {
  const { chat } = await aStartedChat();
  await chat.say('in a rowing boat --seed 42');
  expect(await wordsOf(await chat.result())).toMatch(/seed\s42/);

  await chat.tap('Again');

  // Its quote names the first picture's seed.
  const second = await wordsOf((await chat.result(2)).locator('.text'));
  expect(second).toMatch(/seed\s\d+/);
  expect(second).not.toMatch(/seed\s42\s/);
  await chat.tap('Info');
  const info = await wordsOf(chat.answer('About this picture'));
  expect(info).toContain('Prompt: in a rowing boat');
  expect(info).toContain('TOK in a rowing boat');
  await chat.shot('again-info');
});

it('vary: another picture like one of them, and edit with everything in it', async () => {
  const { chat } = await aStartedChat();
  await chat.say('in a rowing boat --seed 42 --steps 31');
  await chat.result();
  await chat.tap('Vary');
  await chat.button('A lot').waitFor();
  await chat.shot('vary-how-much');
  await chat.tap('A little');
  await chat.result(2);
  await chat.tap('Info');
  expect(await wordsOf(chat.answer('About this picture'))).toContain('Changed: 50%');
  await chat.shot('vary');
  await chat.tap('Edit');
  const screen = await wordsOf(chat.answer('A new picture'));
  expect(screen).toContain('Steps: 31');
  expect(screen).toContain('in a rowing boat');
});

it('the gallery: nine at a glance, one of them large, and back', async () => {
  const { chat } = await aStartedChat();
  for (const [index, prompt] of ['a knight --n 4', 'a harbour at dawn --n 4', 'a painter --n 4'].entries()) {
    await chat.say(prompt);
    await chat.result(index + 1);
  }

  await chat.say('/gallery');
  const grid = chat.answer(/of 12/);
  await grid.filter({ hasText: '1–9 of 12' }).waitFor();
  await chat.shot('gallery-0-grid');
  await chat.tap(/^9$/);
  await chat.answer('a knight').filter({ hasText: '9 of 12' }).waitFor();
  await chat.tap('Favourite');
  await chat.answer('9 of 12 ❤').waitFor();
  await chat.shot('gallery-1-card');
  await chat.tap('Grid');
  await chat.answer('1–9 of 12').waitFor();
  await chat.tap('Older');
  await chat.answer('10–12 of 12').waitFor();
  await chat.tap('Filter');
  await chat.button('Favourites').waitFor();
  await chat.shot('gallery-2-filter');
  await chat.tap('Favourites');
  await chat.answer('Only: favourites').waitFor();
  await chat.tap('Search');
  await chat.answer('What should I look for').waitFor();
  await chat.say('harbour');
  await chat.answer('Nothing found').waitFor();
  await chat.shot('gallery-3-nothing');
  await chat.tap('Search everywhere');
  await chat.answer('1–4 of 4').waitFor();
  expect(await wordsOf(chat.answer('1–4 of 4'))).toContain('Only: “harbour” in all prompts');
  await chat.tap('Clear filter');
  await chat.answer('1–9 of 12').waitFor();
  await chat.shot('gallery-4-all');
});

it('several at once: chosen, packed, deleted here and in the chat, brought back', async () => {
  const { chat } = await aStartedChat();
  await chat.say('a knight --n 4');
  await chat.result(1);
  await chat.say('/gallery');
  await chat.answer('1–4 of 4').waitFor();
  await chat.tap('Select');
  await chat.button('Done').waitFor();
  await chat.tap(/^2$/);
  await chat.tap(/^3$/);
  await chat.answer('Selected: 2').waitFor();
  await chat.shot('gallery-5-select');
  await chat.tap('ZIP');
  await chat.answer('aisha.zip').waitFor();
  expect(await chat.page.locator('article .photos.is-album .tile').count()).toBe(4);

  await chat.tap('Delete (2)');

  await chat.answer('2\u00a0pictures deleted, and in this chat').waitFor();
  await expect.poll(() => chat.page.locator('article .photos.is-album .tile').count()).toBe(2);
  await chat.shot('gallery-6-deleted');
  await chat.tap('Restore');
  await chat.answer('1–4 of 4').waitFor();
});
