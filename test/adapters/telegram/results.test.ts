import sharp from 'sharp';
import { expect, test } from 'vitest';
import { variationButton } from '../../../src/adapters/telegram/buttons/job-buttons.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, aPicture, type BotWorld, forgedFor } from './a-bot.js';

/** The buttons' labels, row by row. */
const labels = ({ buttons }: MessageView) => buttons.map((row) => row.map(({ text }) => text));
const photos = (bot: BotWorld, person = 1) =>
  bot.telegram.drive.messages(person).filter(({ photo }) => photo !== undefined);

async function aResult(bot: BotWorld, text = 'a knight --seed 7'): Promise<MessageView> {
  const before = photos(bot).length;
  bot.telegram.drive.sendText(1, text);
  await accepted(bot);
  await bot.finish();
  const [result] = photos(bot).slice(before);
  return result ?? expect.fail('there is no result');
}

/** Waits until a job stands in line. */
async function accepted(bot: BotWorld): Promise<void> {
  await expect
    .poll(async () => (await bot.database.stores.generations.list({ status: 'accepted', limit: 9 })).length)
    .toBeGreaterThan(0);
}

test('a result has its buttons, and they work for ever', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  const result = await aResult(bot);
  expect(labels(result)).toEqual([
    ['🔁 Again · 5', '✍ Edit', '🎚 Preset'],
    ['🎲 Vary', '🔍 Enlarge · 10'],
    ['📄 Original', '🤍 Favourite', '🗑 Delete'],
    ['ℹ Info', '🔗 Share'],
  ]);

  await drive.tap(1, result.id, '🔁 Again · 5');
  await accepted(bot);
  await bot.finish();
  const [first, second] = bot.generator.bought;
  expect(first?.order).toMatchObject({ seed: 7, prompt: 'TOK a knight' });
  expect(second?.order).toMatchObject({ ...first?.order, seed: expect.any(Number) });
  expect(second?.order.seed).not.toBe(7);
  expect(photos(bot)).toHaveLength(2);

  await drive.tap(1, result.id, '🎚 Preset');
  const menu = await drive.waitFor(() =>
    drive
      .messages(1)
      .find(({ id, buttons }) => id === result.id && buttons.flat().some(({ text }) => text === 'Fast · 5')),
  );
  expect(labels(menu).flat()).not.toContain('Ultra · 5');
  expect(labels(menu).flat()).not.toContain('Balanced · 5');
  await drive.tap(1, result.id, 'Quality · 5');
  await accepted(bot);
  await bot.finish();
  expect(bot.generator.bought[2]?.order).toMatchObject({ seed: 7, steps: 50 });
  expect(photos(bot)).toHaveLength(3);
  expect(labels(drive.messages(1).find(({ id }) => id === result.id) ?? expect.fail())[0]).toContain(
    '🔁 Again · 5',
  );
});

test('a double tap makes one job', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const result = await aResult(bot);
  await Promise.all([
    bot.telegram.drive.tap(1, result.id, '🔁 Again · 5'),
    bot.telegram.drive.tap(1, result.id, '🔁 Again · 5'),
  ]);
  await bot.finish();
  expect(bot.generator.bought).toHaveLength(2);
});

/** The buttons that the message has as soon as this one is among them. */
const shownWith = async (bot: BotWorld, { id }: MessageView, label: string) =>
  labels(
    await bot.telegram.drive.waitFor(() =>
      bot.telegram.drive
        .messages(1)
        .find((message) => message.id === id && labels(message).flat().includes(label)),
    ),
  );

