import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkSecretFiles } from '../../../src/composition/checks/check-secret-files.js';
import { ConfigError, loadConfig, secretsOf } from '../../../src/composition/settings/config.js';
import { readers, secrets } from '../../../src/composition/settings/setting-kinds.js';
import { aisha } from '../../support/spawned.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-secrets-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function fileWith(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

function problemsOf(variables: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const whsec = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

/** One that is right for each secret setting. */
const right: Readonly<Record<string, string>> = {
  TELEGRAM_BOT_TOKEN: '123:token',
  FAL_KEY: 'key:of-fal',
  FAL_ADMIN_KEY: 'key:of-an-admin',
  DATABASE_URL: 'postgres://aisha:password@db/aisha',
  OLD_DATABASE_URL: 'postgres://old:word@db/old',
  S3_ACCESS_KEY_ID: 'key-id',
  S3_SECRET_ACCESS_KEY: 'key-secret',
  ALERT_WEBHOOK_URL: 'https://pager.example/in',
  ALERT_WEBHOOK_SECRET: whsec,
};

/** What the keys of a bucket are nothing without. */
const beside = { S3_ENDPOINT: 'https://s3.example', S3_BUCKET: 'media', S3_REGION: 'auto' };

/** Every secret the settings know in a file, as editors and `echo` end one. */
async function allInFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = { ...beside };
  for (const [name, value] of Object.entries(right))
    files[`${name}_FILE`] = await fileWith(name, `${value}\n`);
  return files;
}

test('every secret can come from a file, without the end of its line', async () => {
  expect(loadConfig(await allInFiles())).toEqual(loadConfig({ ...beside, ...right }));
  for (const name of Object.keys(right)) expect(secrets).toContain(name);
  expect(secretsOf(loadConfig(await allInFiles()))).toContain(right.FAL_KEY);
});

test('whatever looks like a secret is one, and no file of one has the name of another setting', () => {
  const named = [...readers.keys()].filter((name) => /TOKEN|KEY|SECRET|PASSWORD|DATABASE_URL/.test(name));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !secrets.has(name))).toEqual([]);
  expect([...secrets].filter((name) => readers.has(`${name}_FILE`))).toEqual([]);
});

test('given twice it is refused, and neither is shown', async () => {
  const path = await fileWith('twice', 'key:in-the-file');
  const problems = problemsOf({ MODE: 'sandbox', FAL_KEY: 'key:in-the-open', FAL_KEY_FILE: path });
  expect(problems).toEqual(['FAL_KEY_FILE and FAL_KEY are both set: keep one of them']);
});

test('an empty one beside it counts as absent, as in a copy of the example', async () => {
  const path = await fileWith('beside', 'key:a');
  expect(loadConfig({ MODE: 'sandbox', FAL_KEY: ' ', FAL_KEY_FILE: path }).fal.key).toBe('key:a');
  expect(loadConfig({ FAL_KEY_FILE: '' }).fal.key).toBeNull();
});

test('all files that cannot be used are named with the other wrong settings, and nothing is called missing', async () => {
  const empty = await fileWith('empty', '\n');
  const long = await fileWith('long', 'k'.repeat(70_000));
  const lines = await fileWith('lines', 'postgres://a:b@c/d\nsomething else\n');
  const problems = problemsOf({
    MODE: 'live',
    PRICE_IMAGE: 'five',
    TELEGRAM_BOT_TOKEN_FILE: '/nowhere/token',
    FAL_KEY_FILE: empty,
    FAL_ADMIN_KEY_FILE: folder,
    DATABASE_URL_FILE: lines,
    ALERT_WEBHOOK_SECRET_FILE: long,
    ALERT_WEBHOOK_URL: 'https://pager.example/in',
  });
  expect([...problems].sort()).toEqual(
    [
      'PRICE_IMAGE "five" is not a whole number 0-999999',
      'TELEGRAM_BOT_TOKEN_FILE "/nowhere/token" cannot be read by this user (ENOENT)',
      `FAL_KEY_FILE "${empty}" is empty`,
      `FAL_ADMIN_KEY_FILE "${folder}" is not a file`,
      `DATABASE_URL_FILE "${lines}" has more than one line`,
      `ALERT_WEBHOOK_SECRET_FILE "${long}" is too large for a secret`,
    ].sort(),
  );
});

test('two files that cannot be read start no sandbox', () => {
  expect(problemsOf({ TELEGRAM_BOT_TOKEN_FILE: '/nowhere/a', FAL_KEY_FILE: '/nowhere/b' })).toHaveLength(2);
});

test('what is wrong in a file is told with the file’s setting, and not repeated', async () => {
  const path = await fileWith('wrong', 'two words');
  expect(problemsOf({ MODE: 'sandbox', FAL_KEY_FILE: path })).toEqual([
    'FAL_KEY has white space in it (read from FAL_KEY_FILE)',
  ]);
});

test('the program ends with 2 and names the files', async () => {
  const cwd = join(folder, 'program');
  await mkdir(cwd);
  const { code, stderr } = await aisha(['start'], { FAL_KEY_FILE: '/nowhere/key', HTTP_PORT: 'x' }, cwd);
  expect(code).toBe(2);
  expect(stderr).toContain('FAL_KEY_FILE "/nowhere/key" cannot be read by this user (ENOENT)');
  expect(stderr).toContain('HTTP_PORT "x" is not a port');
});

test('doctor warns of files that others can read or change', async () => {
  expect(checkSecretFiles({}, null)).toEqual([]);
  const path = await fileWith('modes', 'key:a');
  const look = () => checkSecretFiles({ FAL_KEY_FILE: path }, null);
  for (const mode of [0o600, 0o400, 0o440]) {
    await chmod(path, mode);
    expect(look()).toEqual([expect.objectContaining({ ok: true, detail: expect.stringContaining(path) })]);
    expect(look()[0]?.isWarning).toBeUndefined();
  }
  for (const mode of [0o644, 0o602, 0o660]) {
    await chmod(path, mode);
    expect(look()).toEqual([
      expect.objectContaining({ ok: true, isWarning: true, advice: `chmod g-w,o= ${path}` }),
    ]);
  }
});

test('doctor looks at the settings file, too, where secrets stand in it', async () => {
  const settings = await fileWith('settings', 'FAL_KEY=key:a');
  await chmod(settings, 0o644);
  expect(checkSecretFiles({}, settings)).toEqual([]);
  expect(checkSecretFiles({ FAL_KEY: 'key:a' }, settings)).toMatchObject([{ isWarning: true }]);
  const { stdout } = await aisha(['doctor'], { MODE: 'sandbox', FAL_KEY_FILE: settings }, folder);
  expect(stdout).toContain(`⚠ secrets: others can read or change ${settings}`);
  expect(stdout).not.toContain('key:a');
});

test('a password on the command line is warned of, and not repeated', async () => {
  const words = ['import', '--from-postgres', 'postgres://old:secret@127.0.0.1:1/old', '--dry-run'];
  const { stderr } = await aisha(words, { DATA_DIR: join(folder, 'none') }, folder);
  expect(stderr).toContain('everybody on this machine can see it');
  expect(stderr).not.toContain('secret@');
  const harmless = await aisha([...words.slice(0, 2), 'postgres://127.0.0.1:1/old', '--dry-run'], {}, folder);
  expect(harmless.stderr).not.toContain('everybody on this machine');
});

test('the example tells of files', async () => {
  const example = await readFile(new URL('../../../.env.example', import.meta.url), 'utf8');
  expect(example).toContain('FAL_KEY_FILE=');
});
