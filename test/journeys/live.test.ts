import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalFal, startLocalFal } from '../../src/sandbox/fal/local-fal.js';
import { type LocalTelegram, startLocalTelegram } from '../../src/sandbox/telegram/local-telegram.js';
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

/** A large one comes as a document too. */
const picturesSeen = () => telegram.drive.messages(11).filter(({ photo }) => photo !== undefined);

const picturesArrive = (count: number) =>
  expect.poll(() => picturesSeen().length, { interval: 20 }).toBe(count);

// The second chapter stops the program.
describe('the program with fal and Telegram', { shuffle: false }, () => {
  test("a submit and a result that are answered 404 are each one job's trouble; several submits are a verdict that heals", async () => {
    fal.faults.retire(standard, 'submit');
    telegram.drive.sendText(11, 'a quiet harbour at dawn');
    await picturesArrive(1);
    fal.faults.restore(standard);
    fal.faults.add({ step: 'result', endpoint: standard, fault: { kind: 'answer', status: 404 }, times: 1 });
    telegram.drive.sendText(11, 'a loud harbour at noon');
    await picturesArrive(2);
    expect(fal.requests().map(({ endpoint, input }) => ({ endpoint, input }))).toMatchObject([
      {
        endpoint: ultra,
        input: { prompt: 'ARTST a quiet harbour at dawn', finetune_id: 'ft-1', aspect_ratio: '1:1' },
      },
      { endpoint: standard, input: { prompt: 'ARTST a loud harbour at noon', finetune_id: 'ft-1' } },
    ]);

    fal.faults.retire(standard, 'submit');
    for (const count of [3, 4, 5]) {
      telegram.drive.sendText(11, `harbour ${count}`);
      await picturesArrive(count);
    }
    const told = service
      .output()
      .split('\n')
      .filter((line) => line.includes('does not take jobs') && line.includes(standard));
    expect(told).toHaveLength(1);
    const listed = await aisha(['endpoints', 'list', '--json'], settings, folder);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ endpoint: standard, state: 'retired', jobs: 3 }]);

    fal.faults.restore(standard);
    telegram.drive.sendText(11, 'harbour 6');
    await picturesArrive(6);
    expect(fal.requests().at(-1)?.endpoint).toBe(ultra);
    const restored = await aisha(['endpoints', 'restore', standard], settings, folder);
    expect(restored.code, restored.stderr).toBe(0);
    telegram.drive.sendText(11, 'harbour 7');
    await picturesArrive(7);
    expect(fal.requests().at(-1)?.endpoint).toBe(standard);
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
    const isRefusal = ({ text }: { text?: string | undefined }) =>
      text?.includes('rules don’t allow') ?? false;
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
});
