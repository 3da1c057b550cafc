import type { Context } from 'grammy';
import { expect, it } from 'vitest';
import { openPool } from '../../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import type { BotContext } from '../../../src/adapters/telegram/bot-context.js';
import { onceOnly } from '../../../src/adapters/telegram/middleware/once-only.js';
import { HeldUpdates } from '../../../src/adapters/telegram/reception/held-updates.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { openPostgres } from '../postgres/open-postgres.js';

it('gives an update back as soon as it can when the database took no writes', async () => {
  const opened = await openPostgres();
  // One connection: what is set on it holds for all that follows.
  const pool = openPool(opened.connectionString, () => undefined, 1);
  const database = new PostgresDatabase(pool);
  const clock = new FakeClock();
  const log = new RecordingLogger();
  const parts = { database, log, held: new HeldUpdates('bot', { database, clock, log, workerId: 'me' }) };
  const takesWrites = (yes: boolean) =>
    pool.query(`set default_transaction_read_only = ${yes ? 'off' : 'on'}`);
  const { updates } = database.stores;
  await updates.keep('bot', [{ id: 7, body: {}, person: '1' }], clock.now());
  const context: Pick<Context, 'update'> = { update: { update_id: 7 } };

  await onceOnly(
    parts,
    'bot',
    5,
  )(context as BotContext, async () => {
    await takesWrites(false);
    await updates.finish('bot', 7);
  });
  const later = new Date(clock.now().getTime() + 5000);
  const free = () =>
    updates.unfinished('bot', { received: later, claimed: clock.now() }, { all: 10, each: 10 });
  expect(await free()).toEqual([]);
  await takesWrites(true);
  await expect.poll(free, { interval: 5 }).toMatchObject([{ id: 7 }]);
  await database.close();
  await opened.close();
});
