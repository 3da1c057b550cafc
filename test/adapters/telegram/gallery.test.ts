import { Api } from 'grammy';
import { expect, test } from 'vitest';
import yauzl from 'yauzl';
import * as buttons from '../../../src/adapters/telegram/buttons/gallery-buttons.js';
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

const grid = (bot: BotWorld, range: string) =>
  bot.telegram.drive.waitForMessage(
    1,
    ({ caption, photo }) => photo !== undefined && (caption?.includes(range) ?? false),
  );

/** Words instead of a grid, in the newest message. */
const nothing = (bot: BotWorld, words: string) =>
  bot.telegram.drive.waitFor(() => {
    const last = bot.telegram.drive.lastMessage(1);
    return last?.photo === undefined && last?.text?.includes(words) === true && last;
  });

async function opened(bot: BotWorld, range: string): Promise<MessageView> {
  bot.telegram.drive.sendText(1, '/gallery');
  return grid(bot, range);
}

/** Waits until the message has this button, and taps it. */
async function tap(bot: BotWorld, message: MessageView, label: string) {
  const { drive } = bot.telegram;
  await drive.waitForMessage(1, (now) => now.id === message.id && labels(now).includes(label));
  return drive.tap(1, message.id, label);
}

test('a picture whose file is gone has a card that says so, a gap in the grid, and the others are there', async () => {
  const bot = await aBot();
  const [, gone] = await aGallery(bot, 2);
  const [image] = await bot.database.stores.gallery.some(owner, [gone ?? '']);
  await bot.media.removeAll([image?.mediaKey ?? '', image?.thumbnailKey ?? '']);
  const shown = await opened(bot, '1–2 of 2');
  await tap(bot, shown, '1');
  await card(bot, 'no longer have this picture');
  await tap(bot, shown, 'Older ›');
  await card(bot, 'picture 1');
  expect(bot.log.at('error')).toEqual([]);
});

