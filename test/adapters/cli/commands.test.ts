import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { command } from './a-terminal.js';

/** What fal gives finetunes for names. */
const aFinetuneId = '764cabcf-b745-4b3e-ae38-1200304cf45b';

let folder: string;
let database: TestDatabase;
let liveDatabase: TestDatabase;
/** A live installation, which shares no database with the sandbox. */
let live: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-commands-'));
  database = await createTestDatabase();
  liveDatabase = await createTestDatabase();
  live = { MODE: 'live', FAL_KEY: 'key', ROLES: 'worker', DATABASE_URL: liveDatabase.connectionString };
  // It has been used before: reading commands make no installation.
  await expectRefused(['generate', '--avatar', 'nobody', 'a knight'], ['nobody']);
});

afterAll(async () => {
  await database.drop();
  await liveDatabase.drop();
  await rm(folder, { recursive: true, force: true });
});

const settings = () => ({
  DATA_DIR: join(folder, 'data'),
  DATABASE_URL: database.connectionString,
  SANDBOX_IMAGE_MILLISECONDS: '10',
});

const run = (words: readonly string[], variables = {}) => command(words, { ...settings(), ...variables });

/** The one JSON document on stdout. */
async function json(words: readonly string[], variables = {}) {
  const { code, out, err } = await run([...words, '--json'], variables);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

async function expectRefused(words: readonly string[], parts: readonly string[], variables = {}) {
  const { code, out, err } = await run(words, variables);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  for (const part of parts) expect(err).toContain(part);
}

test('presets lists all eight and whom each works with', async () => {
  const presets = await json(['presets']);
  expect(presets.map(({ name }: { name: string }) => name)).toHaveLength(8);
  expect(presets.at(-1)).toMatchObject({ name: 'ultra', worksWith: ['finetune (artistic)'] });
  const { out } = await run(['presets']);
  expect(out.split('\n')).toHaveLength(10);
});

test('an avatar is added and listed; one of nobody and a wrong owner are refused', async () => {
  const words = ['avatar', 'add', '--owner', '5', '--name', 'Ada', '--type', 'portrait', '--main'];
  const added = await json([...words, '--lora', 'https://weights.example/ada', '--trigger', 'TOK'], live);
  expect(added).toMatchObject({ owner: '5', name: 'Ada', status: 'ready', trigger: 'TOK', main: true });
  expect(await json(['avatar', 'list', '--owner', '5'], live)).toEqual([added]);
  expect((await run(['avatar', 'list', '--owner', '5'], live)).out).toContain(added.id.slice(0, 8));
  // Weights are looked at where that is possible; the sandbox asks nobody outside.
  const unread = 'It was taken in, but the weights could not be looked at: files may not be read from';
  expect(await run([...words, '--lora', 'https://weights.example/b'], live)).toMatchObject({
    code: 0,
    err: expect.stringContaining(`${unread} https://weights.example`),
  });
  expect(await run([...words, '--lora', 'https://v3.fal.media/b'])).toMatchObject({
    code: 0,
    err: expect.stringContaining(`${unread} https://v3.fal.media`),
  });
  await expectRefused(['avatar', 'list', '--owner', 'me'], ['owner "me" is not valid']);
  await expectRefused(
    ['avatar', 'add', '--name', 'Ada'],
    ['owner is missing', 'type is missing', 'model is missing'],
    live,
  );
  await expectRefused(
    [...words, '--lora', 'https://169.254.169.254/x'],
    ['lora "https://169.254.169.254/x" points to a private address'],
    live,
  );
  await expectRefused(
    [
      'avatar',
      'add',
      '--owner',
      '5',
      '--name',
      'X',
      '--type',
      'person',
      '--lora',
      'http://weights.example/x',
    ],
    ['lora "http://weights.example/x" is not an https address', 'name "X"', 'type "person"'],
    live,
  );
});

test.each([
  ['', 'prompt is missing; allowed: 3-2000'],
  ['ab', 'prompt "ab" is too short; allowed: 3-2000'],
  ['x'.repeat(2001), 'is too long; allowed: 3-2000'],
  ['🙂🙂🙂', 'prompt "🙂🙂🙂" has no words'],
])('a prompt that cannot be is refused', async (prompt, message) => {
  await expectRefused(['generate', prompt], [message]);
});

test('whose avatar it is matters, and whether it is ready', async () => {
  const before = { jobs: await json(['generations', 'list']), credits: await json(['credits', 'show']) };
  await expectRefused(['generate', '--avatar', 'Ada', 'a knight'], ['There is no avatar "Ada"']);
  await expectRefused(['generate', '--owner', '7', 'a knight'], ['There is no avatar yet']);
  await expectRefused(
    ['generate', '--avatar', 'demo-portrait', '--preset', 'ultra', 'a knight'],
    ['"ultra" does not work with this avatar', 'fast, balanced'],
  );
  await expectRefused(
    ['generate', '--avatar', 'nobody', '--steps', '99', ''],
    ['avatar "nobody"', 'steps "99"', 'prompt'],
    live,
  );
  await expectRefused(['generate', 'a knight'], ['avatar is missing'], live);
  const client = new pg.Client(database.connectionString);
  await client.connect();
  await client.query(
    `insert into avatars (id, owner, name, type, is_main, status, created_at)
     values ('00000000-0000-4000-8000-0000000000aa', '1', 'Young', 'portrait', false, 'training', now())`,
  );
  await client.end();
  await expectRefused(['generate', '--avatar', 'Young', 'a knight'], ['"Young" is not ready (training)']);
  expect(await json(['generations', 'list'])).toEqual(before.jobs);
  expect(await json(['credits', 'show'])).toEqual(before.credits);
});

test('a folder that does not exist is refused before anything is paid', async () => {
  await expectRefused(['generate', '--out', join(folder, 'no', 'where'), 'a knight'], ['out "']);
});

test('unknown commands and options are explained', async () => {
  for (const words of [
    ['draw'],
    ['generate'],
    ['generate', '--colour', 'red', 'a knight'],
    ['generations', 'retry'],
  ]) {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('error:');
  }
  expect(await run(['--help'])).toMatchObject({ code: 0, err: '' });
});

test('all unknown options are named at once; one that was mistyped comes with what was meant', async () => {
  const { err } = await run([
    'generate',
    '--colour',
    'red',
    '--steps',
    '20',
    'a knight',
    '--size=8',
    '--',
    '--x',
  ]);
  expect(err).toContain("error: unknown options '--colour', '--size'\n");
  expect((await run(['generate', '--stepps', '20', 'a knight'])).err).toContain('Did you mean --steps?');
  expect((await run(['import', '--dry', '--file', 'old.json'])).err).toContain("'--dry', '--file'");
});

test('the old names are understood as options, and a wrong value is told by the name it came under', async () => {
  await expectRefused(
    ['generate', '--num-inference-steps', '99', '--safety-tolerance', '2', '--lora-scale', '9', 'a knight'],
    ['num_inference_steps "99"', 'loraScale "9"', 'safety_tolerance cannot be set here'],
  );
  const avatar = ['--avatar', 'demo-artistic', '--out', join(folder, 'wide.jpg')];
  const flags = ['--use-ultra', '--enable-safety-checker', '--raw', '--output-format', 'jpeg'];
  const words = ['generate', ...avatar, ...flags, '--aspect-ratio', '16:9', 'a hill'];
  const made = await json(words, { PRICE_IMAGE: '0' });
  expect(made).toMatchObject({ images: [{ width: 2752, height: 1536 }] });
});

test('importing twice changes nothing; broken files are named', async () => {
  const file = join(folder, 'old.json');
  const row = {
    id: 1,
    telegram_id: 99,
    name: 'Old',
    training_type: 'style',
    status: 'completed',
    model: 'ft-1',
  };
  await writeFile(file, JSON.stringify([row, { ...row, id: 2, status: 'failed' }]));
  const skipped = [{ id: '2', reason: expect.any(String) }];
  expect(await json(['import', file, '--dry-run'])).toEqual({ imported: 1, updated: 0, skipped });
  expect(await json(['import', file])).toEqual({ imported: 1, updated: 0, skipped });
  const before = await json(['avatar', 'list', '--owner', '99']);
  expect(await json(['import', file])).toEqual({ imported: 0, updated: 0, skipped });
  expect(await json(['avatar', 'list', '--owner', '99'])).toEqual(before);
  await writeFile(file, '[{"id": 1,');
  await expectRefused(['import', file], [file, 'valid JSON']);
  await writeFile(file, '{}');
  await expectRefused(['import', file], ['a JSON array']);
  await expectRefused(
    ['import', join(folder, 'nothing.json')],
    [`file "${join(folder, 'nothing.json')}" is not there`],
  );
});

test('importing ends as failed only when every row was skipped', async () => {
  const file = join(folder, 'some.json');
  const style = { telegram_id: 98, training_type: 'style', status: 'completed', finetune_id: aFinetuneId };
  const good = { ...style, id: 11, name: 'Strokes' };
  const bad = { ...style, id: 12, name: 'Request', fal_request_id: aFinetuneId };
  const importing = async (rows: readonly unknown[], ...words: readonly string[]) => {
    await writeFile(file, JSON.stringify(rows));
    return (await run(['import', file, ...words])).code;
  };
  expect(await importing([bad])).toBe(1);
  expect(await importing([bad], '--json')).toBe(1);
  expect(await importing([good, bad])).toBe(0);
  // Nothing is left to be done, and nothing went wrong.
  expect(await importing([good])).toBe(0);
  expect(await importing([])).toBe(0);
  const [avatar] = await json(['avatar', 'list', '--owner', '98']);
  expect(avatar).toMatchObject({ name: 'Strokes', model: { kind: 'finetune', id: aFinetuneId } });
});

test('the old database may be named by the settings', async () => {
  const old = await createTestDatabase();
  const client = new pg.Client({ connectionString: old.connectionString });
  await client.connect();
  await client.query(`create table avatars (id integer, telegram_id bigint, name text, training_type text,
    status text, finetune_id text, fal_request_id text)`);
  await client.query(
    `insert into avatars values (21, 97, 'Real', 'style', 'COMPLETED', $1, null),
      (22, 97, 'Request', 'style', 'COMPLETED', $1, $1)`,
    [aFinetuneId],
  );
  await client.end();
  const named = { OLD_DATABASE_URL: old.connectionString };
  expect(await json(['import', '--from-postgres'], named)).toMatchObject({
    imported: 1,
    skipped: [{ id: '22', reason: expect.stringContaining('id of a request') }],
  });
  expect((await run(['import', '--from-postgres', old.connectionString])).out).toContain('0 imported');
  await expectRefused(['import', '--from-postgres'], ['OLD_DATABASE_URL']);
  await expectRefused(['import', '--from-postgres', 'old.json'], ['--from-postgres is not valid']);
  await old.drop();
});

test('credits are granted and shown, as text and as JSON', async () => {
  const granted = await json(['credits', 'grant', '--user', '8', '--amount', '30', '--reason', 'a gift']);
  expect(granted).toEqual({ balance: 30, held: 0 });
  const shown = await json(['credits', 'show', '--user', '8']);
  expect(Object.keys(shown)).toEqual(['balance', 'held', 'entries']);
  expect(Object.keys(shown.entries[0])).toEqual(['kind', 'amount', 'reason', 'at']);
  expect((await run(['credits', 'show', '--user', '8'])).out).toContain('balance 30, held 0');
  await expectRefused(
    ['credits', 'grant', '--user', 'me', '--amount', 'many'],
    ['user "me"', 'amount "many"', 'reason is missing'],
  );
  await expectRefused(['credits', 'grant', '--user', '8', '--reason', 'x'], ['amount is missing']);
  await expectRefused(['credits', 'show'], ['user is missing'], live);
});

test('credits are shown as a person reads them, and whole in JSON', async () => {
  await run(['credits', 'grant', '--user', '9', '--amount', '30', '--reason', 'a gift', '--new']);
  await run(['credits', 'grant', '--user', '9', '--amount', '12', '--reason', 'another']);
  const { out, err } = await run(['credits', 'show', '--user', '9', '--limit', '1']);
  expect(out).toMatch(/^balance 42, held 0\n\d{4}-\d\d-\d\d \d\d:\d\d {4}\+12 {2}granted .*another\n$/);
  expect(err).toContain('There is more');
  expect((await json(['credits', 'show', '--user', '9'])).entries).toHaveLength(2);
  expect((await json(['credits', 'show', '--user', '9', '--limit', '1'])).entries).toHaveLength(1);
});

test('jobs are made, listed, filtered and replayed', async () => {
  const { balance } = await json(['credits', 'show']);
  const made = await json(['generate', '--avatar', 'demo-portrait', '--out', folder, 'a knight']);
  expect(made).toMatchObject({ prompt: 'TOK a knight', credits: 5, images: [{ width: 1024, height: 1024 }] });
  expect(await json(['credits', 'show'])).toMatchObject({ balance: balance - 5, held: 0 });
  const [job] = await json(['generations', 'list', '--user', '1', '--state', 'delivered']);
  expect(Object.keys(job)).toEqual(['id', 'user', 'state', 'preset', 'endpoint', 'prompt', 'createdAt']);
  expect(job).toMatchObject({ id: made.id, user: '1', state: 'delivered', prompt: 'a knight' });
  expect((await run(['generations', 'list'])).out).toContain(made.id.slice(0, 8));
  expect(await json(['generations', 'list', '--state', 'failed'])).toEqual([]);
  await expectRefused(['generations', 'retry', made.id], ['is delivered']);
  await expectRefused(['generations', 'retry', made.id.slice(0, 6)], ['is delivered']);
  await expectRefused(['generations', 'retry', '00000000'], ['id "00000000"']);
  await expectRefused(['generations', 'retry', 'first'], ['id "first" is not valid']);
  await expectRefused(
    ['generations', 'retry', '00000000-0000-4000-8000-00000000ffff'],
    ['no such generation'],
  );
  await expectRefused(
    ['generations', 'list', '--user', 'me', '--state', 'lost', '--limit', '0'],
    ['user "me"', 'state "lost"', 'accepted, submitting', 'limit "0"'],
  );
});

test('what was given up after too many tries is listed, and tried again', async () => {
  const made = await json(['generate', '--avatar', 'demo-portrait', '--out', folder, 'a queen']);
  const client = new pg.Client(database.connectionString);
  await client.connect();
  const id = '00000000-0000-4000-8000-0000000000aa';
  await client.query(
    `insert into generations select (jsonb_populate_record(made, $2)).* from generations as made where id = $1`,
    [
      made.id,
      {
        id,
        price: 0,
        status: 'failed',
        failure: { kind: 'gave_up', detail: '12 times' },
        ended_at: new Date(),
        announced_at: new Date(),
        dead_at: new Date(),
      },
    ],
  );
  await client.query(
    `insert into seen_updates (source, update_id, received_at, done, body, dead_at, last_error)
     values ('telegram:1', 77, now(), true, '{"text": "hello"}', now(), 'a fault of ours')`,
  );
  const [job] = await json(['generations', 'list', '--state', 'dead']);
  expect(job).toMatchObject({ id, failure: { kind: 'gave_up' } });
  expect(await json(['generations', 'list', '--state', 'dead', '--user', '2'])).toEqual([]);
  expect(await json(['updates', 'list'])).toMatchObject([
    { source: 'telegram:1', id: 77, body: { text: 'hello' }, error: 'a fault of ours' },
  ]);
  expect((await run(['updates', 'list'])).out).toContain('a fault of ours');
  expect(await json(['trainings', 'list'])).toEqual([]);
  expect((await json(['generations', 'retry', id])).state).toBe('accepted');
  expect(await json(['generations', 'list', '--state', 'dead'])).toEqual([]);
  expect((await run(['updates', 'retry', 'telegram:1', '77'])).code).toBe(0);
  expect(await json(['updates', 'list'])).toEqual([]);
  await expectRefused(['updates', 'retry', 'telegram:1', '77'], ['telegram:1 77']);
  await expectRefused(['trainings', 'retry', 'first'], ['id "first" is not valid']);
  await expectRefused(['trainings', 'retry', made.id], ['no such training']);
  await client.end();
});

test('doctor finds nothing wrong here, and a broken ledger when there is one', async () => {
  expect(await json(['doctor'])).toContainEqual(expect.objectContaining({ subject: 'ledger', ok: true }));
  const client = new pg.Client(database.connectionString);
  await client.connect();
  await client.query(`update accounts set balance = balance + 1 where user_id = '1'`);
  const { code, out } = await run(['doctor']);
  const full = await run(['doctor', '--full']);
  await client.query(`update accounts set balance = balance - 1 where user_id = '1'`);
  await client.end();
  expect(code).toBe(1);
  expect(out).toMatch(/✘ ledger: .*\n {4}\S/);
  expect(full.code).toBe(1);
  expect(full.out).not.toContain('--full');
});

test('endpoints that fal takes no jobs for are listed, shown by presets and doctor, and restored', async () => {
  expect(await json(['endpoints', 'list'])).toEqual([]);
  const client = new pg.Client(database.connectionString);
  await client.connect();
  await client.query(`insert into retired_endpoints (endpoint, noticed_at, tries, next_try_at) values
    ('fal-ai/flux-lora', '2026-01-01Z', 2, '2026-01-02Z'), ('fal-ai/flux-pro/finetuned', '2026-01-01Z', 0, '2026-01-02Z')`);
  await client.end();
  expect(await json(['endpoints', 'list'])).toMatchObject([
    {
      endpoint: 'fal-ai/flux-lora',
      state: 'retired',
      since: '2026-01-01T00:00:00.000Z',
      nextTry: '2026-01-02T00:00:00.000Z',
    },
    { endpoint: 'fal-ai/flux-pro/finetuned', state: 'retired' },
  ]);
  const [balanced] = (await json(['presets'])).filter(({ name }: { name: string }) => name === 'balanced');
  expect(balanced).toMatchObject({ awayNow: ['LoRA (portrait, artistic)'] });
  expect((await run(['presets'])).out).toContain('LoRA (portrait, artistic): not just now');
  const doctor = await run(['doctor']);
  expect(doctor.code).toBe(1);
  expect(doctor.out).toContain('✘ endpoints: fal takes no jobs for fal-ai/flux-lora since 2026');
  expect(doctor.out).toContain('v1.1-ultra-finetuned stands in');

  await expectRefused(['endpoints', 'restore', 'fal-ai/nothing'], ['fal-ai/nothing']);
  expect(await json(['endpoints', 'restore', 'fal-ai/flux-lora'])).toEqual({
    endpoint: 'fal-ai/flux-lora',
    state: 'restored',
  });
  expect((await run(['endpoints', 'list'])).out).not.toContain('fal-ai/flux-lora');
  expect((await run(['doctor'])).code).toBe(0);
  expect((await run(['endpoints', 'restore', 'fal-ai/flux-pro/finetuned'])).code).toBe(0);
});

test('presets are shown where there is no installation, and none is made', async () => {
  const DATA_DIR = join(folder, 'nowhere');
  expect(await json(['presets'], { DATA_DIR, DATABASE_URL: '' })).toHaveLength(8);
  await expect(stat(DATA_DIR)).rejects.toThrow('ENOENT');
  const away = { DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/aisha' };
  const { code, err } = await run(['presets'], away);
  expect(code).toBe(0);
  expect(err).toContain('cannot be seen');
  expect(err).not.toContain('secret');
});

test('a report of any number of days comes as text, JSON and CSV', async () => {
  const numbers = await json(['report', '--days', '7']);
  expect(numbers).toMatchObject({ days: 7, money: { stars: 0, refunded: 0 } });
  const { out } = await run(['report']);
  for (const words of ['people', 'pictures', 'Stars      0 in', 'at fal']) expect(out).toContain(words);
  expect((await run(['report', '--csv', '--days', '90'])).out).toMatch(
    /^section,subject,name,value\nspan,,days,90/,
  );
  await expectRefused(['report', '--days', '367'], ['days "367"', '1-366']);
});
