import { expect, it } from 'vitest';
import { aBrowser, phone } from '../sandbox/telegram/a-browser.js';
import { aChat, aProduct, type Chat } from './a-chat.js';

const sizes = { desktop: {}, phone } as const;

/** The same chat in two windows: what is done in one is seen in both, and each is kept in light and dark. */
async function twoWindows() {
  const url = await aProduct();
  const browser = await aBrowser();
  const windows = {
    desktop: await aChat(browser, url, sizes.desktop),
    phone: await aChat(browser, url, sizes.phone),
  };
  const shoot = async (name: string) => {
    for (const [size, { page }] of Object.entries(windows))
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await windows[size as keyof typeof windows].shot(`${name}-${size}-${colorScheme}`);
      }
  };
  return { windows, chat: windows.desktop, shoot };
}

/** No label that a person has to read is cut. */
async function uncut({ page }: Chat): Promise<void> {
  const cut = await page
    .locator('.button-label')
    .evaluateAll((labels) =>
      labels.filter((label) => label.scrollWidth > label.clientWidth).map((label) => label.textContent),
    );
  expect(cut, 'labels that are cut').toEqual([]);
}

it('every main screen is kept in both sizes and themes, and no button is cut', {
  timeout: 240_000,
}, async () => {
  const { windows, chat, shoot } = await twoWindows();
  await shoot('screen-0-first');
  await chat.start();
  await shoot('screen-1-start');
  await chat.say('/help');
  await chat.answer('While it’s being made').waitFor();
  await shoot('screen-2-help');
  await chat.say('/presets');
  await chat.answer('Fast').waitFor();
  await shoot('screen-3-presets');
  await chat.say('in medieval armor, golden hour');
  await chat.result(1);
  await shoot('screen-4-picture');
  await chat.say('at a masked ball --n 4 --preset portrait');
  await chat.result(2);
  await chat.answer('4\u00a0pictures').waitFor();
  await shoot('screen-5-album');
  await chat.say('/generate');
  await chat.button('Ratio').waitFor();
  await chat.say('a harbour at dawn');
  await chat.button('Generate').waitFor();
  await shoot('screen-6-guided');
  await chat.say('a wall --ar 5:1 --seed many --speed 3');
  await chat.answer('Please fix').waitFor();
  await shoot('screen-7-wrong');
  await chat.say('content-policy-test');
  await chat.answer('rules don’t allow').waitFor();
  await shoot('screen-8-failed');
  await chat.say('/gallery');
  await chat.answer('1–5 of 5').waitFor();
  await shoot('screen-9-gallery');
  await chat.tap(/^2$/);
  await chat.answer('2 of 5').waitFor();
  await shoot('screen-10-card');
  await chat.say('/balance');
  await chat.answer('Enlarging one').waitFor();
  await shoot('screen-11-balance');
  await chat.say('/avatars');
  await chat.tap('demo-artistic');
  await chat.button('Make main').waitFor();
  await shoot('screen-12-avatar');
  await chat.say('/settings');
  await chat.answer('Changes are saved').waitFor();
  await shoot('screen-13-settings');
  await uncut(windows.desktop);
  await uncut(windows.phone);
});

it('the longest labels fit a phone, in Russian too', async () => {
  const chat = await aChat(await aBrowser(), await aProduct(), phone);
  await chat.start();
  await chat.switchToRussian();
  await chat.say('у моря --n 2');
  await chat.result(1);
  await chat.button('Поделиться').waitFor();
  await chat.say('/generate');
  await chat.answer('Новое изображение').waitFor();
  await chat.say('город у моря на рассвете');
  await chat.button('Создать').waitFor();
  await chat.shot('russian-phone-0-guided');
  await chat.say('/gallery');
  await chat.button('Поиск').waitFor();
  await chat.shot('russian-phone-1-gallery');
  await uncut(chat);
  await chat.tap('Фильтр');
  await chat.button('Любимые').waitFor();
  await uncut(chat);
  await chat.tap('Назад');
  await chat.tap('Выбрать');
  await chat.button('Готово').waitFor();
  await chat.tap(/^2$/);
  await chat.button('ZIP').waitFor();
  await uncut(chat);
  await chat.tap('Готово');
  await chat.button('Фильтр').waitFor();
  await chat.tap(/^2$/);
  await chat.button('Сетка').waitFor();
  await uncut(chat);
  await chat.tap('⋯ Ещё');
  await chat.button('Увеличить').waitFor();
  await chat.shot('russian-phone-2-more');
  await uncut(chat);
  await chat.say('/settings');
  await chat.answer('Изменения сохраняются').waitFor();
  await chat.shot('russian-phone-3-settings');
  await chat.say('/presets');
  await chat.answer('Пресеты').waitFor();
  await chat.shot('russian-phone-4-presets');
  await chat.say('/help');
  await chat.answer('Пока оно создаётся').waitFor();
  await chat.say('/balance');
  await chat.answer('Увеличить одно').waitFor();
  await chat.shot('russian-phone-5-balance');
  await uncut(chat);
});
