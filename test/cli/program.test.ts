import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aisha, type Ended } from '../support/spawned.js';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-cli-'));
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (words: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  aisha(
    words,
    { DATA_DIR: join(folder, 'data'), DATABASE_URL: database.connectionString, ...variables },
    folder,
  );

/** In one message without a trace, and nothing on stdout. */
function expectRefused({ code, stdout, stderr }: Ended, exitCode: 1 | 2, ...parts: readonly string[]) {
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at |node:internal|Error:.*\n.*Error:/m);
  for (const part of parts) expect(stderr).toContain(part);
}

test('generate writes real images and prints exactly one JSON document', async () => {
  const words = ['generate', '--avatar', 'demo-artistic', '--preset', 'ultra', '--aspect-ratio', '16:9'];
  const { code, stdout, stderr } = await run([
    ...words,
    ...[
      '--count',
      '2',
      '--seed',
      '7',
      '--format',
      'png',
      '--out',
      'pictures',
      '--json',
      'a photo in',
      'medieval armor',
    ],
  ]);
  expect(code, stderr).toBe(0);
  const made = JSON.parse(stdout);
  expect(Object.keys(made)).toEqual([
    ...['id', 'status', 'endpoint', 'prompt', 'seed', 'images', 'credits', 'milliseconds'],
  ]);
  expect(made).toMatchObject({
    endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
    prompt: 'ARTST a photo in medieval armor',
    seed: '7',
    credits: 10,
  });
  expect(made.images).toHaveLength(2);
  for (const image of made.images) {
    expect(Object.keys(image)).toEqual(['path', 'width', 'height', 'contentType']);
    const { format, width, height } = await sharp(await readFile(image.path)).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: image.width, height: image.height });
    expect(width / height).toBeCloseTo(16 / 9, 1);
  }
  expect(await readdir(join(folder, 'pictures'))).toHaveLength(2);
  expect(stderr).toContain('queued');
});

test('all that is wrong with a request is said in one message', async () => {
  const wrong = [
    '--avatar',
    'nobody',
    '--preset',
    'best',
    '--aspect-ratio',
    '5:4',
    '--steps',
    'many',
    '--count',
    '9',
  ];
  const said = await run(['generate', ...wrong, '--guidance', '99', '--strength', '-1', '--json', '🙂🙂🙂']);
  expectRefused(
    said,
    2,
    ...[
      'avatar "nobody"',
      'preset "best"',
      'fast, balanced',
      'aspectRatio "5:4"',
      'steps "many"',
      'count "9"',
    ],
    ...['guidance "99"', 'strength "-1"', 'prompt "🙂🙂🙂"'],
  );
});

test('settings that are wrong are all named, by every command', async () => {
  const wrong = {
    MODE: 'test',
    HTTP_PORT: '99999',
    ROLES: 'boss',
    PRICE_IMAGE: 'five',
    DATABASE_URL: 'mysql://x',
  };
  expectRefused(await run(['start'], wrong), 2, ...Object.keys(wrong));
});

test('a token without a key and a key without a token are refused with both facts and the way out', async () => {
  const token = '12345:secret-token';
  const [noKey, noToken] = await Promise.all([
    run(['start'], { TELEGRAM_BOT_TOKEN: token }),
    run(['start'], { FAL_KEY: 'secret-key' }),
  ]);
  expectRefused(noKey, 2, 'TELEGRAM_BOT_TOKEN is set', 'FAL_KEY is not', 'MODE=sandbox');
  expectRefused(
    noToken,
    2,
    'FAL_KEY is set',
    'TELEGRAM_BOT_TOKEN is not',
    'ROLES=worker,http',
    'MODE=sandbox',
  );
  expect(noKey.stderr + noToken.stderr).not.toMatch(/secret/);
});

test('a database out of reach is named without its password', async () => {
  const away = { DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/aisha' };
  const [generated, examined] = await Promise.all([
    run(['generate', 'a knight'], away),
    run(['doctor', '--json'], away),
  ]);
  expectRefused(generated, 1, '127.0.0.1:1', 'ECONNREFUSED', 'DATABASE_URL');
  expect(generated.stderr).not.toContain('secret');
  expect(examined.code).toBe(1);
  expect(JSON.parse(examined.stdout)).toContainEqual(
    expect.objectContaining({
      subject: 'database',
      ok: false,
      detail: expect.stringContaining('127.0.0.1:1'),
    }),
  );
});

test('a data folder that is none is named with the way out', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const [withDatabase, embedded] = await Promise.all([
    run(['generate', 'a knight'], { DATA_DIR: file }),
    run(['avatar', 'list'], { DATA_DIR: join(file, 'data'), DATABASE_URL: '' }),
  ]);
  expectRefused(withDatabase, 1, file, 'DATA_DIR');
  expectRefused(embedded, 1, file, 'DATA_DIR');
});

test('a port that is taken is named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const said = await run(['start'], { HTTP_PORT: String(port), ROLES: 'http', LOG_LEVEL: 'silent' });
  server.close();
  expectRefused(said, 1, String(port), 'HTTP_PORT');
});