test('another picture like a result is made from it, for the price on the button', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  const result = await aResult(bot, 'a knight --preset quality --seed 7');
  await drive.tap(1, result.id, '🎲 Vary');
  expect(await shownWith(bot, result, '‹ Back')).toEqual([
    ['A little · 5', 'Medium · 5', 'A lot · 5'],
    ['‹ Back'],
  ]);
  await Promise.all([drive.tap(1, result.id, 'Medium · 5'), drive.tap(1, result.id, 'Medium · 5')]);
  await accepted(bot);
  await bot.finish();
  expect(bot.generator.bought).toHaveLength(2);
  const [first, second] = bot.generator.bought.map(({ order }) => order);
  const [image] = await bot.database.stores.images.ofGeneration(
    (await bot.database.stores.generations.list({ limit: 9 })).at(-1)?.id ?? expect.fail(),
  );
  expect(second).toEqual({
    ...first,
    endpoint: 'fal-ai/flux-lora/image-to-image',
    seed: expect.any(Number),
    source: image?.mediaKey,
    change: 0.7,
  });
  expect(await bot.database.stores.ledger.account(userId('1'))).toEqual({ balance: 90, held: 0 });

  const [, variation] = photos(bot);
  // Another preset would have another size than the picture it starts from.
  expect(labels(variation ?? expect.fail())[0]).toEqual(['🔁 Again · 5', '✍ Edit']);
  await drive.tap(1, variation?.id ?? 0, '🔁 Again · 5');
  await accepted(bot);
  await bot.finish();
  expect(bot.generator.bought[2]?.order).toEqual({ ...second, seed: expect.any(Number) });
  expect(bot.generator.bought[2]?.order.seed).not.toBe(second?.seed);
  await drive.tap(1, result.id, '‹ Back');
  expect((await shownWith(bot, result, '🎲 Vary'))[0]).toEqual(['🔁 Again · 5', '✍ Edit', '🎚 Preset']);
});

test('a picture made with a finetune has no others like it', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { type: 'artistic', model: { kind: 'finetune', id: 'ft-1' } });
  const result = await aResult(bot);
  expect(labels(result)).toEqual([
    ['🔁 Again · 5', '✍ Edit', '🎚 Preset'],
    ['🔍 Enlarge · 10'],
    ['📄 Original', '🤍 Favourite', '🗑 Delete'],
    ['ℹ Info', '🔗 Share'],
  ]);
});

test('edit opens the screen with everything of the picture in it', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { name: 'Ada' });
  const { drive } = bot.telegram;
  const result = await aResult(bot, 'a knight --preset quality --ar 3:4 --n 1 --steps 44 --seed 7');
  await drive.tap(1, result.id, '✍ Edit');
  const screen = await drive.waitForMessage(1, ({ text }) => text?.includes('A new picture') ?? false);
  for (const part of ['Ada', 'Quality', '3:4', 'Seed: 7', 'Steps: 44', 'a knight'])
    expect(screen.text).toContain(part);
  expect(bot.generator.bought).toHaveLength(1);
  await drive.tap(1, screen.id, '🎨 Generate · 5\u00a0credits · ~40\u00a0s');
  await accepted(bot);
  await bot.finish();
  expect(bot.generator.bought[1]?.order).toEqual(bot.generator.bought[0]?.order);
});

test('edit of a picture like another one starts from the same picture, and says when that is gone', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  const result = await aResult(bot, 'a knight');
  await drive.tap(1, result.id, '🎲 Vary');
  await shownWith(bot, result, '‹ Back');
  await drive.tap(1, result.id, 'A lot · 5');
  await accepted(bot);
  await bot.finish();
  const [, variation] = photos(bot);
  const order = bot.generator.bought[1]?.order;
  await drive.tap(1, variation?.id ?? 0, '✍ Edit');
  const says = (part: string) => drive.waitForMessage(1, ({ text }) => text?.includes(part) ?? false);
  const screen = await says('Made from your earlier picture. Change: a lot');
  expect(labels(screen).flat()).not.toContain('🎚 Preset');
  const [shown] = await bot.database.stores.generations.list({ limit: 9 }).then((jobs) => jobs.slice(-1));
  const [image] = await bot.database.stores.images.ofGeneration(shown?.id ?? expect.fail());
  const owner = userId('1');
  await bot.database.stores.gallery.remove(owner, [image?.id ?? ''], new Date());
  const button = labels(screen)
    .flat()
    .find((label) => label.startsWith('🎨 Generate'));
  expect(await drive.tap(1, screen.id, button ?? '')).toMatchObject({
    text: expect.stringContaining('nothing was charged'),
  });
  expect(bot.generator.bought).toHaveLength(2);
  const without = await shownWith(bot, screen, '🎚 Preset');
  expect(without.flat()).toContain(button);
  await bot.database.stores.gallery.restore(owner, [image?.id ?? '']);
  await drive.tap(1, variation?.id ?? 0, '✍ Edit');
  const again = await drive.waitForMessage(
    1,
    ({ id, text }) => id > screen.id && (text?.includes('Made from') ?? false),
  );
  await drive.tap(1, again.id, button ?? '');
  await accepted(bot);
  await bot.finish();
  expect(bot.generator.bought[2]?.order).toEqual(order);
});

