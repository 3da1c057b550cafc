import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import * as buttons from '../../src/adapters/telegram/buttons/avatar-buttons.js';
import { avatarId } from '../../src/domain/ids.js';
import {
  AvatarWorld,
  type Fits,
  labelled,
  portraitTrainer,
  shows,
  withButton,
} from '../support/avatar-world.js';
import { photograph } from '../support/photographs.js';
import { safetensors } from '../support/safetensors.js';

/** One person per story, so that the stories can be told in any order. */
const people = ['Ада', 'Brenda', 'Carol', 'Dora', 'Emil', 'Fay', 'Gus'].map((firstName, index) => ({
  firstName,
  languageCode: index === 0 ? 'ru' : 'en',
}));
const [russian, unlucky, hasty, tidy, leaving, importing, curious] = [1, 2, 3, 4, 5, 6, 7] as const;

let world: AvatarWorld;
beforeAll(async () => {
  world = await AvatarWorld.open(people);
});
afterAll(() => world.close());

const message = (person: number, fits: Fits) => world.message(person, fits);
const tap = (person: number, label: string) => world.tap(person, label);
const account = (person: number) => world.account(person);
const avatarsOf = (person: number) => world.avatarsOf(person);

// Each chapter goes on where the one before it ended.
describe('an avatar of one’s own in Telegram', { shuffle: false }, () => {
  it('goes from ten photos to the first picture, in Russian', async () => {
    const { drive } = world.telegram;
    drive.start(russian);
    await tap(russian, '➕ Создать аватар');
    const begin = await message(russian, withButton('👤 Человек'));
    expect(begin.text).toContain('Новому стилю подходят');
    await tap(russian, '👤 Человек');
    await message(russian, shows('Как его назвать?'));
    drive.sendText(russian, 'Ада <TOK>');
    await message(russian, shows('Ада <TOK> · Человек'));
    await tap(russian, '✅ Это я');
    const photos = Array.from({ length: 10 }, (_, index) => photograph(600, 700, { seed: 10 + index }));
    await drive.sendAlbum(russian, await Promise.all(photos));
    await message(russian, shows('10\u00a0фото, можно до 20'));
    await tap(russian, '⏱ Быстрее или тщательнее');
    const speeds = await message(russian, withButton('⚡ Быстро'));
    expect(speeds.text).toContain('10\u00a0фото');
    expect(speeds.buttons.flat().map(({ text }) => text)).toContain(
      '⚡ Быстро · ~3\u00a0мин · 60\u00a0кредитов',
    );
    const fast = labelled(speeds, '⚡ Быстро');
    await Promise.all([
      drive.tap(russian, speeds.id, fast),
      drive.tap(russian, speeds.id, fast),
      drive.tap(russian, speeds.id, labelled(speeds, '💎 Тщательно')),
    ]);
    await message(russian, shows('«Ада <TOK>» готов'));
    const sheet = await message(
      russian,
      ({ photo, caption }) => photo !== undefined && !!caption?.includes('Где сходство с'),
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
    expect(sheet.caption).toContain('Слева — одно из ваших фото');
    await drive.tap(russian, sheet.id, '3');
    const third = await message(russian, withButton('Взять эту силу'));
    expect(third).toMatchObject({ caption: '3 · сила 1,2' });
    expect(await drive.tap(russian, third.id, 'Взять эту силу')).toMatchObject({
      text: 'Ада <TOK>: теперь сила 1,2',
    });
    await message(russian, withButton('✓ Взять эту силу'));
    drive.sendText(russian, 'верхом на коне');
    await message(russian, ({ photo, caption }) => photo !== undefined && !!caption?.includes('seed'));
    const [avatar] = await avatarsOf(russian);
    const trainings = world.fal
      .requests()
      .filter(({ input }) => JSON.stringify(input).includes(`"${avatar?.trigger}"`));
    expect(trainings.map(({ endpoint }) => endpoint)).toEqual([portraitTrainer]);
    expect(world.fal.requests().map(({ input }) => input)).toContainEqual(
      expect.objectContaining({
        prompt: `${avatar?.trigger} верхом на коне`,
        loras: [expect.objectContaining({ scale: 1.2 })],
      }),
    );
    expect(await account(russian)).toEqual({ balance: 135, held: 0 });
    // The message that showed the progress went with it.
    expect(drive.messages(russian).some(shows('осталось'))).toBe(false);
  });

  it('says why a training failed, gives the credits back and keeps the photos', async () => {
    world.fal.faults.add({
      step: 'job',
      endpoint: portraitTrainer,
      fault: { kind: 'fail', status: 500, type: 'internal_server_error' },
      times: 1,
    });
    await world.readyToTrain(unlucky, 'Brenda');
    await tap(unlucky, '⚡ Fast');
    const end = await message(unlucky, shows('The training of “Brenda” failed'));
    expect(end.text).toContain('60\u00a0credits refunded');
    expect(await account(unlucky)).toEqual({ balance: 200, held: 0 });
    await tap(unlucky, '🔁 Try again');
    await tap(unlucky, '⚡ Fast');
    await message(unlucky, shows('“Brenda” is ready'));
    expect(await account(unlucky)).toEqual({ balance: 140, held: 0 });
  });

  it('calls a training off while it runs', async () => {
    world.fal.faults.add({ step: 'job', endpoint: portraitTrainer, fault: { kind: 'hang' }, times: 1 });
    await world.readyToTrain(hasty, 'Carol');
    await tap(hasty, '⚡ Fast');
    await message(hasty, (shown) => withButton('✕ Cancel')(shown) && shows('Carol')(shown));
    await expect.poll(() => account(hasty)).toEqual({ balance: 140, held: 60 });
    const running = await message(hasty, withButton('✕ Cancel'));
    // Nobody else's taps, whatever they name.
    world.telegram.drive.start(curious);
    const [carol] = await avatarsOf(hasty);
    const avatar = carol?.id ?? avatarId('');
    const foreign = [
      labelled(running, '✕ Cancel'),
      buttons.draftButton.data({ avatar }),
      buttons.draftCloseButton.data({ avatar }),
      buttons.consentButton.data({ avatar, subject: 'self' }),
      buttons.photoCardButton.data({ avatar, photo: null, which: 'all' }),
      buttons.trainMenuButton.data({ avatar }),
      buttons.trainButton.data({ avatar, speed: 'fast', credits: null }),
      buttons.retrainButton.data({ avatar }),
      buttons.strengthMenuButton.data({ avatar }),
      buttons.setStrengthButton.data({ avatar, percent: 100 }),
      buttons.exportLoraButton.data({ avatar }),
      buttons.deleteAvatarButton.data({ avatar }),
      buttons.deleteAvatarYesButton.data({ avatar, images: true }),
    ];
    for (const data of foreign) {
      const answer = await world.telegram.drive.tap(curious, await world.forge(curious, data), data);
      expect(JSON.stringify(answer), data).toContain('belongs to someone else');
    }
    expect(await avatarsOf(hasty)).toEqual([carol]);
    await world.telegram.drive.tap(hasty, running.id, labelled(running, '✕ Cancel'));
    const end = await message(hasty, shows('was cancelled'));
    expect(end.text).toContain('60\u00a0credits refunded');
    expect(await account(hasty)).toEqual({ balance: 200, held: 0 });
    expect(await avatarsOf(hasty)).toMatchObject([{ status: 'draft' }]);
    await tap(hasty, '📸 Photos');
    await message(
      hasty,
      (shown) => shows('10\u00a0photos, up to 20')(shown) && withButton('🎓 Train')(shown),
    );
  });

  it('hands the LoRA out, deletes the avatar and says what went', async () => {
    await world.trained(tidy, 'Dora');
    await message(tidy, ({ photo }) => photo !== undefined);
    await tap(tidy, '😕 None looks right');
    const advice = await message(tidy, shows('If it doesn’t look like'));
    expect(advice.text).toContain('The next training is free');
    await tap(tidy, '👤 Avatar card');
    await message(tidy, withButton('⬇ LoRA file'));
    await tap(tidy, '⬇ LoRA file');
    const file = await message(tidy, ({ document }) => document?.file_name === 'Dora.safetensors');
    expect((await world.telegram.drive.download(file.document?.file_id ?? '')).byteLength).toBeGreaterThan(8);
    await tap(tidy, '🗑 Delete');
    const question = await message(tidy, shows('for good?'));
    const yes = labelled(question, '🗑 The avatar and its pictures') || labelled(question, '🗑 Yes');
    const answers = await Promise.all([
      world.telegram.drive.tap(tidy, question.id, yes),
      world.telegram.drive.tap(tidy, question.id, yes),
    ]);
    expect(answers).not.toContain('unanswered');
    const report = await message(
      tidy,
      shows('is deleted. Deleted here: 10\u00a0photos, 1\u00a0trained model.'),
    );
    expect(report.text).toContain('are gone from there by');
    expect(await avatarsOf(tidy)).toEqual([]);
  });

  it('exports what is stored of a person, then deletes it; nobody else can', async () => {
    await world.readyToTrain(leaving, 'Emil');
    world.telegram.drive.sendText(leaving, '/privacy');
    const screen = await message(leaving, shows('What is stored about you'));
    expect(screen.text).toContain('10\u00a0photos');
    await tap(leaving, '⬇ Export my data');
    const archive = await message(leaving, ({ document }) => document?.file_name === 'my-data-5.zip');
    const zip = await fromBufferPromise(await world.telegram.drive.download(archive.document?.file_id ?? ''));
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) names.push(entry.fileName);
    expect(names.filter((name) => name.startsWith('photos/'))).toHaveLength(10);
    await tap(leaving, '🗑 Delete me');
    const doubt = await message(leaving, shows('Delete everything about you?'));
    expect(doubt.text).toContain('Your credits stay');
    await world.telegram.drive.tap(leaving, doubt.id, '✕ No, keep it all');
    expect(await message(leaving, shows('Nothing was deleted'))).toMatchObject({ id: doubt.id, buttons: [] });
    expect(await avatarsOf(leaving)).toHaveLength(1);
    await tap(leaving, '🗑 Delete me');
    const question = await message(leaving, shows('Delete everything about you?'));
    const yes = labelled(question, '🗑 Yes');
    // The same data under somebody else's message.
    world.telegram.drive.start(curious);
    const forged = await world.forge(curious, yes);
    expect(JSON.stringify(await world.telegram.drive.tap(curious, forged, yes))).toContain(
      'belongs to someone else',
    );
    expect(await avatarsOf(leaving)).toHaveLength(1);
    // A yes of yesterday only asks again.
    const [name, who, day, asked] = yes.split(':');
    const stale = [name, who, Number(day) - 1, asked].join(':');
    await world.telegram.drive.tap(leaving, await world.forge(leaving, stale), stale);
    expect(await avatarsOf(leaving)).toHaveLength(1);
    await world.telegram.drive.tap(leaving, question.id, yes);
    const receipt = await message(leaving, shows('Receipt:'));
    expect(receipt.text).toContain('1\u00a0avatar, 10\u00a0photos');
    expect(await avatarsOf(leaving)).toEqual([]);
    const id = /Receipt: (\S+)/.exec(receipt.text ?? '')?.[1] ?? '';
    expect(await world.database.stores.personal.findReceipt(id)).toMatchObject({ counts: { photos: 10 } });
  });

  it('takes a LoRA file in and refuses one that is none', async () => {
    const { drive } = world.telegram;
    drive.start(importing);
    await drive.sendDocument(importing, { bytes: safetensors(64), name: 'my_face.safetensors' });
    await tap(importing, '👤 A person');
    await message(importing, shows('Which trigger word'));
    drive.sendText(importing, 'TOK');
    await message(importing, shows('“my face” is ready to use'));
    expect(await avatarsOf(importing)).toMatchObject([{ status: 'ready', trigger: 'TOK', isMain: true }]);
    await drive.sendDocument(importing, { bytes: Buffer.from('not weights at all'), name: 'no.safetensors' });
    await message(importing, shows('A LoRA file'));
    const asked = drive.messages(importing).filter(shows('A LoRA file')).at(-1);
    await drive.tap(importing, asked?.id ?? 0, '🎨 A style');
    await message(importing, shows('I can’t use this file'));
    expect(await avatarsOf(importing)).toHaveLength(1);
  });

  it('ended without a fault, and with every credit accounted for', async () => {
    expect(world.log.at('error')).toEqual([]);
    expect(await world.database.stores.ledger.breaches()).toEqual([]);
  });
});
