import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { MessageView } from '../../src/adapters/sandbox/telegram/driver/message-view.js';
import { ownerServices } from '../../src/composition/owner-module.js';
import { userId } from '../../src/domain/ids.js';
import { AvatarWorld, labelled, portraitTrainer, shows, soon, withButton } from '../support/avatar-world.js';
import { safetensors } from '../support/safetensors.js';

const [choosy, bringing, collecting] = [1, 2, 3] as const;

let world: AvatarWorld;
beforeAll(async () => {
  world = await AvatarWorld.open(
    ['Ada', 'Grace', 'Mary'].map((firstName) => ({ firstName, languageCode: 'en' })),
  );
}, 60_000);
afterAll(() => world.close());

const isSheet = ({ photo, caption }: MessageView): boolean =>
  photo !== undefined && !!caption?.includes('looks most like');
const isPicture = ({ photo, caption }: MessageView): boolean =>
  photo !== undefined && !!caption?.includes('seed');
const wishes = () => world.fal.requests().filter(({ endpoint }) => endpoint === 'fal-ai/flux-lora');
const gallery = (person: number) =>
  world.database.stores.gallery.older({ owner: userId(String(person)), filter: {}, now: new Date() }, 20);

describe('living with an avatar of one’s own', { timeout: 90_000 }, () => {
  it('is trained again for nothing when none looks right, compared with what it was, and chosen', async () => {
    const { drive } = world.telegram;
    await world.trained(choosy, 'Ada');
    const first = await world.message(choosy, isSheet);
    await drive.tap(choosy, first.id, '😕 None looks right');
    const advice = await world.message(choosy, shows('is not well met'));
    expect(advice.text).toContain('from several sides');
    expect(advice.text).toContain('The next training of it is free');
    // There is nothing before the first training.
    expect(withButton('↩')(advice)).toBe(false);
    await drive.tap(choosy, advice.id, '🔁 Train again');
    await world.message(choosy, shows('It goes on working as it is'));
    await world.tap(choosy, '🎓 Train');
    const speeds = await world.message(choosy, shows('The next training of it is free'));
    await drive.tap(choosy, speeds.id, labelled(speeds, '💎 Quality'));
    const again = await world.message(choosy, shows('“Ada” is trained anew'));
    expect(withButton('↩ The other version')(again)).toBe(true);
    const second = await world.message(choosy, (shown) => isSheet(shown) && shown.id !== first.id);
    expect(await world.account(choosy)).toEqual({ balance: 50, held: 0 });
    const trainings = world.fal.requests().filter(({ endpoint }) => endpoint === portraitTrainer);
    expect(trainings.map(({ input }) => input)).toMatchObject([{ steps: 1000 }, { steps: 4000 }]);

    const weights = async () => {
      const [avatar] = await world.avatarsOf(choosy);
      return avatar?.status === 'ready' && avatar.model.kind === 'lora' ? avatar.model.url : '';
    };
    const renewed = await weights();
    // "The old one was better", and then it was not.
    await drive.tap(choosy, second.id, labelled(second, '↩ The other version'));
    const back = await world.message(choosy, shows('the other version is in use now'));
    expect(back.text).toContain('For 30 days');
    expect(await weights()).not.toBe(renewed);
    expect(await drive.tap(choosy, second.id, '6')).toMatchObject({ text: 'Ada: strength 1.2 from now on' });
    expect(await weights()).toBe(renewed);
    const chosen = await drive.waitFor(() =>
      drive
        .messages(choosy)
        .find(({ id, ...shown }) => id === second.id && withButton('✓ 6')({ id, ...shown })),
    );
    expect(await gallery(choosy)).toEqual([]);
    expect(await drive.tap(choosy, chosen.id, labelled(chosen, '🖼 Keep picture 6'))).toMatchObject({
      text: 'It is in your gallery now',
    });
    expect(await gallery(choosy)).toHaveLength(1);

    drive.sendText(choosy, 'on a horse');
    await world.message(choosy, isPicture);
    expect(wishes().at(-1)?.input).toMatchObject({ loras: [{ path: renewed, scale: 1.2 }] });
    // The house gives one; from then on it has its price.
    await drive.tap(choosy, second.id, '😕 None looks right');
    await world.message(choosy, shows('Training it again costs 150 credits'));
  });

  it('brings a LoRA of one’s own, makes a picture with it, and takes it along again', async () => {
    const { drive } = world.telegram;
    const bytes = safetensors(4096);
    drive.start(bringing);
    await drive.sendDocument(bringing, { bytes, name: 'my_style.safetensors' });
    await world.tap(bringing, '🎨 An artistic style');
    await world.message(bringing, shows('Which trigger word'));
    drive.sendText(bringing, 'MYSTYLE');
    await world.message(bringing, shows('“my style” can be used now'));
    drive.sendText(bringing, 'a lighthouse');
    await world.message(bringing, isPicture);
    const sent = wishes().find(({ input }) => JSON.stringify(input).includes('MYSTYLE'))?.input;
    expect(sent).toMatchObject({ prompt: 'MYSTYLE a lighthouse', loras: [{ path: expect.any(String) }] });
    const [{ path }] = (sent as { loras: [{ path: string }] }).loras;
    // What fal is told to read is the very file that was sent in.
    expect(Buffer.from(await (await fetch(path)).arrayBuffer())).toEqual(bytes);
    await world.tap(bringing, '👤 Its card');
    await world.tap(bringing, '⬇ LoRA file');
    const file = await world.message(
      bringing,
      ({ document }) => document?.file_name === 'my_style.safetensors',
    );
    expect(await drive.download(file.document?.file_id ?? '')).toEqual(bytes);
    expect(await world.account(bringing)).toEqual({ balance: 195, held: 0 });
  });

  it('hands out more data than one document of Telegram’s takes, in parts that make up a whole', async () => {
    const { drive } = world.telegram;
    drive.start(collecting);
    const owner = userId(String(collecting));
    const loraFiles = world.composed.container.get(ownerServices.loraFiles);
    const bytes = safetensors(46 * 2 ** 20);
    await loraFiles.import({ owner, name: 'Mary', type: 'portrait', body: Readable.from([bytes]) });
    drive.sendText(collecting, '/privacy');
    await world.tap(collecting, '⬇ Export my data');
    const part = (number: number) => `my-data-${collecting}.zip.00${number}`;
    const last = await world.message(collecting, ({ document }) => document?.file_name === part(2));
    expect(last.caption).toContain('Put the parts behind one another');
    const parts = drive.messages(collecting).flatMap(({ document }) => document ?? []);
    expect(parts.map(({ file_name }) => file_name)).toEqual([part(1), part(2)]);
    const whole = await Promise.all(parts.map(({ file_id }) => drive.download(file_id)));
    const zip = await fromBufferPromise(Buffer.concat(whole));
    const weights: Buffer[] = [];
    for await (const entry of zip.eachEntry())
      if (entry.fileName.startsWith('weights/'))
        weights.push(await buffer(await zip.openReadStreamPromise(entry)));
    expect(weights.map((file) => file.equals(bytes))).toEqual([true]);
  });

  it('ended without a fault, and with every credit accounted for', async () => {
    expect(world.log.at('error')).toEqual([]);
    await expect.poll(() => world.database.stores.ledger.breaches(), soon).toEqual([]);
  });
});
