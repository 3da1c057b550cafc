import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { type LocalFal, startLocalFal } from '../../src/adapters/sandbox/fal/local-fal.js';
import type { MessageView } from '../../src/adapters/sandbox/telegram/driver/message-view.js';
import {
  type LocalTelegram,
  startLocalTelegram,
} from '../../src/adapters/sandbox/telegram/local-telegram.js';
import * as buttons from '../../src/adapters/telegram/buttons/avatar-buttons.js';
import type { Database } from '../../src/application/ports/stores/stores.js';
import { services } from '../../src/composition/identifiers.js';
import { trainingServices } from '../../src/composition/training-identifiers.js';
import { type Composed, compose } from '../../src/composition-root.js';
import { loadConfig } from '../../src/config.js';
import { avatarId, userId } from '../../src/domain/ids.js';
import { RecordingLogger } from '../fakes/recording-logger.js';
import { photograph } from '../support/photographs.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { safetensors } from '../support/safetensors.js';

const portraitTrainer = 'fal-ai/flux-lora-portrait-trainer';
const token = '7000002:telegram-token';
const soon = { timeout: 30_000 };

/** One person per story, so that the stories can be told in any order. */
const people = ['Ада', 'Brenda', 'Carol', 'Dora', 'Emil', 'Fay', 'Gus'].map((firstName, index) => ({
  id: index + 1,
  firstName,
  languageCode: index === 0 ? 'ru' : 'en',
}));
const [russian, unlucky, hasty, tidy, leaving, importing, curious] = people.map(({ id }) => id) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

let folder: string;
let test: TestDatabase;
let fal: LocalFal;
let telegram: LocalTelegram;
let composed: Composed;
let database: Database;
const log = new RecordingLogger();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avatar-telegram-'));
  test = await createTestDatabase();
  fal = await startLocalFal({
    folder: join(folder, 'fal'),
    imageMilliseconds: 20,
    trainingMilliseconds: 300,
    preparedPictures: true,
  });
  telegram = await startLocalTelegram({ folder: join(folder, 'telegram'), token, people });
  const config = loadConfig({
    MODE: 'live',
    ROLES: 'bot,worker',
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_URL: telegram.url,
    FAL_KEY: 'test-key',
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_REST_URL: fal.restUrl,
    FAL_MEDIA_HOSTS: new URL(fal.url).host,
    DATABASE_URL: test.connectionString,
    DATA_DIR: folder,
    WELCOME_CREDITS: '200',
  });
  composed = await compose(config, log, { fal: true, telegram: true });
  const { container } = composed;
  database = container.get(services.database);
  await container.get(services.worker).start();
  await container.get(services.telegram).start();
}, 60_000);

afterAll(async () => {
  const { container, resources } = composed;
  await container.get(services.telegram).stop();
  await container.get(services.worker).stop();
  await container.get(services.watch).stop();
  await container.get(trainingServices.watch).stop();
  await resources.close();
  await telegram.close();
  await fal.close();
  await test.drop();
  await rm(folder, { recursive: true });
});

const shows =
  (text: string) =>
  ({ text: shown, caption }: MessageView): boolean =>
    (shown ?? caption ?? '').includes(text);
const withButton =
  (label: string) =>
  ({ buttons }: MessageView): boolean =>
    buttons.flat().some(({ text }) => text.startsWith(label));
const labelled = ({ buttons }: MessageView, label: string): string =>
  buttons.flat().find(({ text }) => text.startsWith(label))?.data ?? '';

const message = (person: number, fits: (message: MessageView) => boolean) =>
  telegram.drive.waitForMessage(person, fits, soon);
/** Taps the button that begins so under the newest message that has it. */
const tap = async (person: number, label: string) => {
  const found = await message(person, withButton(label));
  return telegram.drive.tap(person, found.id, labelled(found, label));
};
const account = (person: number) => database.stores.ledger.account(userId(String(person)));
const avatarsOf = (person: number) => database.stores.avatars.list(userId(String(person)));

