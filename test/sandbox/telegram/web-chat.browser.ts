import { expect, test } from 'vitest';
import { aBrowser, aPage, desktop, phone, screenshot } from './a-browser.js';
import { aBot, aLocalTelegram } from './a-local-telegram.js';
import { demoCommands, setUpDemoBot } from './demo-bot.js';

async function aChat() {
  const telegram = await aLocalTelegram();
  const bot = await aBot(telegram, setUpDemoBot);
  await bot.api.setMyCommands(demoCommands);
  await bot.api.setMyDescription('I make images of your avatar. Press Start and send me a prompt.');
  const browser = await aBrowser();
  return { telegram, browser, url: `${telegram.url}/sandbox/` };
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, options] of Object.entries({ desktop, phone })) {
    test(`everything is drawn: ${size}, ${colorScheme}`, async () => {
      const { telegram, browser, url } = await aChat();
      const { page, problems } = await aPage(browser, url, { ...options, colorScheme });
      const shot = (name: string) => screenshot(page, `${size}-${colorScheme}-${name}`);
      const say = async (text: string, answer: string | RegExp) => {
        await page.getByLabel('Message', { exact: true }).fill(text);
        await page.keyboard.press('Enter');
        await page.locator('article.is-other').filter({ hasText: answer }).last().waitFor();
        await page.waitForTimeout(250);
      };
      await page.getByRole('navigation').getByText('You').waitFor();
      await shot('0-first');
      await page.locator('[data-key=person-1]').click();
      await shot('1-start');
      await page.getByRole('button', { name: 'Start' }).click();
      await page.getByRole('button', { name: 'Alert' }).waitFor();
      await page.getByRole('button', { name: 'Alert' }).click();
      await page.getByRole('dialog').waitFor();
      await shot('2-alert');
      await page.getByRole('button', { name: 'OK' }).click();
      await page.getByRole('button', { name: 'Toast' }).click();
      await page.getByRole('status').waitFor();
      await shot('3-toast');
      await say('/rich', /Bold/);
      await shot('4-rich');
      await say('/photo', /medieval/);
      await say('👍', '👍');
      await shot('5-photo');
      await say('/album', /Four images/);
      await shot('6-album');
      await say('/file', /original/);
      await say('/zip', /gallery/);
      await shot('7-files');
      await say('/buy', /credits/);
      await shot('8-invoice');
      await page.getByRole('button', { name: /Pay/ }).last().click();
      await shot('9-pay');
      await page.getByRole('button', { name: /Confirm/ }).click();
      await page.getByRole('log').getByText('Thank you!').waitFor();
      await say('/keyboard', /Choose/);
      await shot('10-keyboard');
      await page.locator('.tile').first().click();
      await page.locator('.lightbox-image').waitFor();
      await page.waitForTimeout(200);
      await shot('11-lightbox');
      await page.keyboard.press('Escape');
      await page.getByLabel('Message', { exact: true }).fill('/');
      await shot('12-commands');
      await page.getByLabel('Message', { exact: true }).fill('@sandbox_bot sun');
      await page.getByRole('option', { name: 'Second' }).waitFor();
      await shot('13-inline');
      await page.getByLabel('Message', { exact: true }).fill('');
      expect(telegram.drive.messages(1).length).toBeGreaterThan(10);
      if (size === 'desktop') {
        telegram.drive.start(2);
        await telegram.drive.waitForMessage(2, ({ text }) => text?.startsWith('Hello') ?? false);
        await page.getByRole('button', { name: 'Two chats side by side' }).click();
        await page.waitForTimeout(300);
        await shot('14-split');
      } else {
        await page.getByRole('button', { name: 'Back to the chats' }).click();
        await shot('14-list');
      }
      expect(problems).toEqual([]);
    });
  }
}
