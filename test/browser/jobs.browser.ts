import { expect, it } from 'vitest';
import { aBrowser } from '../sandbox/telegram/a-browser.js';
import { safetensors } from '../support/safetensors.js';
import { aChat, aProduct, aStartedChat, type Chat, wordsOf } from './a-chat.js';

/** The quickest way to an avatar for somebody who has none. */
async function bringsLora(guest: Chat): Promise<void> {
  await guest.page.getByRole('button', { name: 'Прикрепить' }).click();
  const chooser = guest.page.waitForEvent('filechooser');
  await guest.page.getByRole('menuitem', { name: 'Файл' }).click();
  const file = { name: 'mine.safetensors', mimeType: 'application/octet-stream', buffer: safetensors() };
  await (await chooser).setFiles([file]);
  await guest.page.getByRole('dialog').getByRole('button', { name: 'Отправить', exact: true }).click();
  await guest.answer('Файл LoRA').waitFor();
  await guest.tap('Человек');
  await guest.tap('Без кодового слова');
  await guest.answer('готов к работе').waitFor();
}

it('cancel: a running job ends at a tap, and its credits are back', async () => {
  const { chat } = await aStartedChat({ variables: { SANDBOX_IMAGE_MILLISECONDS: '60000' } });
  await chat.say('a very long story --n 2');
  await chat.button('Cancel').waitFor();
  expect(await chat.balance()).toMatch(/990\u00a0credits.*10\u00a0more are set aside/s);

  await chat.page.locator('.inline-button').filter({ hasText: 'Cancel' }).click();

  const end = chat.answer('Cancelled');
  await end.waitFor();
  expect(await wordsOf(end)).toContain('10\u00a0credits refunded');
  // The balance says "cancelled", too: it would be the newest message with this word.
  expect(await chat.buttons(end)).toEqual(['🔁 Try again · 10', '✍ Change']);
  const balance = await chat.balance();
  expect(balance).toContain('1,000\u00a0credits');
  expect(balance).not.toContain('set aside');
  expect(balance).toContain('Refunded 10 · cancelled · “a very long story” · 2\u00a0pictures');
  await chat.shot('cancelled');
});

it('Stop on the progress under the chat does what Cancel does', async () => {
  const { chat } = await aStartedChat({ variables: { SANDBOX_IMAGE_MILLISECONDS: '60000' } });
  await chat.say('a very long story --n 2');
  await chat.button('Cancel').waitFor();
  const draft = chat.page.locator('.draft');
  const stop = draft.getByRole('button', { name: 'Stop' });
  await stop.waitFor();
  await chat.shot('stop');

  await stop.click();

  const end = chat.answer('Cancelled');
  await end.waitFor();
  expect(await wordsOf(end)).toContain('10\u00a0credits refunded');
  expect(await chat.buttons(end)).toEqual(['🔁 Try again · 10', '✍ Change']);
  expect(await draft.isVisible()).toBe(false);
  expect(await chat.page.locator('.inline-button').filter({ hasText: 'Cancel' }).count()).toBe(0);
  await chat.shot('stopped');
});

it('a failed job says why, and its credits are back', async () => {
  const { chat } = await aStartedChat();
  await chat.say('content-policy-test of a castle');

  const end = chat.answer('rules don’t allow');
  await end.waitFor();

  expect(await wordsOf(end)).toContain('5\u00a0credits refunded');
  expect(await chat.buttons(end)).toEqual(['🔁 Try again · 5', '✍ Change']);
  const balance = await chat.balance();
  expect(balance).toContain('1,000\u00a0credits');
  expect(balance).toContain('Refunded 5 · failed · “content-policy-test of a cast…”');
  await chat.shot('failed');
});

it('two people do not see each other’s pictures', async () => {
  const url = await aProduct();
  const browser = await aBrowser();
  const you = await aChat(browser, url);
  const guest = await aChat(browser, url, { person: 2 });
  await you.start();
  await guest.start();
  await you.say('my secret garden');
  await you.result();

  await guest.say('/gallery');
  await guest.answer('Здесь появятся').waitFor();
  await bringsLora(guest);
  await guest.say('мой тайный сад');
  await guest.result();
  await guest.say('/gallery');
  await guest.answer('1 из 1').waitFor();
  await guest.tap(/^1$/);
  const card = guest.answer('мой тайный сад').filter({ hasText: '1 из 1' });
  await card.waitFor();

  expect(await guest.page.getByRole('log').getByText('my secret garden').count()).toBe(0);
  expect(await wordsOf(card)).toContain('мой тайный сад');
  await you.say('/gallery');
  await you.tap(/^1$/);
  await you.answer('1 of 1').filter({ hasText: 'my secret garden' }).waitFor();
  expect(await wordsOf(you.answer('1 of 1'))).toContain('my secret garden');
  await guest.shot('two-people');
});
