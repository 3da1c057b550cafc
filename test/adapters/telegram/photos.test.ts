import { buffer } from 'node:stream/consumers';
import { Api } from 'grammy';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import yazl from 'yazl';
import { systemClock } from '../../../src/adapters/system/system-clock.js';
import { createTelegramTransport } from '../../../src/adapters/telegram/telegram-transport.js';
import type { PromptAssistant } from '../../../src/application/ports/prompt-assistant.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { type HeifItem, heifFile, heifProperties, partsOf } from '../../support/heif-writer.js';
import { heicFixture, phonePhoto } from '../../support/phone-photo.js';
import { photograph } from '../../support/photographs.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';
import { unseenPhotos, whenArrived } from './arrived.js';

const owner = userId('1');
const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;
const says = (text: string) => (message: MessageView) => message.caption?.includes(text) ?? false;
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);

/** Photos that nobody takes for one another. */
const photos = (count: number, from = 0): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => photograph(600, 700, { seed: from + index + 1 })));

/** From /new to a draft that waits for photos; says whose they are when asked to. */
async function aDraft(
  { telegram: { drive } }: BotWorld,
  { name, consent = false }: { name?: string; consent?: boolean } = {},
): Promise<void> {
  const known = new Set(drive.messages(1).map(({ id }) => id));
  drive.sendText(1, '/new');
  const begin = await drive.waitForMessage(
    1,
    (message) => !known.has(message.id) && has('A new avatar')(message),
  );
  await drive.tap(1, begin.id, '👤 A person');
  await drive.waitForMessage(1, (message) => message.id > begin.id && has('0 of 10\u00a0photos')(message));
  if (name !== undefined) {
    drive.sendText(1, name);
    await drive.waitForMessage(1, (message) => has(name)(message) && has('0 of 10\u00a0photos')(message));
  }
  if (!consent) return;
  const draft = await drive.waitForMessage(1, (message) =>
    labels(message).some((text) => text.includes('It’s me')),
  );
  await drive.tap(1, draft.id, '✅ It’s me, and I’m 18+');
}

const ofBot = ({ telegram: { drive } }: BotWorld) => drive.messages(1).filter(({ from }) => from !== 1);

test('an album of ten, two of them refused, leaves two messages, the one with the buttons last', async () => {
  const clock = new FakeClock(new Date());
  const bot = await aBot({}, { clock });
  const { drive, calls } = bot.telegram;
  await aDraft(bot, { name: 'Ada <TOK>' });
  const [first, ...others] = await photos(9);
  const small = await sharp(first).resize(200, 200).jpeg().toBuffer();
  const sends = () => calls.of('sendMessage').length + calls.of('sendPhoto').length;
  const before = sends();
  await drive.sendAlbum(1, [first as Buffer, small, ...others.slice(0, 7), first as Buffer]);
  await whenArrived(bot, 10, clock);
  const refused = await drive.waitForMessage(1, says('2\u00a0photos didn’t make it'));
  const status = await drive.waitForMessage(
    1,
    (shown) => shown.id > refused.id && has('8 of 10\u00a0photos')(shown),
  );
  expect(status.text).toContain('Ada <TOK>');
  expect(status.text).toContain('2\u00a0more photos are needed');
  expect(refused.caption).toContain('2 · too small');
  expect(refused.caption).toContain('10 · the same as photo 1');
  // The small one, and the last beside the first.
  const sheet = await sharp(await drive.download(refused.photo?.at(-1)?.file_id ?? '')).metadata();
  expect(sheet.width).toBeGreaterThan(1.8 * (sheet.height ?? 0));
  // That they are being looked at, what was refused, and how it stands; of the first and the last one is left.
  expect(sends() - before).toBe(3);
  await drive.waitFor(() => ofBot(bot).filter(has('Ada')).length === 1);
  expect(drive.messages(1).filter(({ id }) => id >= refused.id)).toEqual([refused, status]);
  expect(drive.messages(1).at(-1)?.id).toBe(status.id);
});