test('a grid of nine: numbers open pictures, both ways, and back to where one was', async () => {
  const bot = await aBot();
  await aGallery(bot, 21);
  const shown = await opened(bot, '1–9 of 21');
  expect(labels(shown)).toEqual([
    ...['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    ...['📅 Go to…', 'Older ›', '☑ Select', '☰ Filter', '🔎 Search'],
  ]);
  await tap(bot, shown, 'Older ›');
  await grid(bot, '10–18 of 21');
  await tap(bot, shown, '2');
  const large = await card(bot, '11 of 21');
  expect(large.caption).toContain('picture 11');
  await tap(bot, shown, 'Older ›');
  await card(bot, '12 of 21');
  await tap(bot, shown, '‹ Newer');
  await card(bot, '11 of 21');
  await tap(bot, shown, '▦ Grid');
  await grid(bot, '10–18 of 21');
  await tap(bot, shown, 'Older ›');
  expect(labels(await grid(bot, '19–21 of 21'))).not.toContain('Older ›');
  await tap(bot, shown, '‹ Newer');
  await grid(bot, '10–18 of 21');
  await tap(bot, shown, '‹ Newer');
  expect(labels(await grid(bot, '1–9 of 21'))).not.toContain('‹ Newer');
  expect(bot.telegram.drive.messages(1)).toHaveLength(2);
});

test('what was composed once is sent by its handle, and anew when Telegram has forgotten it', async () => {
  const bot = await aBot();
  await aGallery(bot, 3);
  const { calls, faults } = bot.telegram;
  const wire = () => JSON.stringify(calls.of('sendPhoto').at(-1)?.parameters);
  const openedTimes = async (times: number) => {
    bot.telegram.drive.sendText(1, '/gallery');
    await expect.poll(() => calls.of('sendPhoto').length).toBe(times);
    return wire();
  };
  expect(await openedTimes(1)).toContain('attach:');
  expect(await openedTimes(2)).not.toContain('attach:');
  const description = 'Bad Request: wrong file identifier/HTTP URL specified';
  faults.add({ method: 'sendPhoto', times: 1, fault: { kind: 'error', code: 400, description } });
  expect(await openedTimes(4)).toContain('attach:');
});

test('filters are named in words, and an empty one has a way out', async () => {
  const bot = await aBot();
  await aGallery(bot, 25);
  await givenAvatar(bot.database.stores, { owner, name: 'Unused' });
  const shown = await opened(bot, '1–9 of 25');
  const filter = async (menu: string, choice: string) => {
    for (const label of ['☰ Filter', menu, choice]) await tap(bot, shown, label);
  };
  await filter('🎚 Preset', 'Fast');
  expect((await grid(bot, '1–9 of 12')).caption).toContain('🔎 Only: Fast');
  await filter('👤 Avatar', 'Unused');
  // In words, in place of the pictures: nothing grey is shown.
  const empty = await nothing(bot, 'Nothing found: Unused · Fast');
  expect(labels(empty)).toEqual(['☰ Filter', '🔎 Search', '✕ Clear filter']);
  const { drive } = bot.telegram;
  expect(drive.messages(1).some(({ photo }) => photo !== undefined)).toBe(false);
  await tap(bot, empty, '☰ Filter');
  await tap(bot, empty, '‹ Back');
  await tap(bot, empty, '✕ Clear filter');
  const all = await grid(bot, '1–9 of 25');
  expect(all.caption).not.toContain('Only');
  await drive.waitFor(() => drive.messages(1).every(({ id }) => id !== empty.id));
  await tap(bot, all, '☰ Filter');
  await tap(bot, all, '❤ Favourites');
  await tap(bot, await nothing(bot, 'Nothing found: favourites'), '✕ Clear filter');
  await grid(bot, '1–9 of 25');
});

test('a search says where it looks, and goes on everywhere', async () => {
  const bot = await aBot();
  await aGallery(bot, 25);
  const { drive } = bot.telegram;
  const other = await givenAvatar(bot.database.stores, { owner, name: 'Max' });
  const job = await givenGeneration(bot.database.stores, {
    ...{ status: 'delivered', owner, avatar: other.id, prompt: 'a harbour' },
  });
  await bot.database.stores.images.add([anImageRow({ generation: job.id, owner })]);
  const shown = await opened(bot, '1–9 of 26');
  for (const label of ['☰ Filter', '👤 Avatar', 'Max']) await tap(bot, shown, label);
  expect((await grid(bot, '1 of 1')).caption).toContain('🔎 Only: Max');
  await tap(bot, shown, '🔎 Search');
  await drive.waitForMessage(1, ({ text }) => text?.includes('I’ll search prompts of Max') ?? false);
  drive.sendText(1, 'PICTURE 25');
  const empty = await nothing(bot, 'Nothing found: “PICTURE 25” in prompts of Max');
  await tap(bot, empty, '🔎 Search everywhere');
  const found = await grid(bot, '“PICTURE 25” in all prompts');
  expect(found.caption).toContain('🔎 Only: ');
  await tap(bot, found, '✕ Clear filter');
  await grid(bot, '1–9 of 26');
});

test('one goes to a month and a day that has pictures', async () => {
  const bot = await aBot();
  const ids = await aGallery(bot, 12);
  const at = (index: number, day: string) =>
    bot.pool.query('update images set created_at = $2 where id = $1', [ids[index], `${day}T12:00:00Z`]);
  for (let index = 0; index < 12; index += 1)
    await at(index, index < 3 ? `2026-01-0${index + 1}` : '2026-02-28');
  const shown = await opened(bot, '1–9 of 12');
  await tap(bot, shown, '📅 Go to…');
  const months = await bot.telegram.drive.waitForMessage(1, (now) => labels(now).includes('Jan 2026'));
  expect(labels(months)).toEqual(['Feb 2026', 'Jan 2026', '‹ Back']);
  await tap(bot, shown, 'Jan 2026');
  const days = await bot.telegram.drive.waitForMessage(1, (now) => labels(now).includes('Jan\u00a02'));
  expect(labels(days)).toEqual(['Jan\u00a03', 'Jan\u00a02', 'Jan\u00a01', '‹ Months', '‹ Back']);
  await tap(bot, shown, 'Jan\u00a02');
  const there = await grid(bot, '11–12 of 12');
  expect(there.caption).toContain('Jan\u00a01, 2026 – Jan\u00a02, 2026');
});

test('the buttons of earlier releases still work', async () => {
  const bot = await aBot();
  const ids = await aGallery(bot, 13);
  const { drive } = bot.telegram;
  const shown = await opened(bot, '1–9 of 13');
  const first = buttons.galleryGridButton.read(
    shown.buttons.flat().find(({ text }) => text === '☑ Select')?.data ?? '',
  );
  const view = first?.view ?? expect.fail();
  const image = ids[1] ?? expect.fail();
  const api = apiOf(bot);
  const old = async (data: string) => {
    await api.editMessageReplyMarkup(1, shown.id, {
      reply_markup: { inline_keyboard: [[{ text: 'old', callback_data: data }]] },
    });
    return drive.tap(1, shown.id, data);
  };
  await old(`gm:${short(view)}:${short(image)}:here`);
  await card(bot, '12 of 13');
  await old(`gM:${short(view)}:${short(image)}:filters`);
  await drive.waitForMessage(1, (now) => labels(now).includes('🎚 Preset'));
  await old(`ga:${short(view)}:${short(image)}`);
  await grid(bot, '10–13 of 13');
  await old(`gJ:${short(view)}`);
  await drive.waitForMessage(1, ({ text }) => text?.includes('Which page') ?? false);
  drive.sendText(1, '9');
  await drive.waitForMessage(1, ({ text }) => text?.includes('Page: 9 is out of range (1–2)') ?? false);
  drive.sendText(1, '2');
  await grid(bot, '11–13 of 13');
});

test('favourites, delete and undo: one stays where one was', async () => {
  const bot = await aBot();
  await aGallery(bot, 3);
  const shown = await opened(bot, '1–3 of 3');
  await tap(bot, shown, '2');
  await tap(bot, shown, '🤍 Favourite');
  await card(bot, '2 of 3 ❤');
  await tap(bot, shown, '🗑 Delete');
  const next = await card(bot, '2 of 2');
  expect(next.caption).toMatch(/^🗑 Deleted\. .*\n2 of 2\n/);
  expect(next.caption).toContain('picture 1');
  await tap(bot, shown, '🗑 Delete');
  const left = await card(bot, '1 of 1');
  expect(left.caption).toContain('picture 3');
  await tap(bot, shown, '↺ Restore');
  expect((await card(bot, '2 of 2')).caption).toContain('picture 1');
  await tap(bot, shown, '🗑 Delete');
  await card(bot, '1 of 1');
  await tap(bot, shown, '🗑 Delete');
  await tap(bot, await nothing(bot, 'Your pictures will appear here'), '↺ Restore');
  expect((await grid(bot, '1 of 1')).caption).not.toContain('Deleted');
});

test('what is deleted goes from the chat, too, if Telegram allows it, and only its owner’s', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive, calls, faults } = bot.telegram;
  for (const prompt of ['a knight', 'a harbour']) {
    drive.sendText(1, prompt);
    await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
    await bot.finish();
  }
  const results = () => drive.messages(1).filter(({ caption }) => caption?.includes('seed') ?? false);
  const [knight, harbour] = results();
  const shown = await opened(bot, '1–2 of 2');
  await tap(bot, shown, '1');
  await tap(bot, shown, '🗑 Delete');
  expect((await card(bot, '1 of 1')).caption).toMatch(/^🗑 Deleted, and in this chat\. /);
  expect(results().map(({ id }) => id)).toEqual([knight?.id]);
  expect(calls.of('deleteMessage').at(-1)?.parameters).toMatchObject({ message_id: harbour?.id });
  // After 48 hours.
  const description = "Bad Request: message can't be deleted for everyone";
  faults.add({ method: 'deleteMessage', fault: { kind: 'error', code: 400, description } });
  await tap(bot, shown, '🗑 Delete');
  await nothing(bot, 'Your pictures will appear here');
  expect(results().map(({ id }) => id)).toEqual([knight?.id]);
  expect(bot.log.at('error')).toEqual([]);
});