test('favourite, delete and undo', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  const result = await aResult(bot);
  const shown = () => labels(drive.messages(1).find(({ id }) => id === result.id) ?? expect.fail()).flat();

  expect(await drive.tap(1, result.id, '🤍 Favourite')).toMatchObject({ text: 'Added to favourites' });
  await drive.waitFor(() => shown().includes('❤ Favourite'));
  expect(await drive.tap(1, result.id, '🗑 Delete')).toMatchObject({
    text: expect.stringContaining('Deleted'),
  });
  const deleted = await drive.waitForMessage(1, ({ text }) => text?.startsWith('🗑 Deleted') ?? false);
  expect(deleted.text).toContain('and in this chat');
  // Telegram let it go from the chat.
  expect(photos(bot)).toEqual([]);
  const query = { owner: userId('1'), filter: {}, now: new Date() };
  expect(await bot.database.stores.gallery.count(query)).toMatchObject({ total: 0 });
  await drive.tap(1, deleted.id, '↺ Restore');
  const back = await drive.waitFor(() => photos(bot)[0]);
  expect(back).toMatchObject({ caption: result.caption, photo: result.photo });
  expect(labels(back).flat()).toContain('❤ Favourite');
  await drive.waitFor(() => drive.messages(1).every(({ id }) => id !== deleted.id));
  expect(await bot.database.stores.gallery.count(query)).toMatchObject({ total: 1 });
});

test('what Telegram no longer deletes keeps its place, and can be restored there', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive, faults } = bot.telegram;
  const result = await aResult(bot);
  const shown = () => labels(photos(bot)[0] ?? expect.fail()).flat();
  const description = "Bad Request: message can't be deleted for everyone";
  const refused = { method: 'deleteMessage', fault: { kind: 'error', code: 400, description } } as const;
  faults.add(refused);
  faults.add(refused);
  const before = drive.messages(1).length;
  await drive.tap(1, result.id, '🗑 Delete');
  await drive.waitFor(() => shown().length === 1);
  expect(drive.messages(1)).toHaveLength(before);
  await drive.tap(1, result.id, '↺ Restore');
  await drive.waitFor(() => shown().includes('🗑 Delete'));
});

test('a picture that a chat shows smaller than it is comes as a file, too, with every byte', async () => {
  const bot = await aBot();
  await aPainter(bot);
  bot.serve(await aPicture(2048, 2048));
  bot.telegram.drive.sendText(1, 'a knight');
  await bot.telegram.drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
  await bot.finish();
  const [photo, file, ...more] = bot.telegram.drive
    .messages(1)
    .filter((message) => (message.photo ?? message.document) !== undefined);
  expect([photo?.photo, file?.photo, more]).toEqual([expect.anything(), undefined, []]);
  expect(photo?.buttons.flat().map(({ text }) => text)).toContain('🔍 Enlarge · 40');
  const [image] = await bot.database.stores.images.ofGeneration(
    (await bot.database.stores.generations.list({ limit: 1 }))[0]?.id ?? expect.fail(),
  );
  expect(file?.document?.file_size).toBe(image?.bytes);
});

