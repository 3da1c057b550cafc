import { InputFile } from 'grammy';
import { expect, test } from 'vitest';
import { demoGroupId } from '../../../src/sandbox/telegram/state/world.js';
import { aBrowser, aPage, screenshot } from './a-browser.js';
import { aBot, aFolder, aLocalTelegram, eventually } from './a-local-telegram.js';
import { aPicture, demoCommands, setUpDemoBot } from './demo-bot.js';

async function anOpenChat(started = true) {
  const telegram = await aLocalTelegram();
  const bot = await aBot(telegram, setUpDemoBot);
  await bot.api.setMyCommands(demoCommands);
  if (started) {
    telegram.drive.start(1);
    await telegram.drive.waitForMessage(1, () => true);
  }
  const browser = await aBrowser();
  const { page, problems } = await aPage(browser, `${telegram.url}/sandbox/#person-1`);
  const input = page.getByLabel('Message', { exact: true });
  if (started) await input.waitFor();
  return { telegram, bot, page, input, problems };
}

test('photos are picked, looked at and sent as an album with a caption', async () => {
  const { telegram, page, problems } = await anOpenChat();
  await page.getByRole('button', { name: 'Attach' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Photo' }).click();
  const files = await Promise.all(
    [0, 60, 120].map(async (hue) => ({
      name: `${hue}.png`,
      mimeType: 'image/png',
      buffer: await aPicture(900, 700, hue),
    })),
  );
  await (await chooser).setFiles(files);
  await page.getByRole('dialog', { name: 'Send 3 photos' }).waitFor();
  await screenshot(page, 'story-attach');

  await page.getByLabel('Caption').fill('Three of me');
  await page.keyboard.press('Enter');

  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const sent = telegram.drive.messages(1).filter(({ photo, from }) => photo !== undefined && from === 1);
  expect(sent).toHaveLength(3);
  expect(sent[0]?.caption).toBe('Three of me');
  await page.locator('article.is-own .tile').nth(2).waitFor();
  await eventually(() => telegram.drive.messages(1).filter(({ text }) => text === 'A photo!').length).toBe(3);
  await page.waitForTimeout(300);
  await screenshot(page, 'story-album-sent');
  expect(problems).toEqual([]);
});

test('files are dropped as they are', async () => {
  const { telegram, page } = await anOpenChat();
  // As text: the names of the browser's world are unknown to this side's types.
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['a file'], 'notes.txt', { type: 'text/plain' }));
    return data;
  })()`);
  await page.dispatchEvent('.pane', 'dragenter', { dataTransfer: transfer });
  await screenshot(page, 'story-drop');
  await page.dispatchEvent('.drop-field >> nth=0', 'drop', { dataTransfer: transfer });
  await page.getByRole('button', { name: 'Send', exact: true }).last().click();

  await eventually(
    () => telegram.drive.messages(1).find(({ document }) => document)?.document?.file_name,
  ).toBe('notes.txt');
});

test('pictures are pasted', async () => {
  const { page, input } = await anOpenChat();
  const bytes = [...(await aPicture(300, 300))];
  await input.focus();
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([${bytes}])], 'pasted.png', { type: 'image/png' }));
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  })()`);

  await page.getByRole('dialog', { name: 'Send 1 photo' }).waitFor();
});

test('a message is answered, edited and deleted', async () => {
  const { telegram, page, input } = await anOpenChat();
  await page.locator('article.is-other .bubble').first().click({ button: 'right' });
  await screenshot(page, 'story-menu');
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await input.fill('an answer');
  await screenshot(page, 'story-reply');
  await page.keyboard.press('Enter');
  await page.locator('article.is-own .quote').waitFor();
  expect(telegram.drive.messages(1).find(({ text }) => text === 'an answer')?.replyTo).toBe(2);

  await input.press('ArrowUp');
  await input.fill('another answer');
  await page.keyboard.press('Enter');
  await page.locator('article.is-own').filter({ hasText: 'another answer' }).getByText('edited').waitFor();

  await page
    .locator('article.is-own')
    .filter({ hasText: 'another answer' })
    .locator('.bubble')
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete for everyone' }).click();
  await page.locator('article.is-own').filter({ hasText: 'another answer' }).waitFor({ state: 'detached' });
});