test('several are chosen by number: favourites, then deleted and brought back', async () => {
  const bot = await aBot();
  await aGallery(bot, 12);
  const { drive } = bot.telegram;
  const shown = await opened(bot, '1–9 of 12');
  await tap(bot, shown, 'Older ›');
  await grid(bot, '10–12 of 12');
  await tap(bot, shown, '☑ Select');
  await tap(bot, shown, '1');
  await tap(bot, shown, '3');
  await drive.waitForMessage(1, ({ caption }) => caption?.includes('Selected: 2') ?? false);
  await tap(bot, shown, '✓ 3');
  await tap(bot, shown, '2');
  const chosen = await drive.waitForMessage(1, (now) => labels(now).includes('✓ 2'));
  expect(labels(chosen).filter((label) => label.startsWith('✓'))).toEqual(['✓ 1', '✓ 2', '✓ Done']);
  await tap(bot, shown, '🤍 Favourite');
  await tap(bot, shown, '☑ Select');
  await tap(bot, shown, '1');
  await tap(bot, shown, '2');
  await tap(bot, shown, '🗑 Delete (2)');
  // The first of this grid is among the deleted: those that were behind it are shown.
  const after = await grid(bot, '10 of 10');
  expect(after.caption).toMatch(/^🗑 2\u00a0pictures deleted\./);
  await tap(bot, shown, '↺ Restore');
  await grid(bot, '10–12 of 12');
  const query = { owner, filter: { favourites: true }, now: new Date() };
  const favourites = await bot.database.stores.gallery.older(query, 9);
  expect(favourites.map(({ prompt }) => prompt)).toEqual(['picture 3', 'picture 2']);
});

