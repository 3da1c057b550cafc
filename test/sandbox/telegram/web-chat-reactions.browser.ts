import { InputFile } from 'grammy';
import { expect, test } from 'vitest';
import { aBrowser, aPage, screenshot } from './a-browser.js';
import { aBot, aLocalTelegram, eventually } from './a-local-telegram.js';
import { aPicture } from './demo-bot.js';

async function anOpenChat() {
  const telegram = await aLocalTelegram();
  const { api } = await aBot(telegram, () => undefined);
  telegram.drive.start(1);
  const browser = await aBrowser();
  const { page, problems } = await aPage(browser, `${telegram.url}/sandbox/#person-1`);
  await page.getByLabel('Message', { exact: true }).waitFor();
  const openMenu = (words: string) =>
    page.locator('article.is-other').filter({ hasText: words }).getByText(words).click({ button: 'right' });
  return { telegram, api, page, problems, openMenu };
}

test('a person reacts to a message, chooses another emoji, and takes it back', async () => {
  const { telegram, api, page, problems, openMenu } = await anOpenChat();
  const { message_id } = await api.sendMessage(1, 'Your picture is ready');
  const kept = () => telegram.drive.messages(1).find(({ id }) => id === message_id)?.personReactions;
  const shown = page.locator('.reaction');
  const reactions = page.getByRole('menu').getByRole('group', { name: 'React' });

  await openMenu('picture is ready');
  await screenshot(page, 'reactions-menu');
  await reactions.getByText('🔥').click();
  await shown.filter({ hasText: '🔥' }).waitFor();
  await eventually(kept).toEqual({ 1: '🔥' });

  // The bot does the same: one emoji, counted twice.
  await api.setMessageReaction(1, message_id, [{ type: 'emoji', emoji: '🔥' }]);
  await shown.filter({ hasText: '2' }).waitFor();
  await screenshot(page, 'reactions-two');

  await openMenu('picture is ready');
  await reactions.getByText('❤').click();
  await eventually(kept).toEqual({ 1: '❤' });
  expect(await shown.filter({ hasText: '❤' }).getAttribute('aria-pressed')).toBe('true');
  await shown.filter({ hasText: '❤' }).click();
  await shown.filter({ hasText: '❤' }).waitFor({ state: 'detached' });
  await eventually(kept).toEqual({});
  expect(problems).toEqual([]);
});

test('what is protected can be looked at, and neither copied, forwarded nor saved', async () => {
  const { api, page, problems, openMenu } = await anOpenChat();
  const photo = async () => new InputFile(await aPicture(900, 700, 60));
  const items = page.getByRole('menuitem');
  await api.sendPhoto(1, await photo(), { caption: 'open' });
  await openMenu('open');
  await expect.poll(() => items.allTextContents()).toContain('Forward to the group');
  await page.keyboard.press('Escape');
  await api.sendPhoto(1, await photo(), { caption: 'protected', protect_content: true });
  await openMenu('protected');
  await expect.poll(() => items.allTextContents()).toEqual(['Reply', 'Delete for everyone']);
  await page.keyboard.press('Escape');
  const save = page.getByRole('dialog').getByRole('link', { name: 'Save' });
  await page.locator('article').filter({ hasText: 'open' }).locator('.tile').click();
  await save.waitFor();
  await page.keyboard.press('Escape');
  await page.locator('article').filter({ hasText: 'protected' }).locator('.tile').click();
  await page.locator('.lightbox-image').waitFor();
  expect(await save.count()).toBe(0);
  await screenshot(page, 'protected');
  await page.keyboard.press('Escape');
  await api.sendDocument(1, new InputFile(Buffer.from('x'), 'secret.zip'), { protect_content: true });
  const file = page.locator('article').filter({ hasText: 'secret.zip' });
  await file.waitFor();
  expect(await file.getByRole('link').count()).toBe(0);
  expect(problems).toEqual([]);
});
