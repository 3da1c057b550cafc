import { expect, it } from 'vitest';
import type { TextKey, TextValues } from '../../assets/locales/text-keys.js';
import { inPairs } from '../../src/adapters/telegram/delivery/results/result-keyboard.js';
import { promptIdeas } from '../../src/adapters/telegram/wording/prompt-ideas.js';
import { languages, loadTexts, type Translator } from '../../src/adapters/telegram/wording/translator.js';
import { usualScopes } from '../../src/domain/api-key.js';
import { avatarTypes } from '../../src/domain/avatar/avatar-type.js';
import { presetNames } from '../../src/domain/generation/preset.js';
import { admissionStates } from '../../src/domain/operator/admission.js';
import { aBrowser, phone } from '../sandbox/telegram/a-browser.js';
import { photograph } from '../support/photographs.js';
import { aChat, aProduct, type Chat } from './a-chat.js';
import { buttonPatterns, expectColourEmoji, showRows, watchLabels } from './labels.js';
import { operatorRows } from './operator-rows.js';

type PlainKey = { [Key in TextKey]: [TextValues[Key]] extends [never] ? Key : never }[TextKey];

/** A person on a phone who opens every screen and every menu. `speak` sets the language, which a deletion forgets. */
async function walk(
  chat: Chat,
  patterns: ReadonlyMap<string, RegExp>,
  speak: () => Promise<void>,
): Promise<void> {
  const label = (key: TextKey) => patterns.get(key) ?? key;
  /** Taps, and waits for the keyboard that comes of it. */
  const tapped = async (words: string | RegExp) => {
    await chat.button(words).waitFor();
    const before = await keyboards();
    await chat.tap(words);
    await expect.poll(keyboards, { timeout: 30_000, interval: 50 }).not.toBe(before);
  };
  const keyboards = async () => (await chat.page.locator('.inline-button').allTextContents()).join('\n');
  const tap = (key: TextKey) => tapped(label(key));
  const shows = (key: TextKey, timeout = 30_000) => chat.button(label(key)).waitFor({ timeout });
  const there = async (...keys: TextKey[]) => {
    for (const key of keys) await tap(key);
  };
  const asks = async (text: string, key: TextKey) => {
    const own = chat.page.locator('article.is-own');
    const before = await own.count();
    await chat.say(text);
    await expect.poll(() => own.count(), { timeout: 30_000, interval: 50 }).toBeGreaterThan(before);
    // Below it: an older screen may have the same button.
    const below =
      "xpath=(//article[contains(@class, 'is-own')])[last()]/following::*[contains(@class, 'inline-button')]";
    await chat.page
      .locator(below)
      .filter({ hasText: label(key) })
      .first()
      .waitFor({ timeout: 30_000 });
  };

  await asks('/start', 'button-new-avatar');
  await asks('/help', 'button-use-avatar');
  await asks('hello', 'button-make-anyway');
  await asks('a harbour --avatar nobody', 'button-with-avatar');
  await asks('a harbour --preset ultra', 'button-preset-instead');
  await asks('a harbour --ar 7:3', 'button-choose-instead');
  await asks('content-policy-test', 'button-change');

  // The guided screen, and each of its menus.
  await asks('/generate', 'button-form-surprise');
  await there('button-form-avatar', 'button-back', 'button-form-preset', 'button-back');
  await there('button-form-ratio', 'button-back', 'button-form-surprise', 'button-form-improve');
  await shows('button-form-order-suggested');
  await tap('button-form-words');
  await shows('button-leave-question');
  await there('button-leave-question', 'button-close');

  // Waiting, a picture, an album.
  await asks('a harbour at dawn', 'button-other-avatar');
  await chat.result(1);
  await chat.button(label('button-cancel')).waitFor({ state: 'detached' });
  await there('button-vary', 'button-back', 'button-other-preset', 'button-back', 'button-favour');
  await shows('button-favourite');
  await tap('button-info');
  await shows('button-copy-seed');
  await tap('button-edit');
  await shows('button-form-new-seed');
  await chat.say('a masked ball --n 4');
  await chat.result(2);
  await shows('button-originals');
  await tapped('🖼 3');
  await chat.button('✓ 3').waitFor();
  await tap('button-delete');
  await shows('button-undelete');
  await tap('button-undelete');
  await chat.say('a long road --n 4');
  await chat.result(3);
  await chat.say('a lighthouse --n 4');
  await chat.result(4);
  // The buttons of an album come after its pictures: no menu opens before.
  const originals = chat.page.locator('.inline-button').filter({ hasText: label('button-originals') });
  await expect.poll(() => originals.count(), { timeout: 30_000, interval: 50 }).toBe(3);

  // The gallery.
  await asks('/gallery', 'button-gallery-older');
  await there('button-gallery-go', 'button-back', 'button-gallery-older');
  await shows('button-gallery-newer');
  for (const menu of ['avatars', 'presets', 'days'] as const)
    await there('button-gallery-filters', `button-filter-${menu}`, 'button-back');
  await tap('button-gallery-filters');
  await there('button-filter-favourites', 'button-gallery-search');
  await chat.say('lighthouse');
  await shows('button-search-everywhere');
  await there('button-filter-clear', 'button-gallery-select');
  await shows('button-gallery-done');
  await tapped(/^2$/);
  await tapped(/^3$/);
  await shows('button-gallery-zip');
  await tap('button-gallery-done');
  await tapped(/^2$/);
  await there('button-gallery-more', 'button-back', 'button-gallery-grid');

  // A new avatar, from photos to its proof sheet.
  await chat.say('/new');
  await tap('button-new-artistic');
  await shows('button-consent-style');
  await chat.say('/new');
  await tap('button-new-portrait');
  await shows('button-drafts');
  await tap('button-consent-self');
  await attachPhotos(chat);
  await shows('button-train', 60_000);
  await tap('button-photos-all');
  await shows('button-photo-remove');
  await tap('button-close');
  await tap('button-train-speeds');
  await tapped(/^⚡/);
  await shows('button-unlike', 120_000);
  await tapped(/^2$/);
  await shows('button-keep-proof');
  // The sheet is drawn anew meanwhile, and a tap on what is just being replaced is lost: one taps again.
  const isAsked = () => chat.button(label('button-retrain')).isVisible();
  const again = async () => {
    if (!(await isAsked()))
      await chat
        .button(label('button-unlike'))
        .click({ timeout: 1000 })
        .catch(() => undefined);
    return isAsked();
  };
  await expect.poll(again, { timeout: 60_000, interval: 2000 }).toBe(true);
  await shows('button-use-from-now-on');

  // Avatars, settings, one's own data.
  await asks('/avatars', 'button-new-avatar');
  await tapped('demo-artistic');
  await shows('button-to-lora');
  await there('button-strength', 'button-back', 'button-delete');
  await shows('button-delete-avatar');
  await tap('button-back');
  await tap('button-back');
  await tapped('demo-portrait');
  await tap('button-delete');
  await shows('button-delete-avatar-and-images');
  await chat.say('/generate');
  await there('button-form-companion', 'button-back');
  await asks('/settings', 'settings-language');
  await tap('settings-preset');
  await tap('button-back');
  await tap('settings-ratio');
  await shows('ratio-of-preset');
  await tap('button-back');
  for (const key of ['off', 'translate'] as const) await tap(`settings-prompt-help-${key}`);
  await there('settings-loud', 'settings-asks-not', 'settings-asks', 'settings-quiet');
  await asks('/balance', 'button-buy');
  await asks('/buy', 'button-offer-month');
  await asks('/privacy', 'button-export-data');
  await tap('button-delete-me');
  await tap('button-delete-me-yes');
  await chat.answer(/[0-9a-f]{8}-/).waitFor();
  await speak();
  await asks('/start', 'button-see-examples');
  await asks('a harbour', 'button-make-avatar');
}