test('the original comes as a file, and by its handle the second time', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive, calls } = bot.telegram;
  bot.serve(await aPicture(1360, 1024));
  const result = await aResult(bot);

  await drive.tap(1, result.id, '📄 Original');
  const file = await drive.waitForMessage(1, ({ document }) => document !== undefined);
  const bytes = await drive.download(file.document?.file_id ?? '');
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 1360, height: 1024 });
  expect(file.replyTo).toBe(result.id);
  const { generations, images, sentFiles } = bot.database.stores;
  const [generation] = await generations.list({ limit: 1 });
  const [image] = await images.ofGeneration(generation?.id ?? expect.fail());
  // The handle comes with Telegram's answer, a moment after the file.
  const handles = () =>
    sentFiles.handles(`telegram:${bot.telegram.token.split(':')[0]}`, 'document', [image?.id ?? '']);
  await expect.poll(async () => (await handles()).size).toBe(1);
  await drive.tap(1, result.id, '📄 Original');
  await drive.waitFor(() => calls.of('sendDocument').length === 2);
  expect(calls.of('sendDocument')[1]?.parameters.document).toEqual(file.document?.file_id);
});

test('info tells everything, with names that look like markup', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { name: '<b>Ada & *co*', trigger: '<TOK>' });
  const result = await aResult(bot, 'a <knight> & a _horse_ --seed 7');
  expect(result.caption).toContain('<b>Ada & *co*');

  await bot.telegram.drive.tap(1, result.id, 'ℹ Info');
  const { text, buttons } = await bot.telegram.drive.waitForMessage(
    1,
    (message) => message.text?.includes('About') ?? false,
  );
  expect(buttons).toEqual([
    [
      { text: '📋 Copy prompt', copies: 'a <knight> & a _horse_' },
      { text: '📋 Copy seed', copies: '42' },
    ],
  ]);
  for (const part of [
    'Avatar: <b>Ada & *co*',
    'fal-ai/flux-lora',
    'Seed: 42',
    '1024 × 1024',
    'Steps: 28',
    'Prompt: a <knight> & a _horse_',
    'With the trigger word, which calls your avatar: <TOK> a <knight>',
    '5\u00a0credits',
  ])
    expect(text).toContain(part);
});

test('a prompt that is too long for a button is a block to copy', async () => {
  const bot = await aBot();
  await aPainter(bot);
  // 256 characters fit, whatever they take in UTF-16.
  for (const [length, copied] of [
    [256, ['📋 Copy prompt', '📋 Copy seed']],
    [257, ['📋 Copy seed']],
  ] as const) {
    const prompt = `a lynx ${'🐈'.repeat(length - 7)}`;
    const { drive } = bot.telegram;
    drive.sendText(1, prompt);
    await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
    await bot.finish();
    const result = photos(bot).at(-1) ?? expect.fail();
    await drive.tap(1, result.id, 'ℹ Info');
    const about = await drive.waitForMessage(
      1,
      ({ id, text = '' }) => id > result.id && text.includes('About'),
    );
    expect(labels(about)).toEqual([copied]);
    expect(about.entities.some(({ type }) => type === 'pre')).toBe(length > 256);
    expect(about.text).toContain(prompt);
  }
});

test('what deletes is red', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const result = await aResult(bot);
  const red = result.buttons.flat().filter(({ style }) => style === 'danger');
  expect(red.map(({ text }) => text)).toEqual(['🗑 Delete']);
});

