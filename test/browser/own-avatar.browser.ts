import { expect, it } from 'vitest';
import { photograph } from '../support/photographs.js';
import { aStartedChat, wordsOf } from './a-chat.js';

/** Wide enough for the coach, and unlike each other. */
const photos = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `photo-${index + 1}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await photograph(900, 1100, { seed: 70 + index }),
    })),
  );

it('from ten photos to a picture of one’s own avatar', { timeout: 240_000 }, async () => {
  const { chat } = await aStartedChat();
  await chat.say('/new');
  await chat.button('person').waitFor();
  await chat.shot('own-avatar-0-new');
  await chat.tap('person');
  await chat.answer('Send at least 10\u00a0photos').waitFor();
  await chat.say('Ada');
  await chat.answer(/Ada · /).waitFor();
  await chat.tap('It’s me');
  await chat.toast('noted');

  await chat.page.getByRole('button', { name: 'Attach' }).click();
  const chooser = chat.page.waitForEvent('filechooser');
  await chat.page.getByRole('menuitem', { name: 'Photo' }).click();
  await (await chooser).setFiles(await photos(10));
  await chat.page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  const screen = chat.answer(/Ada · .*10\u00a0photos, up to/s);
  await screen.waitFor();
  await chat.button('Train').waitFor();
  await chat.shot('own-avatar-1-photos');
  await chat.tap('Faster or better');
  await chat.button(/^⚡/).waitFor();
  await chat.shot('own-avatar-2-speeds');
  await chat.tap(/^⚡/);
  await chat.answer(/Step \d+ of 1,000/).waitFor();
  expect(await chat.buttons(chat.answer('Step'))).toEqual(['✕ Cancel']);
  await chat.shot('own-avatar-3-training');

  await chat.answer('“Ada” is ready').waitFor({ timeout: 90_000 });
  const proof = chat.answer('Which looks most like Ada');
  await proof.waitFor({ timeout: 90_000 });
  await chat.shot('own-avatar-4-proof');
  await proof.locator('.inline-button').filter({ hasText: '2' }).click();
  await chat.tap('Use this strength');
  await chat.toast('Ada: strength');
  await chat.say('in a rowing boat --avatar Ada');

  const result = await chat.result();
  expect(await wordsOf(result)).toMatch(/Ada · Balanced · 5\scredits · seed/);
  expect(await chat.balance()).toMatch(/You have 935\u00a0credits/);
  await chat.shot('own-avatar-5-picture');
});
