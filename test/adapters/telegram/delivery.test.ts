import sharp from 'sharp';
import { expect, test } from 'vitest';
import { fitsAsPhoto } from '../../../src/adapters/telegram/delivery/results/photo-rules.js';
import { createTelegramTransport } from '../../../src/adapters/telegram/telegram-transport.js';
import { systemTiming } from '../../../src/adapters/telegram/timing.js';
import { StaleWrite } from '../../../src/application/ports/stores/jobs/leases.js';
import { DeliveryDelayed, type Notification } from '../../../src/application/ports/transport.js';
import { delivered } from '../../../src/domain/generation/generation-transitions.js';
import { userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { aBot, aPainter, aPicture, type BotWorld } from './a-bot.js';

async function aJob(bot: BotWorld, text = 'a knight'): Promise<void> {
  bot.telegram.drive.sendText(1, text);
  await bot.telegram.drive.waitForMessage(1, (message) => message.text?.includes('Starting') ?? false);
  const { generations, jobMessages } = bot.database.stores;
  const [job] = await generations.list({ limit: 1 });
  // Telegram shows the message before the bot has written down which one it is.
  await expect.poll(() => jobMessages.find(job?.id ?? expect.fail())).not.toBeNull();
  await bot.submit();
}

/** Lets everything end and brings it home without handing it over. */
async function notificationOf(bot: BotWorld): Promise<Extract<Notification, { kind: 'result' }>> {
  const remove = bot.telegram.faults.add({ fault: { kind: 'bad_gateway' } });
  await bot.finish();
  remove();
  const [generation] = await bot.database.stores.generations.list({ status: 'collected', limit: 1 });
  if (generation?.status !== 'collected') return expect.fail('nothing was collected');
  const images = await bot.database.stores.images.ofGeneration(generation.id);
  return { kind: 'result', generation, images, avatar: null, companion: null };
}

/** As the job that delivers does. */
async function handOver(bot: BotWorld, notification: Notification) {
  const report = await bot.transport.deliver(notification);
  if (report.kind === 'sent') {
    report.written?.(true);
    await report.tidyUp?.();
  }
  return report.kind;
}

const photos = (bot: BotWorld) => bot.telegram.drive.messages(1).filter(({ photo }) => photo !== undefined);

test('nothing more is sent once another process has taken the delivery over', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aJob(bot);
  const notification = await notificationOf(bot);
  const taken = async () => {
    throw new StaleWrite('another has it');
  };
  await expect(bot.transport.deliver(notification, taken)).rejects.toThrow(StaleWrite);
  expect(photos(bot)).toHaveLength(0);
  const calls = bot.telegram.calls.of('sendPhoto').length;
  let asked = 0;
  const ours = async () => {
    asked += 1;
  };
  expect((await bot.transport.deliver(notification, ours)).kind).toBe('sent');
  expect(asked).toBe(bot.telegram.calls.of('sendPhoto').length - calls);
  expect(photos(bot)).toHaveLength(1);
});

test('Telegram’s patience is obeyed: 429 and 502 put a delivery off, and it comes', async () => {
  let milliseconds = 0;
  const bot = await aBot({}, { timing: { ...systemTiming, milliseconds: () => milliseconds } });
  await aPainter(bot);
  await aJob(bot);
  const notification = await notificationOf(bot);

  bot.telegram.faults.add({ method: 'sendPhoto', times: 1, fault: { kind: 'flood', retryAfter: 2220 } });
  const delayed = await bot.transport.deliver(notification).catch((error: unknown) => error);
  expect(delayed).toBeInstanceOf(DeliveryDelayed);
  expect(delayed).toMatchObject({ retryAfter: 2220 });
  milliseconds += 2_220_000;
  for (const kind of ['bad_gateway', 'drop_before'] as const) {
    bot.telegram.faults.add({ method: 'sendPhoto', times: 1, fault: { kind } });
    await expect(bot.transport.deliver(notification)).rejects.toMatchObject({
      name: 'DeliveryDelayed',
      retryAfter: null,
    });
  }
  expect(await handOver(bot, notification)).toBe('sent');
  expect(photos(bot)).toHaveLength(1);
});

test('who blocked the bot cannot be told, and that is no error', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aJob(bot);
  const notification = await notificationOf(bot);
  bot.telegram.drive.block(1);
  expect(await bot.transport.deliver(notification)).toMatchObject({ kind: 'unreachable' });
  expect(bot.log.at('error')).toEqual([]);
});

test('a result comes also when its progress message cannot be edited or removed', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aJob(bot);
  for (const method of ['editMessageText', 'deleteMessage'])
    bot.telegram.faults.add({ method, fault: { kind: 'flood', retryAfter: 2220 } });
  await bot.finish();
  expect(photos(bot)).toHaveLength(1);
});

test('a result comes also when the bot died before it could remember its progress message', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aJob(bot);
  const [job] = await bot.database.stores.generations.list({ limit: 1 });
  await bot.database.stores.jobMessages.remove(job?.id ?? expect.fail());
  await bot.finish();
  expect(photos(bot)).toHaveLength(1);
});