test('an upscale is a job of its own at its own price', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const result = await aResult(bot);
  await bot.telegram.drive.tap(1, result.id, '🔍 Enlarge · 10');
  await accepted(bot);
  await bot.finish();
  expect(bot.generator.bought[1]?.order).toMatchObject({ endpoint: 'fal-ai/clarity-upscaler', factor: 2 });
  const [, large] = photos(bot);
  expect(labels(large ?? expect.fail())).toEqual([['📄 Original', '🤍 Favourite', '🗑 Delete'], ['ℹ Info']]);
  expect(large?.caption).toMatch(/^Enlarged ×2 · Ada · 10\u00a0credits · \d+\u00a0seconds?$/);
  expect(await bot.database.stores.ledger.account(userId('1'))).toEqual({ balance: 85, held: 0 });
});

test('several pictures come as an album with one message of buttons under it', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  await aResult(bot, 'a knight --n 4');
  expect(photos(bot)).toHaveLength(4);
  expect(new Set(photos(bot).map(({ albumId }) => albumId)).size).toBe(1);
  const under = drive.lastMessage(1) ?? expect.fail();
  expect(under.text).toMatch(/^4\u00a0pictures · 1024 × 1024\u00a0px\n/);
  expect(under.replyTo).toBe(photos(bot)[0]?.id);
  expect(labels(under)).toEqual([
    ['🔁 Again · 20', '✍ Edit', '🎚 Preset'],
    ['🖼 1', '🖼 2', '🖼 3', '🖼 4'],
    ['📄 All originals'],
    ['ℹ Info', '🔗 Share'],
  ]);
  await drive.tap(1, under.id, '🖼 3');
  const picked = await drive.waitFor(() => {
    const message = drive.lastMessage(1);
    return message?.buttons.flat().some(({ text }) => text === '📄 Original') ? message : undefined;
  });
  const shown = () => labels(drive.messages(1).find(({ id }) => id === under.id) ?? expect.fail());
  expect(shown()[0]).toEqual(['🖼 1', '🖼 2', '✓ 3', '🖼 4']);
  await drive.tap(1, picked.id, '🤍 Favourite');
  await drive.waitFor(() => shown().flat().includes('❤ Favourite'));
  await drive.tap(1, picked.id, '🎲 Vary');
  await drive.waitFor(() => shown().flat().includes('A lot · 5'));
  await drive.tap(1, picked.id, 'A lot · 5');
  await accepted(bot);
  await bot.submit();
  const [job] = await bot.database.stores.generations.list({ status: 'delivered', limit: 1 });
  const images = await bot.database.stores.images.ofGeneration(job?.id ?? expect.fail());
  expect(bot.generator.bought[1]?.order).toMatchObject({
    source: images[2]?.mediaKey,
    change: 0.9,
    count: 1,
  });
  await drive.tap(1, picked.id, '‹ Back');
  await drive.waitFor(() => shown().flat().includes('❤ Favourite'));
  await drive.tap(1, picked.id, '‹ Back');
  await drive.waitFor(() => shown().flat().includes('🖼 3'));

  await drive.tap(1, picked.id, '🖼 2');
  await drive.waitFor(() => shown().flat().includes('✓ 2'));
  await drive.tap(1, picked.id, '🗑 Delete');
  await drive.waitFor(() => shown().flat().includes('↺ Restore'));
  await drive.tap(1, picked.id, '‹ Back');
  await drive.waitFor(() => shown().flat().includes('🔁 Again · 20'));
  expect(shown()[1]).toEqual(['🖼 1', '🖼 3', '🖼 4']);
});

test('a picture of an album that is restored is in the chat again, and among all originals', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  await aResult(bot, 'a knight --n 3');
  const album = await drive.waitForMessage(1, (message) =>
    labels(message).flat().includes('📄 All originals'),
  );
  const before = labels(album);
  const shown = () => labels(drive.messages(1).find(({ id }) => id === album.id) ?? expect.fail()).flat();
  const taps = async (label: string) => {
    await drive.waitFor(() => shown().includes(label));
    await drive.tap(1, album.id, label);
  };
  for (const label of ['🖼 2', '🗑 Delete']) await taps(label);
  await drive.waitFor(() => photos(bot).length === 2);
  await taps('↺ Restore');
  await drive.waitFor(() => photos(bot).length === 3);
  await drive.waitFor(() => shown().join() === before.flat().join());
  await taps('📄 All originals');
  await drive.waitFor(() => drive.messages(1).filter(({ document }) => document !== undefined).length === 3);
});