test('a deep link opens as a start with its payload', async () => {
  const { telegram, page } = await anOpenChat();

  await page.getByRole('button', { name: 'Open' }).click();

  await telegram.drive.waitForMessage(1, ({ text }) => text?.includes('You came with recipe_1') ?? false);
  await page.getByText('You came with recipe_1').last().waitFor();
});

test('what people write stays words', async () => {
  const { telegram, bot, page, problems } = await anOpenChat();
  const wicked =
    '<img src=x onerror="document.title=1"> <script>document.title=2</script> javascript:alert(1)';
  telegram.drive.sendText(1, wicked);
  await bot.api.sendMessage(1, 'link', {
    entities: [{ type: 'text_link', offset: 0, length: 4, url: 'https://x.org/"onclick="alert(1)' }],
  });

  await page.getByText('<script>document.title=2</script>').last().waitFor();
  expect(await page.locator('.thread img[src=x], .thread script').count()).toBe(0);
  expect(await page.title()).toBe('Sandbox chat');
  expect(problems).toEqual([]);
});

test('the group: one writes as either person, the bot hears only what is for it', async () => {
  const { telegram, page, input } = await anOpenChat();
  await page.locator('[data-key=group]').click();
  await input.fill('just talking');
  await input.press('Enter');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Write as Guest' }).click();
  // The guest reads Russian.
  const theirs = page.getByLabel('Сообщение', { exact: true });
  await theirs.fill('/start@sandbox_bot');
  await theirs.press('Enter');
  await telegram.drive.waitForMessage(demoGroupId, ({ text }) => text?.startsWith('Hello, Guest') ?? false);
  await page.getByText('Hello, Guest').last().waitFor();
  await page.waitForTimeout(200);
  await screenshot(page, 'story-group');

  expect(telegram.drive.messages(demoGroupId).filter(({ from }) => from > 1_000_000)).toHaveLength(1);
});

