import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../../src/adapters/observability/pino-logger.js';
import { compose } from '../../src/composition/composition-root.js';
import { httpServerOf } from '../../src/composition/http-answers.js';
import { services } from '../../src/composition/identifiers.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import { query } from '../adapters/postgres/embedded/cluster-folder.js';
import { openRelay } from '../support/chaos/scale/relay.js';
import { createTestDatabase } from '../support/postgres.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What `start` answers over HTTP, without a worker unless one joins. */
async function aServer(connectionString: string, variables: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-readiness-'));
  closing.push(() => rm(folder, { recursive: true }));
  const ours = { DATABASE_URL: connectionString, DATA_DIR: folder, HTTP_PORT: '0' };
  const config = loadConfig({ ...ours, ...variables });
  const log = createLogger({ level: 'silent' });
  const http = httpServerOf(config, log);
  const { container, resources } = await compose(config, log, { fal: false, telegram: false, http });
  closing.push(() => resources.close());
  http.answer(container.get(services.httpAnswers));
  closing.push(() => http.stop());
  const { port } = await http.start();
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, body: await answer.json() };
  };
  return {
    resources,
    container,
    ask,
    metrics: async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
    joinedByAWorker: async () => {
      const workers = container.get(services.workerRegistry);
      await workers.join('a worker');
      closing.push(() => workers.leave('a worker'));
    },
  };
}

async function aDatabase(): Promise<string> {
  const { connectionString, drop } = await createTestDatabase();
  closing.push(drop);
  return connectionString;
}

it('is not ready while the disk is too full to buy anything, and says so', async () => {
  // No disk has so much.
  const { ask, metrics } = await aServer(await aDatabase(), { DISK_FLOOR_MB: '9999999' });
  const full = expect.stringMatching(/^the disk is nearly full, \d+ MB are free/);
  expect((await ask('/readyz')).body).toMatchObject({ reasons: expect.arrayContaining([full]) });
  expect(await metrics()).toMatch(/^aisha_disk_free_bytes \d+/m);
});

it('is not ready while fal takes no jobs that nothing else can do, and has a note of those that others do', async () => {
  const { ask, container, metrics, joinedByAWorker } = await aServer(await aDatabase());
  await joinedByAWorker();
  const { endpoints } = container.get(services.database).stores;
  const since = new Date('2026-01-01T00:00:00Z');
  const retire = (endpoint: string) => endpoints.retire(endpoint, { since, tries: 0, nextTryAt: since });
  const sentence = (endpoint: string) => `fal takes no jobs for ${endpoint} since 2026-01-01T00:00:00.000Z`;
  await retire('fal-ai/flux-pro/finetuned');
  const note = `${sentence('fal-ai/flux-pro/finetuned')}; fal-ai/flux-pro/v1.1-ultra-finetuned stands in`;
  expect(await ask('/readyz')).toEqual({ status: 200, body: { ready: true, reasons: [], notes: [note] } });
  await retire('fal-ai/flux-lora');
  const reasons = [sentence('fal-ai/flux-lora')];
  expect(await ask('/readyz')).toEqual({ status: 503, body: { ready: false, reasons } });
  expect(await metrics()).toContain('aisha_endpoint_retired{endpoint="fal-ai/flux-lora"} 1');
  await endpoints.served('fal-ai/flux-lora');
  expect((await ask('/readyz')).status).toBe(200);
});

it('is not ready while the database can only be read, and says so', async () => {
  const connectionString = await aDatabase();
  const { ask, resources, joinedByAWorker } = await aServer(connectionString);
  await joinedByAWorker();
  expect(await ask('/readyz')).toEqual({ status: 200, body: { ready: true, reasons: [] } });

  await readOnly('on');
  expect(await ask('/readyz')).toEqual({
    status: 503,
    body: { ready: false, reasons: ['the database takes no writes'] },
  });
  await readOnly('off');
  expect(await ask('/readyz')).toMatchObject({ status: 200 });

  async function readOnly(value: 'on' | 'off') {
    const name = new URL(connectionString).pathname.slice(1);
    await query(
      connectionString,
      `begin read write; alter database ${name} set default_transaction_read_only = ${value}; commit`,
    );
    // A setting of the database holds for connections made from now on.
    const { pool } = resources;
    const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
    for (const client of clients) client.release(true);
  }
});

it('tells a proxy that chooses between several of its own way to the database, and of nothing that all of them lack', async () => {
  const address = new URL(await aDatabase());
  const way = await openRelay({ host: address.hostname, port: Number(address.port) });
  Object.assign(address, { hostname: '127.0.0.1', port: String(way.port) });
  const { ask } = await aServer(address.href);
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: { reasons: ['no worker is alive'] } });
  expect(await ask('/readyz/database')).toEqual({ status: 200, body: { ready: true, reasons: [] } });
  await way.close();
  expect(await ask('/readyz/database')).toEqual({
    status: 503,
    body: { ready: false, reasons: ['the database is out of reach'] },
  });
});
