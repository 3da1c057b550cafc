import { expect, test } from 'vitest';
import yauzl from 'yauzl';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { givenAvatar, givenGeneration } from '../../support/builders/given.js';
import { nextUuid } from '../../support/builders/ids.js';
import { aBot, aPainter, aPicture, type BotWorld } from './a-bot.js';

const owner = userId('1');
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);

/** Pictures of the main avatar, oldest first, one a minute; prompts `picture 1`, `picture 2`, … */
async function aGallery(bot: BotWorld, count: number): Promise<string[]> {
  const avatar = await aPainter(bot);
  const bytes = await aPicture(64, 64);
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const preset = number % 2 === 0 ? ('fast' as const) : ('balanced' as const);
    const prompt = `picture ${number}`;
    const job = await givenGeneration(bot.database.stores, {
      status: 'delivered',
      owner,
      avatar: avatar.id,
      preset,
      prompt,
    });
    const stored = await bot.media.saveImage(
      `images/${nextUuid()}`,
      (async function* () {
        yield bytes;
      })(),
    );
    const createdAt = new Date(Date.now() - (count - number) * 60_000);
    const image = anImageRow({ ...stored, generation: job.id, owner, createdAt });
    await bot.database.stores.images.add([image]);
    ids.push(image.id);
  }
  return ids;
}

const card = (bot: BotWorld, shows: string) =>
  bot.telegram.drive.waitForMessage(1, ({ caption }) => caption?.includes(shows) ?? false);

test('a picture whose file is gone has a card that says so, and the others are there', async () => {
  const bot = await aBot();
  const [, gone] = await aGallery(bot, 2);
  const image = await bot.database.stores.gallery.some(owner, [gone ?? '']);
  await bot.media.remove(image[0]?.mediaKey ?? '');
  bot.telegram.drive.sendText(1, '/gallery');
  const shown = await card(bot, 'no longer have this picture');
  expect(shown.photo).toBeDefined();
  await bot.telegram.drive.tap(1, shown.id, labels(shown).find((label) => /▶|›|→|Older/.test(label)) ?? '');
  await card(bot, 'picture 1');
});

test('one card at a time, both ways, and back to the newest', async () => {
  const bot = await aBot();
  await aGallery(bot, 3);
  const { drive } = bot.telegram;
  drive.sendText(1, '/gallery');
  let shown = await card(bot, '1 of 3');
  expect(shown.caption).toContain('picture 3');
  expect(labels(shown)).not.toContain('‹ Newer');
  await drive.tap(1, shown.id, 'Older ›');
  shown = await card(bot, '2 of 3');
  expect(shown.caption).toContain('picture 2');
  await drive.tap(1, shown.id, 'Older ›');
  shown = await card(bot, '3 of 3');
  expect(labels(shown)).not.toContain('Older ›');
  await drive.tap(1, shown.id, '‹ Newer');
  shown = await card(bot, '2 of 3');
  await drive.tap(1, shown.id, '« Newest');
  await card(bot, '1 of 3');
  expect(drive.messages(1)).toHaveLength(2);
});

test('filters, search and a jump to a page', async () => {
  const bot = await aBot();
  await aGallery(bot, 25);
  await givenAvatar(bot.database.stores, { owner, name: 'Unused' });
  const { drive } = bot.telegram;
  drive.sendText(1, '/gallery');
  let shown = await card(bot, '1 of 25');

  const filter = async (menu: string, choice: string) => {
    await drive.tap(1, shown.id, '☰ Filter');
    await drive.waitForMessage(1, (now) => labels(now).includes(menu));
    await drive.tap(1, shown.id, menu);
    await drive.waitForMessage(1, (now) => labels(now).includes(choice));
    return drive.tap(1, shown.id, choice);
  };
  await filter('🎚 Preset', 'Fast');
  shown = await card(bot, '1 of 12');
  expect(shown.caption).toContain('🔎 Fast');
  expect(await filter('👤 Avatar', 'Unused')).toMatchObject({
    text: expect.stringContaining('Nothing in your gallery'),
  });
  await drive.tap(1, shown.id, '‹ Back');
  await drive.waitForMessage(1, (now) => labels(now).includes('☰ Filter'));
  await drive.tap(1, shown.id, '☰ Filter');
  await drive.waitForMessage(1, (now) => labels(now).includes('Clear'));
  await drive.tap(1, shown.id, '🎚 Preset');
  await drive.waitForMessage(1, (now) => labels(now).includes('✓ Fast'));
  await drive.tap(1, shown.id, '‹ Back');
  await drive.waitForMessage(1, (now) => labels(now).includes('☰ Filter'));
  await drive.tap(1, shown.id, '☰ Filter');
  await drive.waitForMessage(1, (now) => labels(now).includes('Clear'));
  await drive.tap(1, shown.id, 'Clear');
  shown = await card(bot, '1 of 25');
  await drive.tap(1, shown.id, '☰ Filter');
  const filters = await drive.waitForMessage(1, (now) => labels(now).includes('❤ Favourites'));
  expect(labels(filters)).not.toContain('Clear');
  await drive.tap(1, shown.id, '‹ Back');
  await drive.waitForMessage(1, (now) => labels(now).includes('# Page'));

  await drive.tap(1, shown.id, '# Page');
  await drive.waitForMessage(1, ({ text }) => text?.includes('Which page') ?? false);
  drive.sendText(1, '9');
  await drive.waitForMessage(
    1,
    ({ text }) => text?.includes('Page: 9 is out of range. Possible: 1-3') ?? false,
  );
  drive.sendText(1, '3');
  shown = await card(bot, '21 of 25');

  await drive.tap(1, shown.id, '🔎 Search');
  await drive.waitForMessage(1, ({ text }) => text?.includes('Which words') ?? false);
  drive.sendText(1, 'PICTURE 25');
  shown = await card(bot, '1 of 1');
  expect(shown.caption).toContain('“PICTURE 25”');
});