test('albums that race fill the twenty places and no more', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot);
  const [one, two, three] = [await photos(10), await photos(10, 20), await photos(3, 40)];
  await Promise.all([drive.sendAlbum(1, one), drive.sendAlbum(1, two), drive.sendAlbum(1, three)]);
  const status = await drive.waitForMessage(1, has('20\u00a0photos, up to 20'));
  await drive.waitFor(() => ofBot(bot).find(has('you already have 20')));
  const kept = await bot.database.stores.photos.ofOwner(owner);
  expect(kept.filter((photo) => photo.status === 'kept')).toHaveLength(20);
  expect(labels(status)).not.toContain('⏱ Faster or better…');
});

test('files and a ZIP are taken, what is no photo is named, what is too large is said', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot, { consent: true });
  const [one, ...rest] = await photos(10, 60);
  await drive.sendDocument(1, { bytes: one as Buffer, name: 'one.jpg', type: 'image/jpeg' });
  await drive.waitForMessage(1, has('1 of 10\u00a0photos'));
  const zip = new yazl.ZipFile();
  for (const [index, bytes] of rest.entries()) zip.addBuffer(bytes, `folder/${index}.jpg`);
  zip.addBuffer(Buffer.from('not a picture'), 'no<te>.jpg');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  await drive.sendDocument(1, { bytes: Buffer.concat(chunks), name: 'all.zip', type: 'application/zip' });
  const ready = await drive.waitForMessage(1, has('▰ 10\u00a0photos, up to 20'));
  expect(labels(ready)).toContain('⏱ Faster or better…');
  const refused = await drive.waitForMessage(1, has('no<te>.jpg: not a picture'));
  expect(refused.text).toContain('1\u00a0photo didn’t make it');
  const large = Buffer.alloc(20 * 1024 * 1024 + 1);
  await drive.sendDocument(1, { bytes: large, name: 'large.png', type: 'image/png' });
  await drive.waitForMessage(1, has('large.png: larger than 20\u00a0MB'));
});

test('of many that did not make it all is said, also where Telegram takes no such long caption', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot);
  const zip = new yazl.ZipFile();
  for (let number = 0; number < 10; number += 1) {
    const small = await photograph(200, 210, { seed: 500 + number });
    zip.addBuffer(small, `WhatsApp Image 2026-11-27 at 12.33.44 (${number}) of the holidays by the sea.jpeg`);
  }
  zip.end();
  const bytes = await buffer(zip.outputStream);
  await drive.sendDocument(1, { bytes, name: 'all.zip', type: 'application/zip' });
  const refused = await drive.waitForMessage(1, has('10\u00a0photos didn’t make it'));
  for (let number = 0; number < 10; number += 1) expect(refused.text).toContain(`(${number}) of the`);
  expect(drive.messages(1).find(({ id }) => id === refused.id - 1)?.photo).toBeDefined();
});

test('what iPhones send as files is taken: alone, together and in a ZIP; what is broken is named', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot, { consent: true });
  const heic = (bytes: Buffer, name: string) => ({ bytes, name, type: 'image/heic' });
  await drive.sendDocument(1, heic(heicFixture('eight-bit'), 'IMG_0001.HEIC'));
  await drive.waitForMessage(1, has('1 of 10\u00a0photos'));
  const [jpeg] = await photos(1, 300);
  // Apps turn photos into JPEGs and leave them their names.
  await drive.sendFiles(1, [
    heic(jpeg as Buffer, 'IMG_0002.HEIC'),
    heic(phonePhoto(), 'IMG_0003.HEIC'),
    heic(phonePhoto().subarray(0, -60), 'IMG_0004.HEIC'),
  ]);
  const status = await drive.waitForMessage(1, has('2 of 10\u00a0photos'));
  // Plain colours, so it waits for a word.
  expect(status.text).toContain('1\u00a0photo waits');
  const told = await drive.waitForMessage(1, says('3 · IMG_0004.HEIC: the file is damaged'));
  expect(told.caption).toContain('1\u00a0photo needs a look');
  expect(told.caption).toMatch(/2 · (no face|blurred|too little contrast)/);
  const { data, properties } = partsOf(heicFixture('eight-bit'));
  const turned: HeifItem = {
    type: 'hvc1',
    data,
    properties: [...properties, heifProperties.rotation(2)],
  };
  const zip = new yazl.ZipFile();
  zip.addBuffer(heifFile({ items: [turned], primary: 1 }), 'IMG_0005.HEIC');
  zip.end();
  const bytes = await buffer(zip.outputStream);
  await drive.sendDocument(1, { bytes, name: 'iPhone.zip', type: 'application/zip' });
  await drive.waitForMessage(1, has('3 of 10\u00a0photos'));
});

