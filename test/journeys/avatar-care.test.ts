import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { LoraFiles } from '../../src/application/avatars/lora-files.js';
import { NoSuchFile } from '../../src/application/ports/media-store.js';
import { services } from '../../src/composition/identifiers.js';
import { userId } from '../../src/domain/ids.js';
import type { RecordedSubmit } from '../../src/sandbox/fal/local-fal-options.js';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { AvatarWorld, labelled, portraitTrainer, shows, withButton } from '../support/avatar-world.js';
import { safetensors } from '../support/safetensors.js';

const [choosy, bringing, collecting, wavering] = [1, 2, 3, 4] as const;

let world: AvatarWorld;
beforeAll(async () => {
  world = await AvatarWorld.open(
    ['Ada', 'Grace', 'Mary', 'Nina'].map((firstName) => ({ firstName, languageCode: 'en' })),
    { webhooks: true },
  );
});
afterAll(() => world.close());

const isSheet = ({ photo, caption }: MessageView): boolean =>
  photo !== undefined && !!caption?.includes('Which looks most like');
const isPicture = ({ photo, caption }: MessageView): boolean =>
  photo !== undefined && !!caption?.includes('seed');
const requests = () => world.fal.requests().filter(({ endpoint }) => endpoint === 'fal-ai/flux-lora');
const trainings = () => world.fal.requests().filter(({ endpoint }) => endpoint === portraitTrainer);
const gallery = (person: number) =>
  world.database.stores.gallery.older({ owner: userId(String(person)), filter: {}, now: new Date() }, 20);

/** fal is through with a training and says so, and does not hand its result out until this is removed. */
const resultsHeldBack = () =>
  world.fal.faults.add({ step: 'result', endpoint: portraitTrainer, fault: { kind: 'answer', status: 503 } });
/** Its id and state, and what fal took for it. */
async function latestTraining(person: number) {
  const [avatar] = await world.avatarsOf(person);
  const [training] = avatar === undefined ? [] : await world.database.stores.trainings.ofAvatar(avatar.id);
  const bought = trainings().findLast(({ input }) => JSON.stringify(input).includes(`"${avatar?.trigger}"`));
  if (training === undefined || bought === undefined) throw new Error('nothing is being trained');
  return { id: training.id, status: training.status, bought };
}
async function statusAtFal({ endpoint, requestId }: RecordedSubmit) {
  const response = await fetch(`${world.fal.queueUrl}/${endpoint}/requests/${requestId}/status`, {
    headers: { authorization: 'Key test-key' },
  });
  return ((await response.json()) as { status: string }).status;
}
const answersTo = (wanted: string, bought: { readonly requestId: string }) =>
  world.falLog
    .filter(({ step, requestId }) => step === wanted && requestId === bought.requestId)
    .map(({ status }) => status);
/** Kinds of what the books say about a training, in order. */
async function entriesOf(training: string) {
  const entries = await world.database.stores.ledger.history(userId(String(wavering)), 50);
  return entries
    .filter(({ reason }) => reason.endsWith(`training:${training}`))
    .map(({ kind }) => kind)
    .reverse();
}