test('favourites, delete and undo', async () => {
  const bot = await aBot();
  await aGallery(bot, 2);
  const { drive } = bot.telegram;
  drive.sendText(1, '/gallery');
  const shown = await card(bot, '1 of 2');
  await drive.tap(1, shown.id, '🤍');
  await card(bot, '1 of 2 ❤');
  await drive.tap(1, shown.id, '🗑 Delete');
  await card(bot, 'Deleted');
  await drive.tap(1, shown.id, '↺ Bring it back');
  await card(bot, '1 of 2 ❤');
  await drive.tap(1, shown.id, '🗑 Delete');
  await card(bot, 'Deleted');
  await drive.tap(1, shown.id, '« Newest');
  await card(bot, '1 of 1');
});

test('ten at once as an album, page after page', async () => {
  const bot = await aBot();
  await aGallery(bot, 13);
  const { drive, calls } = bot.telegram;
  drive.sendText(1, '/gallery');
  const shown = await card(bot, '1 of 13');
  await drive.tap(1, shown.id, '▦ Ten at once');
  const page = await drive.waitForMessage(1, ({ text }) => text === '1–10 of 13');
  expect(drive.messages(1).filter(({ albumId }) => albumId !== undefined)).toHaveLength(10);
  await drive.tap(1, page.id, 'Next ten ›');
  await drive.waitForMessage(1, ({ text }) => text === '11–13 of 13');
  expect(calls.of('sendMediaGroup')).toHaveLength(2);
});

test('a card, an album and an original whose handles are forgotten go by their bytes', async () => {
  const bot = await aBot();
  await aGallery(bot, 2);
  const { drive, calls, faults } = bot.telegram;
  const description = 'Bad Request: wrong file identifier/HTTP URL specified';
  const forget = (method: string) =>
    faults.add({ method, times: 1, fault: { kind: 'error', code: 400, description } });
  const wire = (method: string) => JSON.stringify(calls.of(method).at(-1)?.parameters);
  drive.sendText(1, '/gallery');
  await card(bot, '1 of 2');
  drive.sendText(1, '/gallery');
  await expect.poll(() => calls.of('sendPhoto').length).toBe(2);
  expect(wire('sendPhoto')).not.toContain('attach:');
  forget('sendPhoto');
  drive.sendText(1, '/gallery');
  await expect.poll(() => calls.of('sendPhoto').length).toBe(4);
  expect(wire('sendPhoto')).toContain('attach:');

  const shown = await card(bot, '1 of 2');
  forget('sendMediaGroup');
  await drive.tap(1, shown.id, '▦ Ten at once');
  await drive.waitForMessage(1, ({ text }) => text === '1–2 of 2');
  expect(calls.of('sendMediaGroup')).toHaveLength(2);
  await drive.tap(1, shown.id, '▦ Ten at once');
  await expect.poll(() => calls.of('sendMediaGroup').length).toBe(3);
  expect(wire('sendMediaGroup')).not.toContain('attach:');

  await drive.tap(1, shown.id, '⋯ More');
  await drive.waitForMessage(1, (now) => labels(now).includes('📄 Original'));
  await drive.tap(1, shown.id, '📄 Original');
  await expect.poll(() => calls.of('sendDocument').length).toBe(1);
  forget('sendDocument');
  await drive.tap(1, shown.id, '📄 Original');
  await expect.poll(() => calls.of('sendDocument').length).toBe(3);
  expect(wire('sendDocument')).toContain('attach:');
});

test('a selection comes as a ZIP', async () => {
  const bot = await aBot();
  await aGallery(bot, 3);
  const { drive } = bot.telegram;
  drive.sendText(1, '/gallery');
  const shown = await card(bot, '1 of 3');
  await drive.tap(1, shown.id, '○ Pick');
  await drive.waitForMessage(1, (now) => labels(now).includes('📦 ZIP (1)'));
  await drive.tap(1, shown.id, 'Older ›');
  await card(bot, '2 of 3');
  await drive.tap(1, shown.id, '○ Pick');
  await drive.waitForMessage(1, (now) => labels(now).includes('📦 ZIP (2)'));
  await drive.tap(1, shown.id, '📦 ZIP (2)');
  const file = await drive.waitForMessage(1, ({ document }) => document !== undefined);
  expect(file).toMatchObject({ caption: '2 pictures', document: { file_name: 'aisha.zip' } });
  expect(await namesIn(await drive.download(file.document?.file_id ?? ''))).toHaveLength(2);
});

function namesIn(bytes: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, (error, zip) => {
      if (error) return reject(error);
      const names: string[] = [];
      zip.on('entry', ({ fileName }) => names.push(fileName));
      zip.on('end', () => resolve(names));
    });
  });
}

test('inline mode offers one’s own pictures that Telegram has', async () => {
  const bot = await aBot();
  const ids = await aGallery(bot, 2);
  const { drive } = bot.telegram;
  drive.sendText(1, '/gallery');
  await card(bot, '1 of 2');
  const ask = async (person: number, query: string) => {
    const answer = await drive.inlineQuery(person, query);
    return answer === 'unanswered' ? expect.fail('no answer') : answer;
  };
  expect((await ask(1, '')).results.map(({ id }) => id)).toEqual([ids[1]]);
  expect((await ask(1, 'picture 2')).results.map(({ id }) => id)).toEqual([ids[1]]);
  expect((await ask(1, 'nothing')).results).toEqual([]);
  expect((await ask(2, '')).results).toEqual([]);
});