test('what is too large is told with the limit that it met', async () => {
  const bot = await aBot({}, { downloadLimit: 3 * 2 ** 20 });
  const { drive } = bot.telegram;
  await aDraft(bot, { consent: true });
  const bytes = Buffer.alloc(3 * 2 ** 20 + 1);
  await drive.sendDocument(1, { bytes, name: 'large.png', type: 'image/png' });
  await drive.waitForMessage(1, has('large.png: larger than 3\u00a0MB, the most Telegram lets me have'));
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.alloc(20 * 2 ** 20 + 1), 'larger.jpg');
  zip.end();
  await drive.sendDocument(1, {
    bytes: await buffer(zip.outputStream),
    name: 'all.zip',
    type: 'application/zip',
  });
  await drive.waitForMessage(1, has('larger.jpg: larger than 20\u00a0MB, too much for a photo'));
});

test('a doubtful photo is looked at, then kept or removed', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot);
  const blurred = await Promise.all(
    (await photos(2, 80)).map((bytes) => sharp(bytes).blur(12).jpeg().toBuffer()),
  );
  await drive.sendAlbum(1, blurred);
  const status = await drive.waitForMessage(
    1,
    (message) => has('2\u00a0photos wait')(message) && labels(message).includes('⚠ Review (2)'),
  );
  await drive.tap(1, status.id, '⚠ Review (2)');
  const card = await drive.waitForMessage(
    1,
    (message) => !!message.caption?.includes('blurred') && labels(message).includes('🗑 Remove it'),
  );
  const keep = card.buttons.flat().find(({ text }) => text.includes('Keep'))?.data ?? '';
  await Promise.all([drive.tap(1, card.id, keep), drive.tap(1, card.id, keep)]);
  await drive.waitFor(() =>
    drive.messages(1).find(({ id, caption }) => id === card.id && caption?.includes('1 of 1')),
  );
  // Somebody else's tap on the same buttons finds nothing.
  drive.start(2);
  const now = drive.messages(1).find(({ id }) => id === card.id);
  const remove = now?.buttons.flat().find(({ text }) => text.includes('Remove'))?.data ?? '';
  const api = new Api(bot.telegram.token, { apiRoot: bot.telegram.url });
  for (const data of [keep, remove]) {
    const keyboard = { inline_keyboard: [[{ text: 'tap', callback_data: data }]] };
    const forged = await api.sendMessage(2, 'forged', { reply_markup: keyboard });
    expect(await drive.tap(2, forged.message_id, data)).toMatchObject({ show_alert: true });
  }
  expect(await bot.database.stores.photos.ofOwner(owner)).toHaveLength(2);
  await drive.tap(1, card.id, '🗑 Remove it');
  await drive.waitFor(() => !drive.messages(1).some(({ id }) => id === card.id));
  await drive.waitForMessage(1, (message) => has('1 of 10\u00a0photos')(message) && !has('wait')(message));
  expect(await bot.database.stores.photos.ofOwner(owner)).toMatchObject([{ status: 'kept' }]);
});

test('a photo whose file is gone can be taken out, and says so when a face of it is to be chosen', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  const { photos: stored } = bot.database.stores;
  await aDraft(bot);
  const [bytes] = await photos(1, 120);
  await drive.sendPhoto(1, await sharp(bytes).blur(12).jpeg().toBuffer());
  const status = await drive.waitForMessage(1, (message) => labels(message).includes('⚠ Review (1)'));
  const [photo] = await stored.ofOwner(owner);
  if (photo === undefined) throw new Error('no photo was kept');
  await stored.update({ ...photo, warnings: ['several_people'] });
  await drive.tap(1, status.id, '⚠ Review (1)');
  const card = await drive.waitForMessage(1, says('several people'));
  bot.media.files.clear();
  const gone = 'The file of this photo is gone. Please take the photo out and send it again.';
  expect(await drive.tap(1, card.id, '👥 Choose the person')).toMatchObject({ text: gone, show_alert: true });
  expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  await drive.tap(1, status.id, '⚠ Review (1)');
  const again = await drive.waitForMessage(1, says(gone));
  await drive.tap(1, again.id, '🗑 Remove it');
  await drive.waitFor(() => !drive.messages(1).some(({ id }) => id === again.id));
  expect(await stored.ofOwner(owner)).toEqual([]);
});

