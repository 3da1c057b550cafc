import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { Worker } from '../../src/adapters/queue/worker.js';
import { GrantCredits } from '../../src/application/account/grant-credits.js';
import { AddPhotos } from '../../src/application/avatars/photos/add-photos.js';
import { StartDraft } from '../../src/application/avatars/start-draft.js';
import { UpdateAvatar } from '../../src/application/avatars/update-avatar.js';
import { UpdateAvatarDraft } from '../../src/application/avatars/update-avatar-draft.js';
import { RequestGeneration } from '../../src/application/generation/request-generation.js';
import { RequestTraining } from '../../src/application/training/request-training.js';
import { type Composed, compose } from '../../src/composition/composition-root.js';
import { services } from '../../src/composition/identifiers.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import type { Avatar } from '../../src/domain/avatar/avatar.js';
import { userId } from '../../src/domain/ids.js';
import { startLocalFal } from '../../src/sandbox/fal/local-fal.js';
import type { LocalFal } from '../../src/sandbox/fal/local-fal-options.js';
import { RecordingLogger } from '../fakes/recording-logger.js';
import { RecordingTransport } from '../fakes/recording-transport.js';
import { photograph } from '../support/photographs.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const owner = userId('4242');
const origin = { transport: 'test', address: { chat: 1 } };