/** From /new to ten photos and the speeds. */
async function readyToTrain(person: number, name: string): Promise<void> {
  telegram.drive.sendText(person, '/new');
  await tap(person, '👤 A person');
  await message(person, shows('Write how it shall be called'));
  telegram.drive.sendText(person, name);
  await message(person, shows(`${name} · A person`));
  await tap(person, '✅ It is me');
  const photos = Array.from({ length: 10 }, (_, index) =>
    photograph(600, 700, { seed: 1000 * person + index }),
  );
  await telegram.drive.sendAlbum(person, await Promise.all(photos));
  await tap(person, '🎓 Train');
}

async function trained(person: number, name: string): Promise<void> {
  await readyToTrain(person, name);
  await tap(person, '⚡ Fast');
  await message(person, shows(`“${name}” is ready`));
}

describe('an avatar of one’s own in Telegram', { timeout: 90_000 }, () => {
  it('goes from ten photos to the first picture, in Russian', async () => {
    const { drive } = telegram;
    drive.start(russian);
    await tap(russian, '➕ Новый аватар');
    const begin = await message(russian, withButton('👤 Человек'));
    expect(begin.text).toContain('Новые finetune больше не обучаются');
    await tap(russian, '👤 Человек');
    await message(russian, shows('Напишите, как его назвать'));
    drive.sendText(russian, 'Ада <TOK>');
    await message(russian, shows('Ада <TOK> · Человек'));
    await tap(russian, '✅ Это я');
    const photos = Array.from({ length: 10 }, (_, index) => photograph(600, 700, { seed: 10 + index }));
    await drive.sendAlbum(russian, await Promise.all(photos));
    await message(russian, shows('10 фотографий из 20'));
    await tap(russian, '🎓 Обучить');
    const speeds = await message(russian, withButton('⚡ Быстро'));
    expect(speeds.text).toContain('10 фотографий');
    expect(speeds.buttons.flat().map(({ text }) => text)).toContain('⚡ Быстро · ~3 мин · 150 кредитов');
    const fast = labelled(speeds, '⚡ Быстро');
    await Promise.all([
      drive.tap(russian, speeds.id, fast),
      drive.tap(russian, speeds.id, fast),
      drive.tap(russian, speeds.id, labelled(speeds, '💎 Тщательно')),
    ]);
    await message(russian, shows('«Ада <TOK>» готов'));
    const sheet = await message(
      russian,
      ({ photo, caption }) => photo !== undefined && !!caption?.includes('похоже на'),
    );
    expect(sheet.buttons.flat().map(({ text }) => text)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '😕 Нигде не похоже',
    ]);
    expect(await drive.tap(russian, sheet.id, '3')).toMatchObject({ text: 'Ада <TOK>: теперь сила 1.2' });
    await drive.waitFor(() =>
      drive.messages(russian).find((now) => now.id === sheet.id && withButton('✓ 3')(now)),
    );
    drive.sendText(russian, 'верхом на коне');
    await message(russian, ({ photo, caption }) => photo !== undefined && !!caption?.includes('seed'));
    const [avatar] = await avatarsOf(russian);
    const trainings = fal
      .requests()
      .filter(({ input }) => JSON.stringify(input).includes(`"${avatar?.trigger}"`));
    expect(trainings.map(({ endpoint }) => endpoint)).toEqual([portraitTrainer]);
    expect(fal.requests().map(({ input }) => input)).toContainEqual(
      expect.objectContaining({
        prompt: `${avatar?.trigger} верхом на коне`,
        loras: [expect.objectContaining({ scale: 1.2 })],
      }),
    );
    expect(await account(russian)).toEqual({ balance: 45, held: 0 });
    // The message that showed the progress went with it.
    expect(drive.messages(russian).some(shows('осталось'))).toBe(false);
  });

  it('says why a training failed, gives the credits back and keeps the photos', async () => {
    fal.faults.add({
      step: 'job',
      endpoint: portraitTrainer,
      fault: { kind: 'fail', status: 500, type: 'internal_server_error' },
      times: 1,
    });
    await readyToTrain(unlucky, 'Brenda');
    await tap(unlucky, '⚡ Fast');
    const end = await message(unlucky, shows('The training of “Brenda” failed'));
    expect(end.text).toContain('150 credits came back to you');
    expect(await account(unlucky)).toEqual({ balance: 200, held: 0 });
    await tap(unlucky, '🔁 Try again');
    await tap(unlucky, '⚡ Fast');
    await message(unlucky, shows('“Brenda” is ready'));
    expect(await account(unlucky)).toEqual({ balance: 50, held: 0 });
  });

  it('calls a training off while it runs', async () => {
    fal.faults.add({ step: 'job', endpoint: portraitTrainer, fault: { kind: 'hang' }, times: 1 });
    await readyToTrain(hasty, 'Carol');
    await tap(hasty, '⚡ Fast');
    await message(hasty, (shown) => withButton('✕ Cancel')(shown) && shows('Carol')(shown));
    await expect.poll(() => account(hasty), soon).toEqual({ balance: 50, held: 150 });
    const running = await message(hasty, withButton('✕ Cancel'));
    // Nobody else's taps, whatever they name.
    telegram.drive.start(curious);
    const [carol] = await avatarsOf(hasty);
    const avatar = carol?.id ?? avatarId('');
    const foreign = [
      labelled(running, '✕ Cancel'),
      buttons.draftButton.data({ avatar }),
      buttons.draftCloseButton.data({ avatar }),
      buttons.consentButton.data({ avatar, subject: 'self' }),
      buttons.photoCardButton.data({ avatar, photo: null, which: 'all' }),
      buttons.trainMenuButton.data({ avatar }),
      buttons.trainButton.data({ avatar, speed: 'fast' }),
      buttons.retrainButton.data({ avatar }),
      buttons.strengthMenuButton.data({ avatar }),
      buttons.setStrengthButton.data({ avatar, percent: 100 }),
      buttons.exportLoraButton.data({ avatar }),
      buttons.deleteAvatarButton.data({ avatar }),
      buttons.deleteAvatarYesButton.data({ avatar, images: 'y' }),
    ];
    for (const data of foreign) {
      const answer = await telegram.drive.tap(curious, await forge(curious, data), data);
      expect(JSON.stringify(answer), data).toContain('belongs to someone else');
    }
    expect(await avatarsOf(hasty)).toEqual([carol]);
    await telegram.drive.tap(hasty, running.id, labelled(running, '✕ Cancel'));
    const end = await message(hasty, shows('was cancelled'));
    expect(end.text).toContain('150 credits came back');
    expect(await account(hasty)).toEqual({ balance: 200, held: 0 });
    expect(await avatarsOf(hasty)).toMatchObject([{ status: 'draft' }]);
    await tap(hasty, '📸 Photos');
    await message(hasty, (shown) => shows('10 photos of 20')(shown) && withButton('🎓 Train')(shown));
  });

  it('hands the LoRA out, deletes the avatar and says what went', async () => {
    await trained(tidy, 'Dora');
    await message(tidy, ({ photo }) => photo !== undefined);
    await tap(tidy, '😕 None looks right');
    const advice = await message(tidy, shows('is not well met'));
    expect(advice.text).toContain('The next training of it is free');
    await tap(tidy, '👤 Its card');
    await message(tidy, withButton('⬇ LoRA file'));
    await tap(tidy, '⬇ LoRA file');
    const file = await message(tidy, ({ document }) => document?.file_name === 'Dora.safetensors');
    expect((await telegram.drive.download(file.document?.file_id ?? '')).byteLength).toBeGreaterThan(8);
    await tap(tidy, '🗑 Delete');
    const question = await message(tidy, shows('for good?'));
    const yes = labelled(question, '🗑 The avatar and its pictures') || labelled(question, '🗑 Yes');
    const answers = await Promise.all([
      telegram.drive.tap(tidy, question.id, yes),
      telegram.drive.tap(tidy, question.id, yes),
    ]);
    expect(answers).not.toContain('unanswered');
    const report = await message(tidy, shows('is deleted. Here went: 10 photos, 1 file of weights'));
    expect(report.text).toContain('At fal nothing of it is left by');
    expect(await avatarsOf(tidy)).toEqual([]);
  });

  it('exports what is stored of a person, then deletes it; nobody else can', async () => {
    await readyToTrain(leaving, 'Emil');
    telegram.drive.sendText(leaving, '/privacy');
    const screen = await message(leaving, shows('What is stored of you'));
    expect(screen.text).toContain('10 photos');
    await tap(leaving, '⬇ Export my data');
    const archive = await message(leaving, ({ document }) => document?.file_name === 'my-data-5.zip');
    const zip = await fromBufferPromise(await telegram.drive.download(archive.document?.file_id ?? ''));
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) names.push(entry.fileName);
    expect(names.filter((name) => name.startsWith('photos/'))).toHaveLength(10);
    await tap(leaving, '🗑 Delete me');
    const question = await message(leaving, shows('Delete everything of yours?'));
    const yes = labelled(question, '🗑 Yes');
    // The same data under somebody else's message.
    telegram.drive.start(curious);
    const forged = await forge(curious, yes);
    expect(JSON.stringify(await telegram.drive.tap(curious, forged, yes))).toContain(
      'belongs to someone else',
    );
    expect(await avatarsOf(leaving)).toHaveLength(1);
    // A yes of yesterday only asks again.
    const [name, who, day, asked] = yes.split(':');
    const stale = [name, who, Number(day) - 1, asked].join(':');
    await telegram.drive.tap(leaving, await forge(leaving, stale), stale);
    expect(await avatarsOf(leaving)).toHaveLength(1);
    await telegram.drive.tap(leaving, question.id, yes);
    const receipt = await message(leaving, shows('Receipt:'));
    expect(receipt.text).toContain('1 avatar, 10 photos');
    expect(await avatarsOf(leaving)).toEqual([]);
    const id = /Receipt: (\S+)/.exec(receipt.text ?? '')?.[1] ?? '';
    expect(await database.stores.personal.findReceipt(id)).toMatchObject({ counts: { photos: 10 } });
  });

  it('takes a LoRA file in and refuses one that is none', async () => {
    const { drive } = telegram;
    drive.start(importing);
    await drive.sendDocument(importing, { bytes: safetensors(64), name: 'my_face.safetensors' });
    await tap(importing, '👤 A person');
    await message(importing, shows('Which trigger word'));
    drive.sendText(importing, 'TOK');
    await message(importing, shows('“my face” can be used now'));
    expect(await avatarsOf(importing)).toMatchObject([{ status: 'ready', trigger: 'TOK', isMain: true }]);
    await drive.sendDocument(importing, { bytes: Buffer.from('not weights at all'), name: 'no.safetensors' });
    await message(importing, shows('A LoRA file'));
    const asked = drive.messages(importing).filter(shows('A LoRA file')).at(-1);
    await drive.tap(importing, asked?.id ?? 0, '🎨 An artistic style');
    await tap(importing, 'It has none');
    await message(importing, shows('This is not a LoRA file'));
    expect(await avatarsOf(importing)).toHaveLength(1);
  });

  it('ended without a fault, and with every credit accounted for', async () => {
    expect(log.at('error')).toEqual([]);
    expect(await database.stores.ledger.breaches()).toEqual([]);
  });
});

/** A message of the bot's with a button that it never put there, as a changed client could send. */
async function forge(person: number, data: string): Promise<number> {
  const response = await fetch(`${telegram.url}/bot${token}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      chat_id: person,
      text: 'forged',
      reply_markup: { inline_keyboard: [[{ text: 'tap', callback_data: data }]] },
    }),
  });
  const { result } = (await response.json()) as { result: { message_id: number } };
  return result.message_id;
}