test('each doubtful photo has its number and one reason; what resembles another is shown beside it', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot);
  const [one, two] = await photos(2, 400);
  const again = await sharp(one).resize(590).jpeg({ quality: 70 }).toBuffer();
  const dark = await sharp(two).blur(12).linear(0.2, 0).jpeg().toBuffer();
  await drive.sendAlbum(1, [one as Buffer, again, dark]);
  const verdicts = await drive.waitForMessage(1, says('2\u00a0photos need a look'));
  // Two photos are looked at side by side: either may be the first.
  const [pair, darkOne] = verdicts.caption?.split('\n').slice(1) ?? [];
  expect(pair).toMatch(/^(2 · almost the same as photo 1|1 · almost the same as photo 2)$/);
  expect(darkOne).toBe('3 · too dark');
  const sizeOf = async ({ photo }: MessageView) => {
    const { width, height } = await sharp(await drive.download(photo?.at(-1)?.file_id ?? '')).metadata();
    return width / height;
  };
  // Two of a pair and one more.
  expect(await sizeOf(verdicts)).toBeGreaterThan(2.7);
  const status = await drive.waitForMessage(1, (message) => labels(message).includes('⚠ Review (2)'));
  // Blurred and too dark, and counted once.
  expect(status.text?.match(/⚠ 1\u00a0photo: .*/g)).toEqual([
    '⚠ 1\u00a0photo: too dark',
    '⚠ 1\u00a0photo: almost the same as another one',
  ]);
  await drive.tap(1, status.id, '⚠ Review (2)');
  const isPair = says('Left: this photo. Right: the one it resembles.');
  const first = await drive.waitForMessage(1, says('1 of 2'));
  // On a busy machine the dark one is looked at before them.
  if (!isPair(first)) await drive.tap(1, first.id, 'Next ›');
  const card = await drive.waitForMessage(1, isPair);
  expect(await sizeOf(card)).toBeGreaterThan(1.8);
  // What resembles none of those here, but one that came before.
  await drive.tap(1, card.id, '🗑 Remove it');
  const onceMore = await sharp(one).resize(570).jpeg({ quality: 75 }).toBuffer();
  await drive.sendPhoto(1, onceMore);
  await drive.waitForMessage(1, says('almost the same as one you sent before'));
});

test('of several drafts the one that was turned to last gets the photos', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot, { name: 'Ada' });
  await aDraft(bot, { name: 'Grace' });
  const [one, two] = await photos(2, 90);
  await drive.sendPhoto(1, one as Buffer);
  const grace = await drive.waitForMessage(
    1,
    (message) => has('Grace')(message) && has('1 of 10\u00a0photos')(message),
  );
  expect(grace.text).toContain('Photos you send now go here');
  await drive.tap(1, grace.id, '⇄ Another avatar');
  const list = await drive.waitForMessage(1, has('Which avatar are the photos for'));
  expect(labels(list)).toEqual(['📸 ✓ Grace', '📸 Ada']);
  await drive.tap(1, list.id, '📸 Ada');
  await drive.sendPhoto(1, two as Buffer);
  await drive.waitForMessage(1, (message) => has('Ada')(message) && has('1 of 10\u00a0photos')(message));
});

