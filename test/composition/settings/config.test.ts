import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ConfigError, loadConfig, secretsOf } from '../../../src/composition/settings/config.js';

const problemsOf = (variables: Readonly<Record<string, string>>): readonly string[] => {
  try {
    loadConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

test('how much of what is free a person may use a day is the operator’s to say', () => {
  expect(loadConfig({}).policy.allowances).toEqual({
    prompt_help: 100,
    photo_words: 30,
    upload_bytes: 1_048_576_000,
    drafts: 10,
    lora_files: 10,
    promo_codes: 5,
  });
  expect(loadConfig({ DAILY_DRAFTS: '0', DAILY_UPLOAD_MEGABYTES: '2' }).policy.allowances).toMatchObject({
    drafts: 0,
    upload_bytes: 2_097_152,
  });
});

test('what trainings cost and keep is the operator’s to say', () => {
  expect(loadConfig({}).trainingPolicy).toEqual({
    prices: {
      portrait: { fast: 60, balanced: 150, quality: 240 },
      artistic: { fast: 150, balanced: 150, quality: 150 },
    },
    freeRetrains: 1,
    photoDays: 30,
    draftDays: 30,
    replacedWeightsDays: 30,
  });
  const said = {
    PRICE_TRAINING: '80',
    PRICE_TRAINING_FAST: '0',
    PRICE_TRAINING_QUALITY: '200',
    FREE_RETRAINS: '0',
    TRAINING_PHOTO_DAYS: '7',
    DRAFT_DAYS: '5',
    REPLACED_WEIGHTS_DAYS: '3',
  };
  expect(loadConfig(said).trainingPolicy).toEqual({
    prices: {
      portrait: { fast: 0, balanced: 80, quality: 200 },
      artistic: { fast: 0, balanced: 80, quality: 200 },
    },
    freeRetrains: 0,
    photoDays: 7,
    draftDays: 5,
    replacedWeightsDays: 3,
  });
});

test('a person’s training costs by its steps, a style’s does not, and whole credits at that', () => {
  expect(loadConfig({ PRICE_TRAINING: '99' }).trainingPolicy.prices).toEqual({
    portrait: { fast: 40, balanced: 99, quality: 158 },
    artistic: { fast: 99, balanced: 99, quality: 99 },
  });
  expect(loadConfig({ PRICE_TRAINING: '0' }).trainingPolicy.prices.portrait).toEqual({
    fast: 0,
    balanced: 0,
    quality: 0,
  });
  // Only the default speed has a price of its own: the others still follow PRICE_TRAINING.
  expect(loadConfig({ PRICE_TRAINING_BALANCED: '10' }).trainingPolicy.prices).toEqual({
    portrait: { fast: 60, balanced: 10, quality: 240 },
    artistic: { fast: 150, balanced: 10, quality: 150 },
  });
});

test('every wrong one is named, and every name stands in the example', async () => {
  const wrong = {
    PRICE_TRAINING: '-1',
    PRICE_TRAINING_FAST: 'cheap',
    PRICE_TRAINING_BALANCED: '1.5',
    PRICE_TRAINING_QUALITY: '9999999',
    FREE_RETRAINS: '100',
    TRAINING_PHOTO_DAYS: 'ever',
    DRAFT_DAYS: '0',
    REPLACED_WEIGHTS_DAYS: '-3',
    DAILY_PROMPT_HELP: 'some',
    DAILY_PHOTO_WORDS: '-1',
    DAILY_UPLOAD_MEGABYTES: '1.5',
    DAILY_DRAFTS: '9999999',
    DAILY_LORA_FILES: 'few',
    DAILY_PICTURES: '0',
    DAILY_BUDGET: '1.5',
    MONTHLY_BUDGET: 'all',
    CONFIRM_FIRST_ORDERS: '-1',
    RECONCILE_SECONDS: '0',
  };
  const problems = problemsOf(wrong);
  expect(problems).toHaveLength(Object.keys(wrong).length);
  const example = await readFile(new URL('../../../.env.example', import.meta.url), 'utf8');
  for (const [name, value] of Object.entries(wrong)) {
    expect(problems.join('\n')).toContain(`${name} "${value}" is not a whole number`);
    expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
  }
});

test('the example itself is fine', async () => {
  const example = await readFile(new URL('../../../.env.example', import.meta.url), 'utf8');
  const lines = example.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  expect(problemsOf(Object.fromEntries(lines.map((line) => line.split('=') as [string, string])))).toEqual(
    [],
  );
});

test.each([
  ['fal.media', true],
  ['fal.media, *.fal.media, 127.0.0.1:4000', true],
  ['storage.googleapis.com/falserverless,storage.googleapis.com/fal-flux-lora/', true],
  ['https://fal.media', false],
  ['storage.googleapis.com/falserverless/../evil', false],
  ['fal.media,', false],
])('FAL_MEDIA_HOSTS "%s" is fine: %s', (value, fine) => {
  expect(problemsOf({ FAL_MEDIA_HOSTS: value })).toHaveLength(fine ? 0 : 1);
});

test('the first three paid orders of a person are asked about, or as many as the operator says', () => {
  expect(loadConfig({}).policy.confirmFirstOrders).toBe(3);
  expect(loadConfig({ CONFIRM_FIRST_ORDERS: '0' }).policy.confirmFirstOrders).toBe(0);
});

test.each([
  ['@aisha_help', 'https://t.me/aisha_help'],
  ['t.me/aisha_help', 'https://t.me/aisha_help'],
  ['http://t.me/+invitation', 'https://t.me/+invitation'],
  ['https://help.example.com/credits?from=bot', 'https://help.example.com/credits?from=bot'],
  ['mailto:me@example.com', 'mailto:me@example.com'],
])('people reach the operator at SUPPORT_CONTACT "%s", which is %s', (value, address) => {
  expect(loadConfig({ SUPPORT_CONTACT: value }).supportContact).toBe(address);
});

test.each([
  'me@example.com',
  '@me',
  'http://help.example.com',
  'javascript:alert(1)',
  'https://',
  '@two names',
])('nobody is reached at SUPPORT_CONTACT "%s"', (value) => {
  expect(problemsOf({ SUPPORT_CONTACT: value })).toEqual([
    expect.stringContaining(`SUPPORT_CONTACT "${value}" is not`),
  ]);
  expect(loadConfig({}).supportContact).toBeNull();
});

test('the web server listens on this machine alone where nobody has to call us', () => {
  const live = { TELEGRAM_BOT_TOKEN: '1:x', FAL_KEY: 'k' };
  const called = { ...live, PUBLIC_URL: 'https://bot.example' };
  expect(loadConfig(live).httpHost).toBe('127.0.0.1');
  expect(loadConfig(called).httpHost).toBeNull();
  expect(loadConfig({ PUBLIC_URL: 'https://bot.example' }).httpHost).toBe('127.0.0.1');
  expect(loadConfig({ ...called, HTTP_HOST: '::1' }).httpHost).toBe('::1');
  expect(problemsOf({ HTTP_HOST: 'http://x', STATUS_PORT: '99999' })).toEqual([
    'HTTP_HOST "http://x" is not an address of this machine or the name of one',
    'STATUS_PORT "99999" is not a port (0-65535)',
  ]);
});

test('a floor for the disk is a number of megabytes', () => {
  expect(loadConfig({}).diskFloorBytes).toBe(500_000_000);
  expect(loadConfig({ DISK_FLOOR_MB: '0' }).diskFloorBytes).toBe(0);
  expect(problemsOf({ DISK_FLOOR_MB: '1 GB' })).toEqual([
    'DISK_FLOOR_MB "1 GB" is not a whole number of megabytes 0-9999999',
  ]);
});

test('readiness and metrics get a port of their own by name, and not the one that is taken', () => {
  expect(loadConfig({}).statusPort).toBeNull();
  expect(loadConfig({ STATUS_PORT: '9090' }).statusPort).toBe(9090);
  expect(problemsOf({ STATUS_PORT: '0', HTTP_PORT: '0' })).toEqual([]);
  expect(problemsOf({ STATUS_PORT: '8080' })).toEqual([
    'STATUS_PORT and HTTP_PORT are both 8080: each needs a port of its own.',
  ]);
});

test('an unknown sslmode and a missing certificate are told with the other wrong settings', () => {
  const wrong = {
    DATABASE_URL: 'postgres://aisha@db/aisha?sslmode=requires&sslrootcert=/nowhere/ca.pem',
    PRICE_IMAGE: 'much',
  };
  expect(problemsOf(wrong)).toEqual([
    expect.stringContaining('PRICE_IMAGE'),
    expect.stringMatching(
      /^DATABASE_URL has sslmode "requires".*allowed: disable, no-verify, prefer, require/,
    ),
    expect.stringContaining('DATABASE_URL has sslrootcert=/nowhere/ca.pem'),
  ]);
});

test('the words for TLS that the driver warns of are said in the one that it means', () => {
  const read = (parameters: string) =>
    loadConfig({ DATABASE_URL: `postgres:///aisha?${parameters}` }).databaseUrl?.split('?')[1];
  expect(read('sslmode=require')).toBe('sslmode=verify-full');
  expect(read('a=1&sslmode=prefer&b=2')).toBe('a=1&sslmode=verify-full&b=2');
  expect(read('sslmode=no-verify')).toBe('sslmode=no-verify');
  expect(read('uselibpqcompat=true&sslmode=require')).toBe('uselibpqcompat=true&sslmode=require');
});

test('an address that Telegram would refuse to call is found with the other settings', () => {
  const wrong = { TELEGRAM_BOT_TOKEN: '1:a', FAL_KEY: 'key', PRICE_IMAGE: 'five' };
  const said = (changes: Record<string, string>) => problemsOf({ ...wrong, ...changes }).join(' ');
  expect(said({ PUBLIC_URL: 'https://bot.example:9000' })).toMatch(/PRICE_IMAGE.*9000.*443, 80, 88/);
  expect(said({ PUBLIC_URL: 'http://bot.example' })).toMatch(/https/);
  for (const port of ['', ':443', ':80', ':88', ':8443'])
    expect(said({ PUBLIC_URL: `https://bot.example${port}` })).not.toContain('PUBLIC_URL');
  const elsewhere = { PUBLIC_URL: 'http://bot:9000', TELEGRAM_API_URL: 'http://api:8081' };
  expect(said(elsewhere)).not.toContain('PUBLIC_URL');
  expect(said({ PUBLIC_URL: 'http://bot:9000', ROLES: 'worker,http' })).not.toContain('PUBLIC_URL');
});

test.each([
  ['http://api:8081', true],
  ['http://bot_api:8081/', true],
  ['http://127.0.0.1:4000', true],
  ['http://[::1]:9000', true],
  ['https://user:word@bot.example./path?x=1', true],
  ['ftp://api', false],
  ['http://', false],
  ['http://api:99999', false],
  ['http://a b', false],
])('the address "%s" is one of a server: %s', (address, fine) => {
  const why = `TELEGRAM_API_URL "${address}" is not an address that starts with http:// or https://`;
  expect(problemsOf({ TELEGRAM_API_URL: address })).toEqual(fine ? [] : [why]);
});

test('a number is read as people write one, and nothing else as one', () => {
  expect(loadConfig({ PRICE_IMAGE: '007' }).policy.priceImage).toBe(7);
  for (const text of ['1e3', '0x10', '+5', '5.0', '99999999999999999999', '-1', '1000000'])
    expect(problemsOf({ PRICE_IMAGE: text })).toEqual([
      `PRICE_IMAGE "${text}" is not a whole number 0-999999`,
    ]);
});

const whsec = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

test('alerts are posted where the operator says, and neither address nor secret is ever logged', () => {
  expect(loadConfig({}).alerts).toBeNull();
  const variables = { ALERT_WEBHOOK_URL: 'https://pager.example/in?token=1', ALERT_WEBHOOK_SECRET: whsec };
  const config = loadConfig(variables);
  expect(config.alerts).toEqual({ url: 'https://pager.example/in?token=1', secret: whsec });
  expect(secretsOf(config)).toEqual(expect.arrayContaining(Object.values(variables)));
  expect(loadConfig({ ...variables, ALERT_WEBHOOK_URL: 'http://127.0.0.1:1/in' }).alerts).not.toBeNull();
});

const live = { TELEGRAM_BOT_TOKEN: '1:token', FAL_KEY: 'key' };

test('fal’s bill is read where a key for it is set, which no log shows', () => {
  expect(loadConfig(live).fal).toMatchObject({ adminKey: null, apiUrl: 'https://api.fal.ai' });
  const config = loadConfig({ ...live, FAL_ADMIN_KEY: 'admin:secret' });
  expect(config.fal.adminKey).toBe('admin:secret');
  expect(secretsOf(config)).toContain('admin:secret');
});

test.each([
  [
    'an address without a secret',
    { ALERT_WEBHOOK_URL: 'https://pager.example' },
    'ALERT_WEBHOOK_SECRET is not',
  ],
  ['a secret without an address', { ALERT_WEBHOOK_SECRET: whsec }, 'ALERT_WEBHOOK_URL is not'],
  ['no https', { ALERT_WEBHOOK_URL: 'http://pager.example', ALERT_WEBHOOK_SECRET: whsec }, 'https://'],
  ['no web address', { ALERT_WEBHOOK_URL: 'ftp://pager.example', ALERT_WEBHOOK_SECRET: whsec }, 'https://'],
  ['half an address', { ALERT_WEBHOOK_URL: 'https://[', ALERT_WEBHOOK_SECRET: whsec }, 'not an address'],
  ['a password', { ALERT_WEBHOOK_URL: 'https://a:b@pager.example', ALERT_WEBHOOK_SECRET: whsec }, 'password'],
])('no alerts with %s', (_, variables, problem) => {
  expect(problemsOf({ ...live, ...variables })).toEqual([expect.stringContaining(problem)]);
  expect(problemsOf({ ...live, ...variables }).join()).not.toContain('pager');
});

test.each([
  ['whsec_', 'empty'],
  [whsec.slice('whsec_'.length), 'without its beginning'],
  [`whsec_${Buffer.alloc(23).toString('base64')}`, 'too short'],
  [`whsec_${Buffer.alloc(65).toString('base64')}`, 'too long'],
  [`${whsec}=`, 'no base64'],
])('a secret that is %s (%s) is refused and not shown', (secret) => {
  const problems = problemsOf({ ALERT_WEBHOOK_URL: 'https://pager.example', ALERT_WEBHOOK_SECRET: secret });
  expect(problems).toEqual(['ALERT_WEBHOOK_SECRET is not whsec_ and 24 to 64 bytes in base64']);
});

test.each([24, 25, 26, 32, 63, 64])('a secret of %i bytes will do', (bytes) => {
  const secret = `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
  expect(problemsOf({ ALERT_WEBHOOK_URL: 'https://pager.example', ALERT_WEBHOOK_SECRET: secret })).toEqual(
    [],
  );
});

const bucket = {
  S3_ENDPOINT: 'https://s3.eu-central-1.amazonaws.com/',
  S3_BUCKET: 'our-media',
  S3_REGION: 'eu-central-1',
  S3_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  S3_SECRET_ACCESS_KEY: 'secret/of+the=bucket',
};

test('media are in the folder, or in the bucket that is named, whose keys no log shows', () => {
  expect(loadConfig({})).toMatchObject({ mediaStore: 'folder', s3: null });
  const config = loadConfig({ ...bucket, MEDIA_STORE: 's3', S3_PREFIX: 'live/one' });
  expect(config).toMatchObject({
    mediaStore: 's3',
    s3: {
      ...{ endpoint: 'https://s3.eu-central-1.amazonaws.com', bucket: 'our-media', region: 'eu-central-1' },
      ...{ prefix: 'live/one/', pathStyle: false },
    },
  });
  expect(secretsOf(config)).toEqual(expect.arrayContaining(['AKIAEXAMPLE', 'secret/of+the=bucket']));
  // For a copy there, before it is used.
  expect(loadConfig(bucket)).toMatchObject({ mediaStore: 'folder', s3: { bucket: 'our-media', prefix: '' } });
});

test('all that a bucket lacks is told at once, with the way out', () => {
  expect(problemsOf({ MEDIA_STORE: 's3' })).toEqual([
    'MEDIA_STORE is s3, and S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY are not set: set what is missing, or leave MEDIA_STORE at folder.',
  ]);
  const { S3_REGION: _, ...rest } = bucket;
  expect(problemsOf(rest)).toEqual([
    'other settings of S3 are set, and S3_REGION is not set: set what is missing, or leave all of S3_ out.',
  ]);
});

test.each([
  [{ MEDIA_STORE: 'bucket' }, 'MEDIA_STORE "bucket" is unknown; allowed: folder, s3'],
  [{ S3_ENDPOINT: 's3.example' }, 'is not an address that starts with http'],
  [{ S3_ENDPOINT: 'https://a:b@s3.example' }, 'has a name or a password in it'],
  [{ S3_ENDPOINT: 'https://s3.example/?x=1' }, 'has something behind its path'],
  [{ S3_ENDPOINT: 'https://our-media.s3.example' }, 'has the bucket our-media in it'],
  [{ S3_ENDPOINT: 'https://s3.example/our-media' }, 'has the bucket our-media in it'],
  [{ S3_ENDPOINT: 'http://127.0.0.1:9000' }, 'set S3_PATH_STYLE=true'],
  [{ S3_BUCKET: 'our.media' }, 'set S3_PATH_STYLE=true'],
  [{ S3_BUCKET: 'Our Media' }, 'is not the name of a bucket'],
  [{ S3_REGION: 'EU' }, 'is not the name of a region'],
  [{ S3_PREFIX: '/live' }, 'S3_PREFIX "/live" is not made of'],
  [{ S3_PREFIX: '../live' }, 'is not made of'],
  [{ S3_PATH_STYLE: 'yes' }, 'allowed: true, false'],
  [{ S3_SECRET_ACCESS_KEY: 'two words' }, 'S3_SECRET_ACCESS_KEY has white space in it'],
])('no bucket with %j', (changes, problem) => {
  const problems = problemsOf({ MEDIA_STORE: 's3', ...bucket, ...changes });
  expect(problems).toEqual([expect.stringContaining(problem)]);
  expect(problems.join()).not.toContain('two words');
});