test('progress is shown at most every three seconds, and never claims to be done', async () => {
  const clock = new FakeClock(new Date());
  const bot = await aBot({}, { clock });
  await aPainter(bot);
  await aJob(bot);
  const { calls, drive } = bot.telegram;
  await bot.settle();
  await bot.settle();
  expect(calls.of('editMessageText')).toHaveLength(0);
  clock.advance(10);
  await bot.settle();
  await bot.settle();
  expect(calls.of('editMessageText')).toHaveLength(1);
  expect(drive.lastMessage(1)?.text).toContain('about 15\u00a0seconds left');
  clock.advance(500);
  await bot.settle();
  expect(drive.lastMessage(1)?.text).toContain('▱');
  expect(drive.lastMessage(1)?.text).toContain('longer than usual');
});

test.each([
  ['too many pixels', 7000, 3100],
  ['too long', 2400, 100],
])(
  'a picture that is %s for a photo comes as a smaller one, and whole as a file',
  async (_, width, height) => {
    const bot = await aBot();
    await aPainter(bot);
    bot.serve(await aPicture(width, height));
    await aJob(bot);
    await bot.finish();
    const [shown] = photos(bot);
    expect(shown?.photo?.at(-1)).toMatchObject({ width: 1280 });
    await bot.telegram.drive.tap(1, shown?.id ?? 0, '📄 Original');
    const file = await bot.telegram.drive.waitForMessage(1, ({ document }) => document !== undefined);
    const bytes = await bot.telegram.drive.download(file.document?.file_id ?? '');
    expect(await sharp(bytes).metadata()).toMatchObject({ width, height });
  },
);

test('a large picture is read as it leaves, also when Telegram puts it off', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const large = await sharp({ create: { width: 1600, height: 1600, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 95 })
    .toBuffer();
  expect(large.length).toBeGreaterThan(1024 * 1024);
  bot.serve(large);
  await aJob(bot);
  bot.telegram.faults.add({ method: 'sendDocument', times: 1, fault: { kind: 'flood', retryAfter: 0 } });
  await bot.finish();
  expect(bot.media.heldWhole).toEqual([]);
  const file = await bot.telegram.drive.waitForMessage(1, ({ document }) => document !== undefined);
  expect(bot.telegram.calls.of('sendDocument')).toHaveLength(2);
  expect(await bot.telegram.drive.download(file.document?.file_id ?? '')).toEqual(large);
  expect(photos(bot)).toHaveLength(1);
});

/** Its pictures are there and that is written down; then the process is killed. */
async function killedAfterPictures(bot: BotWorld, size: number, count = 1) {
  await aPainter(bot);
  bot.serve(await aPicture(size, size));
  await aJob(bot, `at dawn --n ${count}`);
  const notification = await notificationOf(bot);
  const { generation } = notification;
  const report = await bot.transport.deliver(notification);
  const { next } = delivered(generation, new Date());
  await bot.database.stores.generations.save(next, { status: 'collected' }, { checkAfter: new Date() });
  expect(report).toMatchObject({ kind: 'sent', tidyUp: expect.any(Function) });
  await bot.transport.stop();
  return notification;
}

/** So many seconds later the bot is started again; resolves once it has looked around. */
async function startedAgain(bot: BotWorld, seconds: number) {
  const { clock } = bot.dependencies;
  const later = { ...clock, ticks: clock.ticks, now: () => new Date(clock.now().getTime() + seconds * 1000) };
  const again = createTelegramTransport({ ...bot.dependencies, clock: later });
  await again.start();
  await expect.poll(() => again.complaint(), { interval: 5 }).toBeNull();
  return again;
}

const sent = (bot: BotWorld) =>
  ['sendPhoto', 'sendMediaGroup', 'sendMessage', 'sendDocument'].map(
    (method) => bot.telegram.calls.of(method).length,
  );

test('a kill between a picture and its original loses neither: the file comes later, the picture not again', async () => {
  const bot = await aBot();
  await killedAfterPictures(bot, 2048);
  const [photosBefore, , messages, files] = sent(bot);
  expect(files).toBe(0);
  const again = await startedAgain(bot, 301);
  const file = await bot.telegram.drive.waitForMessage(1, ({ document }) => document !== undefined);
  await again.stop();
  expect(file.document?.file_name).toMatch(/^at-dawn-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.jpg$/);
  expect(file.caption).toMatch(/2048 × 2048\u00a0px · [\d.]+\u00a0MB/);
  expect(sent(bot)).toEqual([photosBefore, 0, messages, 1]);
  await (await startedAgain(bot, 999)).stop();
  expect(sent(bot)).toEqual([photosBefore, 0, messages, 1]);
});