// Each chapter goes on where the one before it ended.
describe('living with an avatar of one’s own', { shuffle: false }, () => {
  it('is trained again for nothing when none looks right, compared with what it was, and chosen', async () => {
    const { drive } = world.telegram;
    await world.trained(choosy, 'Ada');
    const first = await world.message(choosy, isSheet);
    await drive.tap(choosy, first.id, '😕 None looks right');
    const advice = await world.message(choosy, shows('If it doesn’t look like'));
    expect(advice.text).toContain('from several sides');
    expect(advice.text).toContain('The next training is free');
    // There is nothing before the first training.
    expect(withButton('↩')(advice)).toBe(false);
    await drive.tap(choosy, advice.id, '🔁 Train again');
    await world.message(choosy, shows('You can use the avatar as it is'));
    await world.tap(choosy, '⏱ Faster or better');
    const speeds = await world.message(choosy, withButton('💎 Quality'));
    expect(speeds.text).toContain('The next training is free');
    await drive.tap(choosy, speeds.id, labelled(speeds, '💎 Quality'));
    const again = await world.message(choosy, shows('“Ada” is trained again'));
    expect(withButton('↩ The other version')(again)).toBe(true);
    const second = await world.message(choosy, (shown) => isSheet(shown) && shown.id !== first.id);
    expect(await world.account(choosy)).toEqual({ balance: 140, held: 0 });
    expect(trainings().map(({ input }) => input)).toMatchObject([{ steps: 1000 }, { steps: 4000 }]);

    const weights = async () => {
      const [avatar] = await world.avatarsOf(choosy);
      return avatar?.status === 'ready' && avatar.model.kind === 'lora' ? avatar.model.url : '';
    };
    const renewed = await weights();
    // "The old one was better", and then it was not.
    await drive.tap(choosy, second.id, labelled(second, '↩ The other version'));
    const back = await world.message(choosy, shows('switched to the other version'));
    expect(back.text).toContain('For 30\u00a0days');
    expect(await weights()).not.toBe(renewed);
    await drive.tap(choosy, second.id, '6');
    const sixth = await world.message(choosy, withButton('Use this strength'));
    expect(await drive.tap(choosy, sixth.id, 'Use this strength')).toMatchObject({
      text: 'Ada: strength 1.2 from now on',
    });
    expect(await weights()).toBe(renewed);
    const chosen = await world.message(choosy, withButton('✓ Use this strength'));
    expect(chosen.id).toBe(sixth.id);
    expect(await gallery(choosy)).toEqual([]);
    expect(await drive.tap(choosy, chosen.id, labelled(chosen, '🖼 Keep picture 6'))).toMatchObject({
      text: 'It’s in your gallery now',
    });
    expect(await gallery(choosy)).toHaveLength(1);
    const kept = await world.message(choosy, withButton('✓ 🖼 Keep picture 6'));
    expect(kept.buttons.flat()).toContainEqual({ text: '✓ 🖼 Keep picture 6', isDisabled: true });

    drive.sendText(choosy, 'on a horse');
    await world.message(choosy, isPicture);
    expect(requests().at(-1)?.input).toMatchObject({ loras: [{ path: renewed, scale: 1.2 }] });
    // The house gives one; from then on it has its price.
    await drive.tap(choosy, second.id, '😕 None looks right');
    await world.message(choosy, shows('Training again: 60–240\u00a0credits'));
  });

  it('brings a LoRA of one’s own, makes a picture with it, and takes it along again', async () => {
    const { drive } = world.telegram;
    const bytes = safetensors(4096);
    drive.start(bringing);
    await drive.sendDocument(bringing, { bytes, name: 'my_style.safetensors' });
    await world.tap(bringing, '🎨 A style');
    await world.message(bringing, shows('Which trigger word'));
    drive.sendText(bringing, 'MYSTYLE');
    await world.message(bringing, shows('“my style” is ready to use'));
    drive.sendText(bringing, 'a lighthouse');
    await world.message(bringing, isPicture);
    const sent = requests().find(({ input }) => JSON.stringify(input).includes('MYSTYLE'))?.input;
    expect(sent).toMatchObject({ prompt: 'MYSTYLE a lighthouse', loras: [{ path: expect.any(String) }] });
    const [{ path }] = (sent as { loras: [{ path: string }] }).loras;
    // What fal is told to read is the very file that was sent in.
    expect(Buffer.from(await (await fetch(path)).arrayBuffer())).toEqual(bytes);
    await world.tap(bringing, '👤 Avatar card');
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
    const loraFiles = world.composed.container.get(LoraFiles);
    const bytes = safetensors(46 * 2 ** 20);
    await loraFiles.import({ name: 'Mary', type: 'portrait' }, { owner, body: Readable.from([bytes]) });
    drive.sendText(collecting, '/privacy');
    await world.tap(collecting, '⬇ Export my data');
    const part = (number: number) => `my-data-${collecting}.zip.00${number}`;
    const last = await world.message(collecting, ({ document }) => document?.file_name === part(2));
    expect(last.caption).toContain('Join the parts in order');
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

  it('is cancelled when fal is through already: nothing is charged, and its weights stay away', async () => {
    const { drive } = world.telegram;
    world.fal.faults.add({
      step: 'webhook',
      endpoint: portraitTrainer,
      fault: { kind: 'missing' },
      times: 1,
    });
    const slowResult = { kind: 'delay', milliseconds: 5000 } as const;
    const asked = world.fal.faults.add({
      step: 'result',
      endpoint: portraitTrainer,
      fault: slowResult,
      times: 1,
    });
    const elsewhere = await world.anotherWorker();
    await world.readyToTrain(wavering, 'Nina');
    await world.tap(wavering, '⚡ Fast');
    const running = await world.message(wavering, withButton('✕ Cancel'));
    await expect.poll(() => latestTraining(wavering)).toMatchObject({ status: 'training' });
    const { id, bought } = await latestTraining(wavering);
    await expect.poll(() => statusAtFal(bought)).toBe('COMPLETED');
    const collect = { task: 'collect-training', training: id } as const;
    const collecting = elsewhere['collect-training'](collect);
    await expect.poll(() => asked.hits).toBe(1);
    await drive.tap(wavering, running.id, labelled(running, '✕ Cancel'));
    const end = await world.message(wavering, shows('was cancelled'));
    expect(end.text).toContain('60\u00a0credits refunded');
    await collecting;
    await expect.poll(() => answersTo('cancel', bought)).toEqual([400]);

    // It was ready at fal after all: late news of that change nothing, whoever brings them.
    await Promise.all([
      ...[1, 2, 3].map(() => world.falSays(bought)),
      ...[1, 2].map(() => elsewhere['collect-training'](collect)),
    ]);
    expect(await world.database.stores.trainings.find(id)).toMatchObject({ status: 'cancelled' });
    expect(await world.avatarsOf(wavering)).toMatchObject([{ status: 'draft', isMain: false }]);
    expect(await world.account(wavering)).toEqual({ balance: 200, held: 0 });
    expect(await entriesOf(id)).toEqual(['hold', 'release']);
    const media = world.composed.container.get(services.media);
    await expect(media.bytes(`weights/${id}.safetensors`)).rejects.toBeInstanceOf(NoSuchFile);
    expect(drive.messages(wavering).filter(shows('was cancelled'))).toHaveLength(1);
    expect(drive.messages(wavering).filter(shows('is ready'))).toEqual([]);
  });

  it('is ready once though webhooks, polls and another worker learn of it at the same moment', async () => {
    const { drive } = world.telegram;
    const unreadable = resultsHeldBack();
    world.fal.faults.add({
      step: 'webhook',
      endpoint: portraitTrainer,
      fault: { kind: 'missing' },
      times: 1,
    });
    await world.tap(wavering, '📸 Photos');
    await world.tap(wavering, '⏱ Faster or better');
    await world.tap(wavering, '⭐ Balanced');
    await expect.poll(() => unreadable.hits).toBeGreaterThan(0);
    const running = await world.message(wavering, withButton('✕ Cancel'));
    const { id, bought } = await latestTraining(wavering);
    const here = world.composed.container.get(services.handlers);
    const elsewhere = await world.anotherWorker();
    const everybody = () =>
      Promise.all([
        ...[1, 2, 3].map(() => world.falSays(bought)),
        ...[here, elsewhere, here, elsewhere].flatMap((worker) => [
          worker['collect-training']({ task: 'collect-training', training: id }),
          worker['deliver-training']({ task: 'deliver-training', training: id }),
          worker['make-proof']({ task: 'make-proof', training: id }),
        ]),
      ]);
    unreadable.remove();
    expect((await everybody()).slice(0, 3)).toEqual([200, 200, 200]);
    await world.message(wavering, shows('“Nina” is ready'));
    await everybody();
    await world.message(wavering, isSheet);
    await everybody();

    // The button was on the screen until a moment ago: too late, and nothing comes of it.
    const cancel = labelled(running, '✕ Cancel');
    const answer = await drive.tap(wavering, await world.forge(wavering, cancel), cancel);
    expect(answer).toMatchObject({ text: 'It’s too late for that.' });
    expect(await world.avatarsOf(wavering)).toMatchObject([
      { status: 'ready', isMain: true, model: { mediaKey: `weights/${id}.safetensors` } },
    ]);
    expect(await entriesOf(id)).toEqual(['hold', 'release', 'capture']);
    expect(await world.account(wavering)).toEqual({ balance: 50, held: 0 });
    expect(drive.messages(wavering).filter(shows('is ready'))).toHaveLength(1);
    expect(drive.messages(wavering).filter(isSheet)).toHaveLength(1);
    expect(answersTo('cancel', bought)).toEqual([]);
  });

  it('ended without a fault, and with every credit accounted for', async () => {
    expect(world.log.at('error')).toEqual([]);
    await expect.poll(() => world.database.stores.ledger.breaches()).toEqual([]);
  });
});
