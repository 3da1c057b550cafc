import { expect, it } from 'vitest';
import { aStartedChat, type Chat, wordsOf } from './a-chat.js';

const choose = async ({ page }: Chat, label: string) => {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemradio', { name: label }).click();
};
const chosen = async ({ page }: Chat, label: string) => {
  await page.getByRole('button', { name: 'More' }).click();
  const state = await page.getByRole('menuitemradio', { name: label }).getAttribute('aria-checked');
  await page.keyboard.press('Escape');
  return state;
};

it('failure, refund and the safety filter can be seen by a menu that says what is still to come', async () => {
  const { chat } = await aStartedChat();
  await choose(chat, 'Next picture: fails at fal');
  await chat.toast('next picture that is ordered');
  expect(await chosen(chat, 'Next picture: fails at fal')).toBe('true');
  await chat.shot('next-picture');
  await chat.say('a castle in the fog');
  const failed = chat.answer('had a problem');
  await failed.waitFor();
  expect(await wordsOf(failed)).toContain('5');
  expect(await chosen(chat, 'Next picture: fails at fal')).toBe('false');

  await choose(chat, 'Next picture: safety filter');
  await chat.say('a castle in the sun');
  await chat.answer('safety filter held back').waitFor();
  expect(await chat.balance()).toContain('1,000\u00a0credits');

  await choose(chat, 'Next picture: takes 20 s');
  await choose(chat, 'Next picture: takes 20 s');
  await chat.toast('made as usual');
  await chat.say('a castle in the rain');
  await chat.result();
});