test('a kill after an album loses neither its buttons nor its originals; those that went already do not go again', async () => {
  const bot = await aBot();
  const { images } = await killedAfterPictures(bot, 2048, 2);
  const [first] = images;
  const source = `telegram:${bot.telegram.token.split(':')[0]}`;
  const file = { source, image: first?.id ?? '', form: 'document' } as const;
  await bot.database.stores.sentFiles.remember({ ...file, handle: 'went', place: null });
  const [, albums] = sent(bot);
  const young = await startedAgain(bot, 1);
  await young.stop();
  expect(sent(bot)[3]).toBe(0);
  const again = await startedAgain(bot, 301);
  await bot.telegram.drive.waitForMessage(1, ({ document }) => document !== undefined);
  await again.stop();
  const [, albumsAfter, , files] = sent(bot);
  expect([albumsAfter, files]).toEqual([albums, 1]);
  const under = bot.telegram.drive.messages(1).filter(({ text }) => text?.startsWith('2\u00a0pictures'));
  expect(under.map(({ buttons }) => buttons.flat().length > 0)).toEqual([true]);
});

test('what a chat will never take is owed no longer', async () => {
  const bot = await aBot();
  await killedAfterPictures(bot, 2048);
  const fault = { kind: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' } as const;
  bot.telegram.faults.add({ method: 'sendDocument', fault });
  const again = await startedAgain(bot, 301);
  await expect.poll(async () => (await bot.pool.query('select from follow_ups')).rowCount).toBe(0);
  await again.stop();
  expect(bot.telegram.calls.of('sendDocument')).toHaveLength(1);
});

test('what Telegram takes as a photo', () => {
  const mb = 1024 * 1024;
  expect(fitsAsPhoto({ width: 2048, height: 2048, bytes: 10 * mb })).toBe(true);
  expect(fitsAsPhoto({ width: 2048, height: 2048, bytes: 10 * mb + 1 })).toBe(false);
  expect(fitsAsPhoto({ width: 5000, height: 5000, bytes: mb })).toBe(true);
  expect(fitsAsPhoto({ width: 5001, height: 5000, bytes: mb })).toBe(false);
  expect(fitsAsPhoto({ width: 2000, height: 100, bytes: mb })).toBe(true);
  expect(fitsAsPhoto({ width: 2001, height: 100, bytes: mb })).toBe(false);
});

test('a picture that Telegram will not show comes as a file', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aJob(bot);
  const fault = { kind: 'error', code: 400, description: 'Bad Request: IMAGE_PROCESS_FAILED' } as const;
  bot.telegram.faults.add({ method: 'sendPhoto', fault });
  await bot.finish();
  const file = await bot.telegram.drive.waitForMessage(1, ({ document }) => document !== undefined);
  expect(file.buttons.flat().length).toBeGreaterThan(0);
});

test('some withheld pictures are told of, and not paid', async () => {
  const bot = await aBot();
  await aPainter(bot);
  bot.generator.endings = ({ ticket }) => ({
    kind: 'done',
    seed: 9n,
    images: [
      { url: `https://images.example/${ticket}/0.jpg`, flagged: false },
      { url: `https://images.example/${ticket}/1.jpg`, flagged: true },
    ],
  });
  await aJob(bot, 'a knight --n 2');
  await bot.finish();
  expect(photos(bot)[0]?.caption).toContain('The safety filter held back 1\u00a0picture');
  expect(await bot.database.stores.ledger.account(userId('1'))).toEqual({ balance: 95, held: 0 });
});

test('all withheld: told, and the credits come back', async () => {
  const bot = await aBot();
  await aPainter(bot);
  bot.generator.endings = ({ ticket }) => ({
    kind: 'done',
    seed: 9n,
    images: [{ url: `https://images.example/${ticket}/0.jpg`, flagged: true }],
  });
  await aJob(bot);
  await bot.finish();
  const told = await bot.telegram.drive.waitForMessage(
    1,
    ({ text }) => text?.includes('safety filter') ?? false,
  );
  expect(told.text).toContain('5\u00a0credits refunded');
  expect(bot.telegram.drive.messages(1)).toHaveLength(2);
});

test('a picture is sent again by its handle, and by its bytes when the handle is forgotten', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aJob(bot);
  const notification = await notificationOf(bot);
  await handOver(bot, notification);
  await handOver(bot, notification);
  const { calls, faults } = bot.telegram;
  const sent = calls.of('sendPhoto').filter(({ answer }) => answer.ok);
  expect(sent[0]?.parameters.photo).toMatch(/^attach:/);
  expect(sent[1]?.parameters.photo).not.toMatch(/^attach:/);
  const description = 'Bad Request: wrong file identifier/HTTP URL specified';
  faults.add({ method: 'sendPhoto', times: 1, fault: { kind: 'error', code: 400, description } });
  await handOver(bot, notification);
  expect(calls.of('sendPhoto').at(-1)?.parameters.photo).toMatch(/^attach:/);
});

test('an album whose buttons Telegram put off is not sent again; the buttons follow', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await aJob(bot, 'a knight --n 2');
  bot.telegram.faults.add({ method: 'sendMessage', times: 1, fault: { kind: 'flood', retryAfter: 1 } });
  await bot.finish();
  const album = photos(bot).at(0)?.id;
  await bot.telegram.drive.waitForMessage(
    1,
    ({ replyTo, buttons }) => replyTo === album && buttons.length > 0,
  );
  expect(bot.telegram.calls.of('sendMediaGroup')).toHaveLength(1);
  expect(photos(bot)).toHaveLength(2);
});
