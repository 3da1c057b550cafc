import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { aStartedChat, wordsOf } from './a-chat.js';

it('an album of four, and one of them large', async () => {
  const { chat } = await aStartedChat();
  await chat.say('at a masked ball --n 4 --seed 7');

  const album = await chat.result();

  expect(await album.locator('.tile').count()).toBe(4);
  await chat.answer('4 pictures').waitFor();
  await chat.shot('album-0');
  await chat.tap('🖼 3');
  await chat.button('✓ 3').waitFor();
  await chat.shot('album-1-third');
  await chat.tap('Upscale');
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
  expect(await wordsOf(await chat.result())).toContain('seed 42');

  await chat.tap('Again');

  // Its quote names the first picture's seed.
  const second = await wordsOf((await chat.result(2)).locator('.text'));
  expect(second).toMatch(/seed \d+/);
  expect(second).not.toContain('seed 42 ');
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

it('favourite and gallery: browse, a page of ten, filter, search', async () => {
  const { chat } = await aStartedChat();
  await chat.say('a knight --n 4');
  await chat.result(1);
  await chat.say('a painter --avatar demo-artistic');
  await chat.result(2);
  await chat.tap('🤍');
  await chat.toast('Among your favourites');
  await chat.button(/^❤$/).waitFor();

  await chat.say('/gallery');
  const card = chat.answer(/of 5/);
  await card.filter({ hasText: '1 of 5 ❤' }).waitFor();
  await chat.shot('gallery-0-card');
  await chat.tap('Older');
  await card.filter({ hasText: '2 of 5' }).waitFor();
  expect(await wordsOf(card)).toContain('a knight');
  await chat.tap('Filter');
  await chat.button('Favourites').waitFor();
  await chat.shot('gallery-1-filter');
  await chat.tap('Favourites');
  await chat.answer('1 of 1 ❤').waitFor();
  await chat.tap('Filter');
  await chat.tap('Clear');
  await chat.answer('1 of 5').waitFor();
  await chat.tap('Search');
  await chat.answer('Which words').waitFor();
  await chat.say('knight');
  await chat.answer('1 of 4').waitFor();
  await chat.tap('Ten at once');
  await chat.answer('1–4 of 4').waitFor();
  await chat.shot('gallery-2-page');

  expect(await chat.page.locator('article .photos.is-album').last().locator('.tile').count()).toBe(4);
});