describe('from ten photos to a picture of oneself', () => {
  let folder: string;
  let database: TestDatabase;
  let fal: LocalFal;
  let transport: RecordingTransport;
  const running: Composed[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'own-avatar-'));
    database = await createTestDatabase();
    transport = new RecordingTransport();
  });
  afterEach(async () => {
    for (const composed of running.splice(0)) await stop(composed);
    await fal.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function startFal(trainingMilliseconds: number): Promise<void> {
    fal = await startLocalFal({
      folder: join(folder, 'fal'),
      imageMilliseconds: 20,
      trainingMilliseconds,
      preparedPictures: true,
    });
  }

  /** One worker process of the real program, on the real database, against the local fal. */
  async function start(): Promise<Composed> {
    const config = loadConfig(
      {
        MODE: 'live',
        ROLES: 'worker',
        FAL_KEY: 'test-key',
        FAL_QUEUE_URL: fal.queueUrl,
        FAL_REST_URL: fal.restUrl,
        FAL_MEDIA_HOSTS: new URL(fal.url).host,
        DATABASE_URL: database.connectionString,
        DATA_DIR: folder,
        WELCOME_CREDITS: '200',
        LOOK_AT_FACES: 'false',
      },
      new Set(['worker']),
    );
    const composed = await compose(config, new RecordingLogger(), { fal: true, telegram: false });
    composed.container.bind(services.transport).toConstantValue(transport);
    await composed.container.get(Worker).start();
    running.push(composed);
    return composed;
  }

  async function stop({ container, resources }: Composed): Promise<void> {
    await container.get(Worker).stop();
    await resources.close();
  }

  async function photographed({ container }: Composed): Promise<Avatar> {
    const { avatar } = await container
      .get(StartDraft)
      .execute({ type: 'portrait', name: 'Ada' }, { owner, origin });
    const mine = { owner, avatar: avatar.id };
    await container
      .get(UpdateAvatarDraft)
      .consent({ avatar: mine.avatar, subject: 'self', adults: true }, mine);
    const album = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        photograph(700, 900, { seed: 50 + index, ...(index === 0 ? { orientation: 6 } : {}) }),
      ),
    );
    const add = container.get(AddPhotos);
    const reports = await Promise.all(album.map((file) => add.execute({ avatar: mine.avatar, file }, mine)));
    expect(reports.flatMap(({ verdicts }) => verdicts.map(({ status }) => status))).toEqual(
      Array.from({ length: 10 }, () => 'kept'),
    );
    return avatar;
  }

  const trainingSubmit = () =>
    fal.requests().find(({ endpoint }) => endpoint === 'fal-ai/flux-lora-portrait-trainer')?.input as Record<
      string,
      unknown
    >;

  it('trains on the very photos and trigger, proves the likeness, and charges once', async () => {
    await startFal(400);
    const composed = await start();
    const { container } = composed;
    const avatar = await photographed(composed);
    const training = await container
      .get(RequestTraining)
      .execute({ avatar: avatar.id, speed: 'fast' }, { owner });
    await expect.poll(() => transport.of('proof-sheet')).toHaveLength(1);
    expect(transport.of('avatar-ready')).toHaveLength(1);

    const input = trainingSubmit();
    expect(input).toMatchObject({ trigger_phrase: avatar.trigger, steps: 1000 });
    const archive = await fetch(String(input.images_data_url));
    const zip = await fromBufferPromise(Buffer.from(await archive.arrayBuffer()));
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName);
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
      const { exif, width, height, format } = await sharp(Buffer.concat(chunks)).metadata();
      expect(exif).toBeUndefined();
      expect(format).toBe('jpeg');
      expect([width, height].sort()).toEqual([700, 900]);
    }
    expect(names).toEqual(
      Array.from({ length: 10 }, (_, index) => `photo-${String(index + 1).padStart(2, '0')}.jpg`),
    );

    const [sheet] = transport.of('proof-sheet');
    expect(sheet?.sheet.cells.every(({ generation }) => generation !== null)).toBe(true);
    await container.get(UpdateAvatar).chooseProof({ training: training.id, number: 3 }, { owner });
    await container.get(RequestGeneration).execute({ prompt: 'on a horse' }, { owner, origin });
    await expect.poll(() => transport.of('result')).toHaveLength(1);
    expect(fal.requests().at(-1)?.input).toMatchObject({
      prompt: `${avatar.trigger} on a horse`,
      loras: [{ scale: 1.2 }],
    });
    const { ledger } = container.get(services.database).stores;
    expect(await ledger.account(owner)).toEqual({ balance: 135, held: 0 });
    expect(await ledger.breaches()).toEqual([]);
  });

  it('goes on after a restart in the middle of the training', async () => {
    // Long enough to be seen training on a busy machine.
    await startFal(5000);
    const first = await start();
    const avatar = await photographed(first);
    const { id } = await first.container
      .get(RequestTraining)
      .execute({ avatar: avatar.id, speed: 'fast' }, { owner });
    const { trainings } = first.container.get(services.database).stores;
    await expect.poll(async () => (await trainings.find(id))?.status).toBe('training');
    await stop(first);
    running.pop();
    const second = await start();
    await expect.poll(() => transport.of('avatar-ready')).toHaveLength(1);
    expect(fal.requests().filter(({ endpoint }) => endpoint.includes('trainer'))).toHaveLength(1);
    expect(await second.container.get(services.database).stores.avatars.find(avatar.id)).toMatchObject({
      status: 'ready',
      trigger: avatar.trigger,
    });
  });

  it('buys a picture again with weights that had expired at fal', async () => {
    await startFal(0);
    const { container } = await start();
    const expired = `${fal.url}/files/uploads/00000000-0000-4000-8000-000000000000/lora.safetensors`;
    const { avatars, users } = container.get(services.database).stores;
    const media = container.get(services.media);
    const now = new Date();
    await container.get(GrantCredits).execute({ user: owner, amount: 10, reason: 'test' }, { admin: 'cli' });
    await users.ensure({ id: owner, now });
    await media.save('weights/mine.safetensors', once(Buffer.from('weights')));
    const added = await container.get(StartDraft).execute({ type: 'portrait' }, { owner, origin });
    await avatars.save({
      ...added.avatar,
      status: 'ready',
      isMain: true,
      model: { kind: 'lora', url: expired, mediaKey: 'weights/mine.safetensors' },
    });
    await container.get(RequestGeneration).execute({ prompt: 'on a horse' }, { owner, origin });
    await expect.poll(() => transport.of('result')).toHaveLength(1);
    const sent = fal.requests().filter(({ endpoint }) => endpoint === 'fal-ai/flux-lora');
    expect(sent).toHaveLength(2);
    expect(JSON.stringify(sent[0]?.input)).toContain(expired);
    expect(JSON.stringify(sent[1]?.input)).not.toContain(expired);
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