test('no more are chosen than can be changed at once', async () => {
  const bot = await aBot();
  await aGallery(bot, 2);
  const shown = await opened(bot, '1–2 of 2');
  await tap(bot, shown, '☑ Select');
  await bot.pool.query(
    'update gallery_views set selection = array(select gen_random_uuid() from generate_series(1, 100))',
  );
  expect(await tap(bot, shown, '1')).toMatchObject({ show_alert: true });
  const { rows } = await bot.pool.query('select cardinality(selection) as chosen from gallery_views');
  expect(rows).toEqual([{ chosen: 100 }]);
});

test('a second tap on delete leaves the way back that the first one made', async () => {
  const bot = await aBot();
  await aGallery(bot, 4);
  const shown = await opened(bot, '1–4 of 4');
  await tap(bot, shown, '☑ Select');
  await tap(bot, shown, '1');
  await tap(bot, shown, '2');
  await bot.telegram.drive.waitForMessage(1, (now) => labels(now).includes('🗑 Delete (2)'));
  await Promise.all([tap(bot, shown, '🗑 Delete (2)'), tap(bot, shown, '🗑 Delete (2)')]);
  expect(labels(await grid(bot, '1–2 of 2'))).toContain('↺ Restore');
  await tap(bot, shown, '↺ Restore');
  await grid(bot, '1–4 of 4');
});

test('nothing of the gallery answers to somebody else', async () => {
  const bot = await aBot();
  const [image = ''] = await aGallery(bot, 2);
  await aPainter(bot, 2);
  const view = nextUuid();
  const { stores } = bot.database;
  await stores.galleryViews.save(
    { id: view, owner, filter: {}, selection: [image], removed: [image] },
    new Date(),
  );
  const theirs = nextUuid();
  await stores.galleryViews.save(
    { id: theirs, owner: userId('2'), filter: {}, selection: [], removed: [] },
    new Date(),
  );
  const { drive, calls } = bot.telegram;
  drive.start(2);
  /** A client can send any data. */
  const forged = async (data: string) => {
    const keyboard = { inline_keyboard: [[{ text: 'forged', callback_data: data }]] };
    const { message_id } = await apiOf(bot).sendMessage(2, 'forged', { reply_markup: keyboard });
    return drive.tap(2, message_id, data);
  };
  for (const data of [
    buttons.galleryGridButton.data({ view, image: null, move: 'first', select: false }),
    buttons.galleryGridButton.data({ view: theirs, image, move: 'here', select: false }),
    buttons.galleryTickButton.data({ view, image, on: true }),
    buttons.galleryTickButton.data({ view: theirs, image, on: true }),
    buttons.galleryChosenButton.data({ view, image, action: 'delete' }),
    buttons.galleryDatesButton.data({ view, image, month: 0 }),
    buttons.galleryDayButton.data({ view, day: 260101 }),
    buttons.filterWordsOnlyButton.data({ view }),
    buttons.galleryAlbumButton.data({ view: theirs, image }),
    buttons.galleryDeleteButton.data({ view: theirs, image }),
    buttons.galleryZipButton.data({ view }),
  ]) {
    expect(await forged(data), data).toMatchObject({ text: expect.stringMatching(/\S/) });
  }
  await stores.galleryViews.save(
    { id: theirs, owner: userId('2'), filter: {}, selection: [image], removed: [image] },
    new Date(),
  );
  for (const action of ['favour', 'delete', 'restore'] as const)
    await forged(buttons.galleryChosenButton.data({ view: theirs, image: null, action }));
  expect(await stores.galleryViews.findOwned(owner, view)).toMatchObject({ selection: [image] });
  expect(await stores.gallery.some(owner, [image])).toMatchObject([{ favourite: false }]);
  expect(calls.of('sendDocument')).toHaveLength(0);
});