test('language and blocking', async () => {
  const { telegram, page } = await anOpenChat();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await screenshot(page, 'story-settings');
  await page.getByRole('menuitemradio', { name: 'Русский' }).click();
  await page.locator('.pane-subtitle').getByText('бот, вы пишете как You').waitFor();
  await page.getByRole('heading', { name: 'Чаты' }).waitFor();
  await page.getByRole('log').getByText('Сегодня').waitFor();
  await page.getByText('Песочница вместо Telegram').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');
  await screenshot(page, 'story-russian');
  await page.getByRole('button', { name: 'Ещё', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Заблокировать бота' }).click();
  await page.getByRole('button', { name: 'Разблокировать и перезапустить' }).click();

  await page.getByLabel('Сообщение', { exact: true }).waitFor();
  await eventually(() => telegram.drive.messages(1).filter(({ text }) => text === '/start').length).toBe(2);
});

test('a reader further up is not pulled down, and finds the way back', async () => {
  const { bot, page } = await anOpenChat();
  for (let index = 1; index <= 30; index += 1) await bot.api.sendMessage(1, `Message ${index}\n\nwith lines`);
  await page.getByText('Message 30').last().waitFor();
  await page.locator('.scroller').hover();
  await page.mouse.wheel(0, -1500);
  await page.locator('.to-end.is-shown').waitFor();
  await bot.api.sendMessage(1, 'News');
  await page.locator('.to-end[data-count="1"]').waitFor();
  await screenshot(page, 'story-scrolled');

  await page.getByRole('button', { name: 'To the newest message' }).click();

  await page.locator('.to-end:not(.is-shown)').waitFor({ state: 'attached' });
});

test('the page finds the server again after a restart', async () => {
  const folder = await aFolder();
  const before = await aLocalTelegram({ folder });
  before.drive.start(1);
  const { page } = await aPage(await aBrowser(), `${before.url}/sandbox/#person-1`);
  await page.getByRole('log').getByText('/start').waitFor();

  await before.close();
  await page.locator('.pane-subtitle').getByText('connecting…').waitFor();
  await screenshot(page, 'story-connecting');
  const after = await aLocalTelegram({ folder, port: Number(new URL(before.url).port) });
  after.drive.sendText(1, 'said while nobody looked');

  await page.getByRole('log').getByText('said while nobody looked').waitFor();
  await page.locator('.pane-subtitle').getByText('bot, you write as You').waitFor();
});

test('typing is shown while the bot works', async () => {
  const { bot, page } = await anOpenChat();

  await bot.api.sendChatAction(1, 'upload_photo');

  await page.locator('.pane-subtitle').getByText('sending a photo…').waitFor();
  await screenshot(page, 'story-action');
  await bot.api.sendMessage(1, 'Done');
  await page.locator('.pane-subtitle').getByText('bot, you write as You').waitFor();
});

test('what was not read is counted, and a draft waits for its writer', async () => {
  const { telegram, page, input } = await anOpenChat();
  await input.fill('not finished');
  telegram.drive.start(2);
  await page.locator('[data-key=person-2] .unread').getByText('1').waitFor();
  await screenshot(page, 'story-unread');

  await page.locator('[data-key=person-2]').click();
  await page.locator('[data-key=person-2] .unread').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Сообщение', { exact: true }).inputValue()).toBe('');
  await page.goBack();

  expect(await input.inputValue()).toBe('not finished');
});

test('buttons have their colours, a used one is grey, and a text is copied', async () => {
  const { bot, page, problems } = await anOpenChat();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await bot.api.sendMessage(1, 'What now?', {
    reply_markup: {
      inline_keyboard: [
        [{ text: 'Generate', callback_data: 'go', style: 'primary' }],
        [
          { text: 'Delete', callback_data: 'no', style: 'danger' },
          { text: 'Yes', callback_data: 'yes', style: 'success' },
        ],
        [
          { text: '✓ Kept', disabled: {} },
          { text: 'Copy seed', copy_text: { text: '42' } },
        ],
      ],
    },
  });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await button('Copy seed').waitFor();
  const colours = await page.evaluate(`[...document.querySelectorAll('.inline-button')]
    .slice(-5).map((node) => getComputedStyle(node).backgroundColor)`);
  expect(new Set(colours as string[]).size).toBe(5);
  expect(await button('✓ Kept').isDisabled()).toBe(true);
  await button('Copy seed').click();
  await page.getByRole('status').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('42');
  await screenshot(page, 'story-button-colours');
  expect(problems).toEqual([]);
});

test('a caption stands over its photo, and an answer shows the words that it quotes', async () => {
  const { bot, page, problems } = await anOpenChat();
  const photo = new InputFile(await aPicture(320, 200), 'a.png');
  const above = { caption: 'Look at this', show_caption_above_media: true };
  const { message_id } = await bot.api.sendPhoto(1, photo, above);
  await bot.api.sendMessage(1, 'Yes', { reply_parameters: { message_id, quote: 'at this' } });

  const caption = page.locator('.has-photos > .text', { hasText: 'Look at this' });
  const [text, picture] = [await caption.boundingBox(), await caption.locator('+ .photos').boundingBox()];
  expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual((picture?.y ?? 0) + 1);
  const quote = page.locator('article', { hasText: 'Yes' }).locator('.quote-lines > span');
  expect(await quote.textContent()).toBe('at this');
  await screenshot(page, 'story-caption-above');
  expect(problems).toEqual([]);
});
