import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { labelled } from '../../src/adapters/postgres/connection/connection-shares.js';
import { openPool } from '../../src/adapters/postgres/connection/open-pool.js';
import { migrate } from '../../src/adapters/postgres/schema/migrate.js';
import { checkFaces } from '../../src/composition/checks/check-faces.js';
import { checkHeic } from '../../src/composition/checks/check-heic.js';
import { diagnose } from '../../src/program/diagnose.js';
import { createTestDatabase } from '../support/postgres.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function anInstallation() {
  const { connectionString, drop } = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'aisha-doctor-'));
  closing.push(drop, () => rm(folder, { recursive: true }));
  // As a process of the service has it open.
  const pool = openPool(labelled(connectionString, 8), () => undefined, 2);
  closing.push(() => pool.end());
  await migrate(pool);
  await pool.query(`alter database ${new URL(connectionString).pathname.slice(1)} connection limit 7`);
  // Held, or the pool would close it after a while, and a slow machine look at a database that nobody uses.
  const held = await pool.connect();
  closing.push(async () => held.release());
  return { DATABASE_URL: connectionString, DATA_DIR: folder };
}

it('doctor tells of a disk that is nearly full, and of more connections than there are', async () => {
  const variables = await anInstallation();
  // No disk has so much.
  const findings = await diagnose({ ...variables, DISK_FLOOR_MB: '9999999' }, null);
  expect(findings).toContainEqual({
    subject: 'data folder',
    ok: false,
    detail: expect.stringMatching(/is writable, \d+\.\d GB free$/),
    advice: expect.stringContaining('DISK_FLOOR_MB'),
  });
  expect(findings).toContainEqual({
    subject: 'connections',
    ok: false,
    detail: expect.stringMatching(/^a process may open 8 connections, and the database ".*" has 7$/),
    advice: expect.stringContaining('DATABASE_CONNECTIONS='),
  });
});

it('doctor says that it looks at the latest books only, and looks at all where it is told to', async () => {
  const variables = await anInstallation();
  const pool = openPool(variables.DATABASE_URL, () => undefined, 1);
  await pool.query(`insert into installation (mode, since, written_at) values ('sandbox', now(), now());
    insert into users (id, created_at) values ('8', now()), ('9', now());
    insert into accounts (user_id, balance) values ('8', 7), ('9', 1001);
    insert into ledger_entries (user_id, kind, amount, reason, at) values ('8', 'grant', 5, 'grant:8', now());
    insert into ledger_entries (user_id, kind, amount, reason, at)
      select '9', 'grant', 1, 'grant:9:' || n, now() from generate_series(1, 1001) as n`);
  await pool.end();
  const ledger = async (full?: boolean) =>
    (await diagnose(variables, null, full)).find(({ subject }) => subject === 'ledger');
  expect(await ledger()).toMatchObject({ ok: true, detail: expect.stringContaining('--full: everybody') });
  expect(await ledger(true)).toMatchObject({
    ok: false,
    detail: 'user 8: balance 7 is not the sum of the entries 5',
  });
});

it('doctor says whether the photos of iPhones can be read', async () => {
  const findings = await diagnose(await anInstallation(), null);
  expect(findings).toContainEqual({
    subject: 'HEIC photos',
    ok: true,
    detail: expect.stringMatching(/^read by libheif-js \d+\.\d+/),
  });
  expect(checkHeic(null)).toMatchObject({ ok: true, detail: expect.stringContaining('is not installed') });
});

it('doctor says whether faces are looked at, and that all goes on where they are not', async () => {
  const looked = { subject: 'faces', ok: true, detail: expect.stringContaining('on this machine alone') };
  expect(await diagnose(await anInstallation(), null)).toContainEqual(looked);
  expect(checkFaces({ lookAtFaces: true }, () => null)).toMatchObject({
    ok: true,
    detail: expect.stringContaining('is missing'),
  });
});

it('doctor says that the operator wants no face looked at, and does not ask for the library then', async () => {
  const off = { subject: 'faces', ok: true, detail: expect.stringContaining('LOOK_AT_FACES is false') };
  expect(await diagnose({ ...(await anInstallation()), LOOK_AT_FACES: 'false' }, null)).toContainEqual(off);
  const asked = () => {
    throw new Error('it was asked for');
  };
  expect(checkFaces({ lookAtFaces: false }, asked)).toMatchObject(off);
});

