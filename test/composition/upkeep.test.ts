import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../../src/adapters/observability/pino-logger.js';
import { compose } from '../../src/composition/composition-root.js';
import { services } from '../../src/composition/identifiers.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import { createTestDatabase } from '../support/postgres.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('the upkeep of each worker forgets rows that have served', async () => {
  const { connectionString, drop } = await createTestDatabase();
  closing.push(drop);
  const folder = await mkdtemp(join(tmpdir(), 'aisha-upkeep-'));
  closing.push(() => rm(folder, { recursive: true }));
  const config = loadConfig({ DATABASE_URL: connectionString, DATA_DIR: folder, HTTP_PORT: '0' });
  const { container, resources } = await compose(config, createLogger({ level: 'silent' }), {
    fal: false,
    telegram: false,
  });
  closing.push(() => resources.close());
  await resources.pool.query(
    `insert into receipts values ('10000000-0000-4000-8000-000000000001', 'generation:1:1', 'ticket', null, now() - interval '1 year')`,
  );
  await resources.pool.query(
    `insert into seen_updates (source, update_id, received_at) values ('telegram:1', 1, now() - interval '4 days'), ('telegram:1', 2, now() - interval '2 days')`,
  );
  for (const chore of Object.values(container.get(services.chores))) await chore();
  expect((await resources.pool.query('select from receipts')).rowCount).toBe(0);
  const { rows } = await resources.pool.query('select update_id from seen_updates');
  expect(rows).toEqual([{ update_id: '2' }]);
});
