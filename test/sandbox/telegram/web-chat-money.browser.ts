import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { demoGroupId } from '../../../src/sandbox/telegram/state/world.js';
import { aBrowser, aPage, desktop, phone, screenshot } from './a-browser.js';
import { aBot, aLocalTelegram, eventually } from './a-local-telegram.js';
import { setUpDemoBot } from './demo-bot.js';

/** What the page itself says, as the person of each language reads it. */
const words = {
  en: {
    pay: '⭐',
    confirm: 'Confirm and pay',
    waiting: 'Waiting for the bot…',
    paid: 'You paid 250 Stars for “100 credits”',
    receipt: 'Receipt',
    cancel: 'Cancel',
    ok: 'OK',
    back: 'You got 250 Stars back for “100 credits”',
    subscribe: 'Subscribe for',
    more: 'More',
    subscriptions: 'Subscriptions',
    passMonth: 'Let a month pass',
    renewed: 'for another month of “Aisha every month”',
    end: 'Cancel it',
    ends: 'Cancelled, lasts until',
    message: 'Message',
  },
  ru: {
    pay: '⭐',
    confirm: 'Подтвердить и заплатить',
    waiting: 'Ждём ответа бота…',
    paid: 'Оплачено за «100 credits»: 250 звёзд',
    receipt: 'Чек',
    cancel: 'Отмена',
    ok: 'OK',
    back: 'Вам возвращено за «100 credits»: 250 звёзд',
    subscribe: 'Подписаться за',
    more: 'Ещё',
    subscriptions: 'Подписки',
    passMonth: 'Прошёл месяц',
    renewed: 'Подписка «Aisha every month» продлена',
    end: 'Отменить',
    ends: 'Отменена, действует до',
    message: 'Сообщение',
  },
} as const;

const people = { en: 1, ru: 2 } as const;

const looks = [
  ['en', 'light', desktop],
  ['en', 'dark', phone],
  ['ru', 'light', phone],
  ['ru', 'dark', desktop],
] as const;

for (const [language, colorScheme, options] of looks) {
  const size = options === phone ? 'phone' : 'desktop';
  test(`checkout, receipt, refund and subscription: ${size}, ${colorScheme}, ${language}`, async () => {
    const telegram = await aLocalTelegram();
    await aBot(telegram, setUpDemoBot);
    const personId = people[language];
    const said = words[language];
    telegram.drive.start(personId);
    const browser = await aBrowser();
    const url = `${telegram.url}/sandbox/#person-${personId}`;
    const { page, problems } = await aPage(browser, url, { ...options, colorScheme });
    const shot = async (name: string) => {
      await page.waitForTimeout(300);
      await screenshot(page, `money-${size}-${colorScheme}-${language}-${name}`);
    };
    const say = async (text: string) => {
      // A sheet that is closing still takes what is typed.
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const box = page.getByLabel(said.message, { exact: true });
      await box.fill(text);
      await box.press('Enter');
    };
    const sheet = page.getByRole('dialog');
    const payButton = (page: Page) =>
      page
        .locator('.inline-button')
        .filter({ has: page.locator('.icon-filled') })
        .last();

    await say('/soldout');
    await payButton(page).click();
    await sheet.getByRole('button', { name: said.confirm }).click();
    await sheet.getByRole('alert').getByText('This offer is not sold any more').waitFor();
    await shot('1-refused');
    await sheet.getByRole('button', { name: said.cancel }).click();

    await say('/buy');
    await page.getByText('Enough for twenty images.').waitFor();
    await shot('2-invoice');
    let answer = () => {};
    const until = () => new Promise<void>((resolve) => (answer = resolve));
    telegram.faults.add({ method: 'answerPreCheckoutQuery', fault: { kind: 'hang', until }, times: 1 });
    await payButton(page).click();
    await shot('3-sheet');
    await sheet.getByRole('button', { name: said.confirm }).click();
    await sheet.getByText(said.waiting).waitFor();
    await shot('4-waiting');
    answer();
    await page.getByRole('log').getByText(said.paid).waitFor();
    await page.getByRole('log').getByText('Thank you!').waitFor();
    await shot('5-paid');
    await page.locator('.inline-button').getByText(said.receipt).click();
    await sheet.getByText(telegram.drive.stars.paymentsOf(personId)[0]?.chargeId ?? 'none').waitFor();
    await shot('6-receipt');
    await sheet.getByRole('button', { name: said.ok, exact: true }).click();

    await say('/back');
    await page.getByRole('log').getByText(said.back).waitFor();

    await say('/month');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await sheet.getByRole('button', { name: said.subscribe }).waitFor();
    await shot('7-subscribe');
    await sheet.getByRole('button', { name: said.subscribe }).click();
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: said.more, exact: true }).click();
    await page.getByRole('menuitem', { name: said.subscriptions }).click();
    await sheet.getByRole('button', { name: said.passMonth }).click();
    await eventually(() => telegram.drive.stars.paymentsOf(personId).length).toBe(3);
    await sheet.getByRole('button', { name: said.end, exact: true }).click();
    await sheet.getByText(said.ends).waitFor();
    await shot('8-subscriptions');
    await page.keyboard.press('Escape');
    await page.getByRole('log').getByText(said.renewed).waitFor();
    await shot('9-renewed');
    expect(problems).toEqual([]);
  });
}

test('an invoice is forwarded to the group and paid there by somebody else', async () => {
  const telegram = await aLocalTelegram();
  await aBot(telegram, setUpDemoBot);
  telegram.drive.sendText(1, '/buy');
  const { page } = await aPage(await aBrowser(), `${telegram.url}/sandbox/#person-1`);
  await page.locator('.invoice').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Forward to the group' }).click();
  await eventually(() => telegram.drive.messages(demoGroupId).length).toBe(1);

  await page.locator('[data-key=group]').click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Write as Guest' }).click();
  await page.locator('.inline-button').last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Подтвердить' }).click();

  await eventually(() => telegram.drive.stars.paymentsOf(2).map(({ title }) => title)).toEqual([
    '100 credits',
  ]);
  await screenshot(page, 'money-group');
});