test('photos that a restart left lying are taken after it', async () => {
  const bot = await aBot({}, { clock: new FakeClock(new Date()) });
  const { drive } = bot.telegram;
  await aDraft(bot);
  await drive.sendAlbum(1, await photos(3, 100));
  await expect.poll(() => unseenPhotos(bot), { interval: 5 }).toBe(3);
  await bot.transport.stop();
  expect(await unseenPhotos(bot)).toBe(3);
  const another = createTelegramTransport({ ...bot.dependencies, clock: systemClock });
  await another.start();
  try {
    await drive.waitForMessage(1, has('3 of 10\u00a0photos'));
  } finally {
    await another.stop();
  }
});

test('photos whose avatar is gone lead to the others', async () => {
  const clock = new FakeClock(new Date());
  const bot = await aBot({}, { clock });
  const { drive } = bot.telegram;
  await aDraft(bot);
  const { stores } = bot.database;
  const [draft] = await stores.avatars.list(owner);
  await drive.sendAlbum(1, await photos(2, 120));
  await expect.poll(() => unseenPhotos(bot), { interval: 5 }).toBe(2);
  await stores.avatars.remove(owner, draft?.id ?? expect.fail());
  clock.advance(1);
  const told = await drive.waitForMessage(1, has('its avatar is gone'));
  expect(told.buttons.flat().map(({ text }) => text)).toEqual(['📸 My photos']);
  await drive.tap(1, told.id, '📸 My photos');
  await drive.waitForMessage(1, (message) => message.id > told.id && has('Start one')(message));
});

test('photos of a process that was killed before it could answer are no duplicates of themselves', async () => {
  const clock = new FakeClock(new Date());
  const bot = await aBot({}, { clock });
  const { drive } = bot.telegram;
  await aDraft(bot);
  const { addPhotos } = bot.dependencies;
  const execute = addPhotos.execute.bind(addPhotos);
  let stored = 0;
  addPhotos.execute = async (sent, by) => {
    await execute(sent, by);
    stored += 1;
    throw new Error('killed');
  };
  const album = await photos(3, 140);
  await drive.sendAlbum(1, album);
  await whenArrived(bot, 3, clock);
  await expect.poll(() => stored, { interval: 5 }).toBeGreaterThanOrEqual(3);
  await bot.transport.stop();
  addPhotos.execute = execute;
  const another = createTelegramTransport({ ...bot.dependencies, clock: systemClock });
  await another.start();
  try {
    await drive.waitForMessage(1, has('3 of 10\u00a0photos'));
    await drive.sendPhoto(1, album[0] as Buffer);
    const refused = await drive.waitForMessage(1, says('the same as'));
    // Only the one that they sent twice themselves.
    expect(refused.caption).toContain('1\u00a0photo didn’t make it');
    expect(ofBot(bot).filter(says('the same as'))).toHaveLength(1);
    expect(await bot.database.stores.photos.ofOwner(owner)).toHaveLength(3);
  } finally {
    await another.stop();
  }
});

test('a photo without a draft is a prompt, an album begins an avatar', async () => {
  const promptAssistant: PromptAssistant = {
    improve: async (prompt) => prompt,
    describe: async () => 'a lighthouse',
  };
  const bot = await aBot({}, { promptAssistant });
  const { drive } = bot.telegram;
  drive.start(1);
  const [one, two] = await photos(2, 110);
  await drive.sendPhoto(1, one as Buffer);
  const first = await drive.waitForMessage(1, has('which avatar these photos are for'));
  await aPainter(bot);
  await drive.sendPhoto(1, one as Buffer);
  await drive.waitForMessage(1, has('a lighthouse'));
  await drive.sendAlbum(1, [one as Buffer, two as Buffer]);
  const hint = await drive.waitForMessage(
    1,
    (message) => has('which avatar these photos are for')(message) && message.id > first.id,
  );
  expect(labels(hint)).toEqual(['➕ New avatar']);
  await aDraft(bot);
  const draft = await drive.waitForMessage(1, has('0 of 10\u00a0photos'));
  await drive.tap(1, draft.id, '📁 Put aside');
  await drive.waitForMessage(1, has('is put aside'));
  await drive.sendPhoto(1, two as Buffer);
  await drive.waitFor(() => ofBot(bot).filter(has('a lighthouse')).length === 2);
  expect(ofBot(bot).filter(has('which avatar these photos are for'))).toHaveLength(2);
});