const apiOf = ({ telegram }: BotWorld) => new Api(telegram.token, { apiRoot: telegram.url });

const short = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

test('a card and an original whose handles are forgotten go by their bytes', async () => {
  const bot = await aBot();
  await aGallery(bot, 2);
  const { drive, calls, faults } = bot.telegram;
  const description = 'Bad Request: wrong file identifier/HTTP URL specified';
  const forget = (method: string) =>
    faults.add({ method, times: 1, fault: { kind: 'error', code: 400, description } });
  const wire = (method: string) => JSON.stringify(calls.of(method).at(-1)?.parameters);
  const shown = await opened(bot, '1–2 of 2');
  const openedCard = async (times: number) => {
    await tap(bot, shown, '1');
    await expect.poll(() => calls.of('editMessageMedia').length).toBe(times);
    return wire('editMessageMedia');
  };
  expect(await openedCard(1)).toContain('attach:');
  await tap(bot, shown, '▦ Grid');
  expect(await openedCard(3)).not.toContain('attach:');
  await tap(bot, shown, '▦ Grid');
  await drive.waitForMessage(1, (now) => labels(now).includes('1'));
  forget('editMessageMedia');
  expect(await openedCard(6)).toContain('attach:');

  await tap(bot, shown, '⋯ More');
  expect(labels(await drive.waitForMessage(1, (now) => labels(now).includes('📄 Original')))).toContain(
    '🔁 Again · 5',
  );
  await tap(bot, shown, '📄 Original');
  await expect.poll(() => calls.of('sendDocument').length).toBe(1);
  forget('sendDocument');
  await tap(bot, shown, '📄 Original');
  await expect.poll(() => calls.of('sendDocument').length).toBe(3);
  expect(wire('sendDocument')).toContain('attach:');
});

test('a picture like one of the gallery says first how much changes, and leads back to the card', async () => {
  const bot = await aBot();
  await aGallery(bot, 1);
  const shown = await opened(bot, '1 of 1');
  const { drive } = bot.telegram;
  const offers = (label: string) => drive.waitForMessage(1, (now) => labels(now).includes(label));
  await tap(bot, shown, '1');
  for (const label of ['⋯ More', '🎲 Vary']) await tap(bot, shown, label);
  expect(labels(await offers('A lot · 5'))).toEqual(['A little · 5', 'Medium · 5', 'A lot · 5', '‹ Back']);
  await tap(bot, shown, '‹ Back');
  expect(labels(await offers('🎲 Vary'))).not.toContain('A lot · 5');
  await tap(bot, shown, '‹ Back');
  await offers('▦ Grid');
});

test('a selection comes as a ZIP', async () => {
  const bot = await aBot();
  await aGallery(bot, 3);
  const { drive } = bot.telegram;
  const shown = await opened(bot, '1–3 of 3');
  await tap(bot, shown, '1');
  await tap(bot, shown, '○ Select');
  await tap(bot, shown, '▦ Grid');
  await tap(bot, shown, '☑ Select');
  await tap(bot, shown, '2');
  await tap(bot, shown, '📦 ZIP (2)');
  const file = await drive.waitForMessage(1, ({ document }) => document !== undefined);
  expect(file).toMatchObject({ caption: '2\u00a0pictures', document: { file_name: 'aisha.zip' } });
  const names = await namesIn(await drive.download(file.document?.file_id ?? ''));
  expect(names.sort()).toEqual([
    expect.stringMatching(/^picture-2-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.jpg$/),
    expect.stringMatching(/^picture-3-/),
  ]);
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
  const shown = await opened(bot, '1–2 of 2');
  await tap(bot, shown, '1');
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