async function attachPhotos({ page }: Chat): Promise<void> {
  await page.getByRole('button', { name: /^(Attach|Прикрепить)$/ }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: /^(Photo|Фото)$/ }).click();
  const photos = Array.from({ length: 10 }, async (_, index) => ({
    name: `photo-${index + 1}.jpg`,
    mimeType: 'image/jpeg',
    buffer: await photograph(900, 1100, { seed: 70 + index }),
  }));
  await (await chooser).setFiles(await Promise.all(photos));
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Send|Отправить)$/ })
    .click();
}

/** What the walk does not meet, in rows as they are there, with the longest numbers. */
function otherRows(texts: Translator): string[][] {
  const say = (key: PlainKey) => texts.plain(key);
  const alone: PlainKey[] = [
    'button-more-credits',
    'button-my-photos',
    'button-open-chat',
    'button-open-balance',
    'button-open-privately',
    'button-take-answer',
    'button-answer-again',
    'button-edit-picture',
    'button-draft-go-on',
    'button-draft-open',
    'button-faces',
    'button-make-kept',
    'button-go-back',
    'button-cancel-training',
    'button-no-trigger',
    'button-cancel-month-yes',
    'button-cancel-month-no',
    'button-ask-access',
    'button-access-open',
    'button-access-open-yes',
    'button-send-away',
    'button-broadcast-write',
    'button-broadcast-add-en',
    'button-broadcast-add-ru',
    'button-broadcast-drop',
    'button-broadcast-stop',
    'button-broadcast-look',
    'button-mute-news',
    'settings-no-news',
    'button-my-keys',
    'button-new-key',
    'button-revoke-key-yes',
    'button-revoke-key-no',
    'button-name-key',
    'button-copy-key',
    'button-delete-message',
  ];
  const name = texts.plain('count-credits', { count: 1000 });
  return [
    ...alone.map((key) => [say(key)]),
    // Presets that cost differently, with the price of four pictures.
    ...[5, 60].flatMap((credits) =>
      inPairs(presetNames.map((name) => ({ text: `✓ ${say(`preset-${name}`)} · ${credits}` }))).map((row) =>
        row.map(({ text }) => text),
      ),
    ),
    [texts.plain('button-cancel-month', { name })],
    [texts.plain('button-give-back', { stars: 10_000 })],
    [texts.plain('button-revoke-key', { name: `${'W'.repeat(13)}…` })],
    ...usualScopes.map((scope) => [`✓ ${texts.plain(`button-key-${scope}`)}`]),
    [30, 365].map((days) => `✓ ${texts.plain('button-key-days', { days })}`),
    [texts.plain('button-key-days', { days: 365 }), `✓ ${say('button-key-endless')}`],
    [1, 7, 30].map((days) => texts.plain('button-numbers', { days })),
    [say('button-numbers-file'), say('button-access')],
    [texts.plain('button-broadcast-send', { count: 1_000_000 })],
    [texts.plain('button-broadcast-open', { at: new Date('2026-12-31T23:59:00Z') })],
    [say('button-budget'), say('button-access')],
    [say('button-allow'), say('button-refuse')],
    [1, 5, 20].map((uses) => texts.plain('button-make-link', { uses })),
    [texts.plain('button-end-link', { code: 'WMWMWMWMWM' })],
    ...admissionStates.map((state) => [texts.plain(`button-admissions-${state}`, { count: 1000 })]),
    [`${say('button-use-as-prompt')} · 200`],
    [`${say('button-words-alone')} · 200`],
    [say('button-gallery-months'), say('button-back')],
    [say('button-favourite'), say('button-select')],
    [texts.plain('button-photos-warned', { count: 20 }), say('button-photos-all')],
    [say('button-photo-keep'), say('button-photo-remove')],
    [say('button-photo-before'), say('button-photo-next')],
    [say('button-export-lora'), say('button-delete')],
  ];
}