it('doctor compares Telegram’s books of Stars with ours, and names what differs', async () => {
  const variables = await anInstallation();
  const pool = openPool(variables.DATABASE_URL, () => undefined, 1);
  const stars = async () => (await diagnose(variables, null)).find(({ subject }) => subject === 'Stars');
  await pool.query(`insert into installation (mode, since, written_at) values ('sandbox', now(), now());
    insert into users (id, created_at) values ('8', now());
    insert into payments (charge, id, user_id, credits, stars, paid_at, status, taken, refusals)
      values ('stx1', gen_random_uuid(), '8', 50, 100, '2026-11-01', 'paid', 0, 0)`);
  expect(await stars()).toMatchObject({ ok: true, detail: expect.stringContaining('not read yet') });
  await pool.query(`insert into books_read (place, paid, refunded, end_at, moved, balance)
    values (1, 100, 0, '2026-11-02', 100000, 100000)`);
  expect(await stars()).toMatchObject({
    ok: false,
    detail: expect.stringContaining('1 payments differ'),
    advice: expect.stringContaining('@BotFather'),
  });
  expect((await stars())?.detail).toContain('stx1 of 8, 100 Stars: Telegram does not know it');
  await pool.query('update payments set books_stars = 100');
  expect(await stars()).toMatchObject({ ok: true, detail: expect.stringContaining('which leave 100') });
  await pool.query('update books_read set balance = 90000');
  expect(await stars()).toMatchObject({ ok: false, detail: expect.stringContaining('do not explain -10') });
  await pool.end();
});

it('doctor says when events wait that no worker sends, and takes no stranger’s dead address for our trouble', async () => {
  const variables = await anInstallation();
  const pool = openPool(variables.DATABASE_URL, () => undefined, 1);
  const webhooks = async () =>
    (await diagnose(variables, null)).find(({ subject }) => subject === 'webhooks');
  expect(await webhooks()).toEqual({ subject: 'webhooks', ok: true, detail: 'no event waits to be sent' });
  await pool.query(`insert into installation (mode, since, written_at) values ('sandbox', now(), now());
    insert into users (id, created_at) values ('8', now());
    insert into event_hooks (id, owner, url, events, secret, created_at)
      values (gen_random_uuid(), '8', 'https://shop.example/', '{generation.done}', 'whsec_x', now());
    insert into hook_events (hook, id, type, at, data, next_try_at)
      select id, 'evt_' || n, 'generation.done', now() - interval '90 min', '{}', to_timestamp(0)
      from event_hooks, generate_series(1, 3) as n`);
  expect(await webhooks()).toMatchObject({
    ok: false,
    detail:
      '3 events wait to be sent, 0 of them for addresses that do not take them now; one that nothing hinders waits for 90 minutes',
    advice: expect.stringContaining('Workers send them'),
  });
  await pool.query('update event_hooks set failing_since = now()');
  expect(await webhooks()).toMatchObject({
    ok: true,
    detail: expect.stringMatching(/^3 events wait.*, 3 of/),
  });
  // Noted while it was being switched off.
  await pool.query('update event_hooks set switched_off_at = now()');
  expect(await webhooks()).toMatchObject({ ok: true, detail: 'no event waits to be sent' });
  await pool.end();
});

it('doctor names what is sold for less than it costs, with the numbers', async () => {
  const variables = await anInstallation();
  const prices = async (changes: Record<string, string>) =>
    (await diagnose({ ...variables, ...changes }, null)).find(({ subject }) => subject === 'prices');
  expect(await prices({})).toMatchObject({
    ok: true,
    isWarning: true,
    detail: expect.stringContaining(
      'a training, portrait, balanced: 150 credits bring $2.15, fal asks $6.21; from 435 credits on it pays',
    ),
    advice: expect.stringContaining('PRICES_FILE'),
  });
  const folder = variables.DATA_DIR;
  const file = join(folder, 'prices.json');
  await writeFile(
    file,
    JSON.stringify([
      { training: 'portrait', credits: 800 },
      { training: 'artistic', credits: 650 },
    ]),
  );
  const well = await prices({ PRICES_FILE: file });
  expect(well).toMatchObject({ ok: true, detail: expect.stringContaining('nothing costs more') });
  expect(well?.isWarning).toBeUndefined();
  const offers = join(folder, 'offers.json');
  await writeFile(offers, '[]');
  expect(await prices({ OFFERS_FILE: offers })).toMatchObject({
    ok: true,
    detail: expect.stringContaining('no credits are sold'),
  });
});

it('doctor says what is wrong with a price list, and takes it for no trouble of the database', async () => {
  const variables = await anInstallation();
  const file = join(variables.DATA_DIR, 'prices.json');
  await writeFile(file, '[{ "preset": "slow", "credits": -1 }]');
  const findings = await diagnose({ ...variables, PRICES_FILE: file }, null);
  expect(findings).toContainEqual({
    subject: 'prices',
    ok: false,
    detail: expect.stringMatching(/PRICES_FILE.*\n.*preset "slow".*\n.*credits "-1"/),
    advice: expect.any(String),
  });
  expect(findings.some(({ subject }) => subject === 'database')).toBe(false);
});
