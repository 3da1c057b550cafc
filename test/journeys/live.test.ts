import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalFal, startLocalFal } from '../../src/adapters/sandbox/fal/local-fal.js';
import {
  type LocalTelegram,
  startLocalTelegram,
} from '../../src/adapters/sandbox/telegram/local-telegram.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aisha, type Service, startService } from '../support/spawned.js';

const key = 'fal-key-id:fal-key-secret-4711';
const token = '7000001:telegram-token-secret-4711';
const standard = 'fal-ai/flux-pro/finetuned';
const ultra = 'fal-ai/flux-pro/v1.1-ultra-finetuned';

let folder: string;
let database: TestDatabase;
let fal: LocalFal;
let telegram: LocalTelegram;
let service: Service;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-live-'));
  database = await createTestDatabase();
  fal = await startLocalFal({ folder: join(folder, 'fal'), imageMilliseconds: 30, key });
  telegram = await startLocalTelegram({
    folder: join(folder, 'telegram'),
    token,
    people: [{ id: 11, firstName: 'Ada', languageCode: 'en' }],
  });
  settings = {
    MODE: 'live',
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_URL: telegram.url,
    FAL_KEY: key,
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_REST_URL: fal.restUrl,
    FAL_MEDIA_HOSTS: new URL(fal.url).host,
    DATABASE_URL: database.connectionString,
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'debug',
    WELCOME_CREDITS: '100',
  };
  const add = ['avatar', 'add', '--owner', '11', '--name', 'Style', '--type', 'artistic'];
  const added = await aisha([...add, '--finetune', 'ft-1', '--trigger', 'ARTST'], settings, folder);
  expect(added.code, added.stderr).toBe(0);
  service = await startService(settings, folder);
});

afterAll(async () => {
  await service.stop();
  await telegram.close();
  await fal.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const picturesSeen = () =>
  telegram.drive.messages(11).filter(({ photo, document }) => photo !== undefined || document !== undefined);

test('with the standard finetuned endpoint gone images arrive through ultra; the log says so once', async () => {
  fal.faults.retire(standard, 'submit');
  const wishes = ['a quiet harbour at dawn', 'a loud harbour at noon', 'an empty harbour at night'];
  // The third one is the third witness; the next one does not even try.
  for (const [index, wish] of [...wishes, 'a harbour in the snow'].entries()) {
    telegram.drive.sendText(11, wish);
    await expect.poll(() => picturesSeen().length, { interval: 20 }).toBe(index + 1);
  }
  const submits = fal.requests().map(({ endpoint, input }) => ({ endpoint, input }));
  expect(submits).toMatchObject(
    [...wishes, 'a harbour in the snow'].map((wish) => ({
      endpoint: ultra,
      input: { prompt: `ARTST ${wish}`, finetune_id: 'ft-1', aspect_ratio: '1:1' },
    })),
  );
  const told = service
    .output()
    .split('\n')
    .filter(
      (line) => line.includes('does not take jobs for an endpoint any more') && line.includes(standard),
    );
  expect(told).toHaveLength(1);
});

test('a failed submit, a refusal and a broken file later: no secret stands in the log', async () => {
  fal.faults.clear();
  fal.faults.add({ step: 'submit', fault: { kind: 'drop', when: 'after' }, times: 1 });
  fal.faults.add({ step: 'status', fault: { kind: 'answer', status: 503 }, times: 2 });
  fal.faults.add({ step: 'stream', fault: { kind: 'answer', status: 503 }, times: 2 });
  fal.faults.add({ step: 'file', fault: { kind: 'truncate' }, times: 1 });
  const before = picturesSeen().length;
  telegram.drive.sendText(11, 'a hidden garden in the rain');
  await expect.poll(() => picturesSeen().length, { interval: 20 }).toBe(before + 1);
  fal.faults.add({
    step: 'job',
    fault: { kind: 'fail', status: 422, type: 'content_policy_violation', message: 'a wicked garden' },
    times: 1,
  });
  telegram.drive.sendText(11, 'a wicked garden');
  const isRefusal = ({ text }: { text?: string | undefined }) => text?.includes('content policy') ?? false;
  await expect.poll(() => telegram.drive.messages(11).some(isRefusal), { interval: 20 }).toBe(true);
  expect(await service.stop()).toBe(0);

  const log = service.output();
  for (const level of ['debug', 'info', 'warn']) expect(log).toContain(`"level":"${level}"`);
  for (const secret of [
    ...['fal-key-secret-4711', 'telegram-token-secret-4711', 'harbour', 'garden', 'ARTST'],
    ...[`${fal.url}/files/`, new URL(database.connectionString).password].filter((text) => text !== ''),
  ])
    expect(log).not.toContain(secret);
});