test('what belongs to someone else is not found', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aPainter(bot, 2);
  const result = await aResult(bot);
  const { drive } = bot.telegram;
  const [generation] = await bot.database.stores.generations.list({ limit: 1 });
  const [image] = await bot.database.stores.images.ofGeneration(generation?.id ?? expect.fail());
  const owners = [
    ...result.buttons.flat().map(({ data }) => data ?? ''),
    variationButton.data({ image: image?.id ?? '', change: 'more', credits: null }),
  ];
  const forged = await forgedFor(bot, 2, owners);
  for (const data of owners) {
    const answer = await drive.tap(2, forged, data);
    expect(answer, data).toMatchObject({
      text: expect.stringContaining('Этого больше нет'),
      show_alert: true,
    });
  }
  expect(bot.generator.bought).toHaveLength(1);
  expect(photos(bot, 2)).toEqual([]);
});

test('a recipe opens the same prompt and settings with the opener’s own avatar', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { name: 'Ada', trigger: 'ADA' });
  await aPainter(bot, 2, { name: 'Grace', trigger: 'GRACE' });
  const { drive } = bot.telegram;
  const result = await aResult(bot, 'a knight --preset quality --seed 7 --ar 3:4 --strength 0.5');
  await drive.tap(1, result.id, '🔗 Share');
  const shared = await drive.waitForMessage(1, ({ text }) => text?.includes('t.me') ?? false);
  const payload = /start=(\S+)/.exec(shared.text ?? '')?.[1] ?? expect.fail();

  drive.speak(2, 'en');
  drive.start(2, payload);
  const screen = await drive.waitForMessage(2, ({ text }) => text?.includes('A new picture') ?? false);
  expect(screen.text).toContain('Grace');
  expect(screen.text).toContain('a knight');
  expect(screen.text).not.toContain('Ada');
  await drive.tap(2, screen.id, '🎨 Generate · 5\u00a0credits · ~40\u00a0s');
  await accepted(bot);
  await bot.finish();
  const order = bot.generator.bought[1]?.order;
  expect(order).toMatchObject({ prompt: 'GRACE a knight', seed: 7, steps: 50, imageSize: 'portrait_4_3' });
  expect(order).toMatchObject({ loras: [{ scale: 1.2 }] });
  expect(photos(bot, 2)).toHaveLength(1);
  expect(photos(bot, 1)).toHaveLength(1);
});

test('all originals of an album come at one tap, named and with their size, and not to somebody else', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive, calls } = bot.telegram;
  drive.sendText(1, 'at dawn --n 3');
  await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
  await bot.finish();
  const album = await drive.waitForMessage(1, (message) =>
    labels(message).flat().includes('📄 All originals'),
  );
  await drive.tap(1, album.id, '📄 All originals');
  await drive.waitFor(() => drive.messages(1).filter(({ document }) => document !== undefined).length === 3);
  for (const { document, caption } of drive.messages(1).filter(({ document }) => document !== undefined)) {
    expect(document?.file_name).toMatch(/^at-dawn-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.jpg$/);
    expect(caption).toMatch(/^📄 1024 × 1024\u00a0px · [\d.]+\u00a0MB$/);
  }
  await aPainter(bot, 2);
  drive.start(2);
  const { Api } = await import('grammy');
  const data = album.buttons.flat().find(({ text }) => text === '📄 All originals')?.data ?? '';
  const forged = await new Api(bot.telegram.token, { apiRoot: bot.telegram.url }).sendMessage(2, 'forged', {
    reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: data }]] },
  });
  expect(await drive.tap(2, forged.message_id, data)).toMatchObject({ show_alert: true });
  expect(calls.of('sendDocument')).toHaveLength(3);
});
