import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aisha } from '../support/spawned.js';

let folder: string;
let empty: TestDatabase;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'aisha-place-')));
  empty = await createTestDatabase();
});

afterAll(async () => {
  await empty.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A folder where nobody has installed anything. */
async function elsewhere(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  return path;
}

const looks = [['doctor'], ['avatar', 'list'], ['credits', 'show'], ['generations', 'list']];

test.each(looks)('%s %s in a wrong folder says where it looked, and makes nothing', async (...words) => {
  const cwd = await elsewhere(words.join('-'));
  const { code, stdout, stderr } = await aisha(words, {}, cwd);
  expect(code).not.toBe(0);
  expect(stdout + stderr).toContain(`There is no installation in ${cwd}/data (no .env in ${cwd})`);
  expect(await readdir(cwd)).toEqual([]);
});

test('looking at a named folder that is not there makes none either', async () => {
  const cwd = await elsewhere('named');
  const { code, stderr } = await aisha(['avatar', 'list'], { DATA_DIR: 'typo' }, cwd);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(`no installation in ${cwd}/typo`),
  });
  expect(await readdir(cwd)).toEqual([]);
});

test('looking into an empty database of the operator leaves it empty', async () => {
  const cwd = await elsewhere('database');
  const variables = { DATABASE_URL: empty.connectionString };
  const { code, stderr } = await aisha(['avatar', 'list'], variables, cwd);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('The database is empty') });
  const { stdout } = await aisha(['doctor'], variables, cwd);
  expect(stdout).toContain('✘ database: The database is empty');
  const client = new pg.Client(empty.connectionString);
  await client.connect();
  const { rows } = await client.query(`select 1 from pg_tables where schemaname = 'public'`);
  await client.end();
  expect(rows).toEqual([]);
  expect(await readdir(cwd)).toEqual([]);
});

const changes = [
  ['credits', 'grant', '--amount', '5', '--reason', 'gift'],
  ['avatar', 'add', '--name', 'Max', '--type', 'artistic', '--finetune', 'abc'],
  ['import', 'old.json'],
];

test.each(changes)('%s %s in a wrong folder refuses without --new', async (...words) => {
  const cwd = await elsewhere(`${words[0]}-${words[1]}`);
  await writeFile(join(cwd, 'old.json'), '[]');
  const { code, stderr } = await aisha(words, {}, cwd);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('make a new one with --new') });
  expect(await readdir(cwd)).toEqual(['old.json']);
});

test('with --new it makes one, says where, and from then on needs no word', async () => {
  const cwd = await elsewhere('new');
  const grant = ['credits', 'grant', '--amount', '5', '--reason', 'gift'];
  const first = await aisha([...grant, '--new'], {}, cwd);
  expect(first).toMatchObject({ code: 0, stderr: `A new installation is made in ${cwd}/data\n` });
  const second = await aisha(grant, {}, cwd);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  await writeFile(join(cwd, '.env'), '\ufeffPRICE_IMAGE=7\n');
  const { stdout } = await aisha(['doctor'], {}, cwd);
  expect(stdout).toContain(`from ${cwd}/.env`);
  expect(stdout).toContain(`✔ installation: ${cwd}/data`);
});

test('a settings file that cannot be read whole stops every command', async () => {
  const cwd = await elsewhere('half');
  await writeFile(join(cwd, '.env'), Buffer.from('FAL_KEY=abc\n', 'utf16le'));
  const { code, stderr } = await aisha(['start'], {}, cwd);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(`${cwd}/.env is not a text file`),
  });
  expect(await readdir(cwd)).toEqual(['.env']);
});
