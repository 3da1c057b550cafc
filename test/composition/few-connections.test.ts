import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createAisha } from '../../src/library.js';
import { query } from '../adapters/postgres/embedded/cluster-folder.js';
import { createTestDatabase, createTestRole } from '../support/postgres.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A database whose owner may have three connections: one hears of jobs, one shows life, one is left for the work. */
async function aNarrowDatabase(): Promise<string> {
  const [database, role] = [await createTestDatabase(), await createTestRole('connection limit 3')];
  closing.push(
    () => role.drop(),
    () => database.drop(),
  );
  const name = new URL(database.connectionString).pathname.slice(1);
  await query(database.connectionString, `alter database ${name} owner to ${role.name}`);
  return role.as(database.connectionString).split('?')[0] ?? '';
}

it.each(['3', '8'])('pictures are made with three connections, of %s wanted', async (wanted) => {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-narrow-'));
  closing.push(() => rm(folder, { recursive: true }));
  const aisha = createAisha({
    DATABASE_URL: await aNarrowDatabase(),
    DATABASE_CONNECTIONS: wanted,
    DATA_DIR: folder,
    SANDBOX_IMAGE_MILLISECONDS: '10',
    LOG_LEVEL: 'silent',
  });
  closing.push(() => aisha.close());
  const requests = Array.from({ length: 6 }, (_, index) =>
    aisha.generateAvatarImage({ avatar: 'demo-portrait', prompt: `knight number ${index}` }),
  );
  const made = await Promise.all(requests);
  expect(made.map(({ status }) => status)).toEqual(made.map(() => 'delivered'));
});