it.each(languages)(
  'in %s every label is whole on a phone, and no button is an icon alone',
  {
    timeout: 600_000,
  },
  async (language) => {
    const texts = loadTexts()(language);
    const url = await aProduct({ SANDBOX_IMAGE_MILLISECONDS: '1500' });
    const chat = await aChat(await aBrowser(), url, phone);
    await expectColourEmoji(chat.page);
    await chat.start();
    const speak = async () => {
      if (language === 'ru') await chat.switchToRussian();
    };
    await speak();
    const measured = await watchLabels(chat.page);

    const patterns = buttonPatterns(language);
    await walk(chat, patterns, speak);
    await showRows(chat.page, [...otherRows(texts), ...operatorRows(texts)]);
    for (const type of avatarTypes)
      await showRows(
        chat.page,
        promptIdeas(type, language).map(({ title }) => [title, title]),
      );

    const labels = await measured();
    const cut = labels.filter(({ isCut }) => isCut);
    expect(cut.map(({ text }) => text)).toEqual([]);
    const wordless = labels.filter(({ text }) => !/[\p{L}\p{N}]/u.test(text));
    expect(wordless.map(({ text }) => text)).toEqual([]);
    const unseen = [...patterns].filter(([, pattern]) => !labels.some(({ text }) => pattern.test(text)));
    expect(unseen.map(([key]) => key)).toEqual([]);
  },
);
