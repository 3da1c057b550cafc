import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import type { User } from '../../../src/application/ports/stores/user-store.js';
import { givenUser } from '../../support/builders/given.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

/** What a restart of the database looks like to a program. */
describe('lost connections', () => {
  let opened: OpenedPostgres;
  let losses: Error[];
  let database: PostgresDatabase;
  const cutOff = () =>
    opened.pool.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
  beforeAll(async () => {
    opened = await openPostgres();
    losses = [];
    database = new PostgresDatabase(openPool(opened.connectionString, (error) => losses.push(error)));
  });
  afterAll(async () => {
    await database.close();
    await opened.close();
  });

  it('end a transaction with nothing written, and not the program', async () => {
    let user: User | undefined;
    const work = database.transaction(async (stores) => {
      user = await givenUser(stores);
      // The connection is idle here: nobody waits for an answer whose failure would tell.
      await cutOff();
      await stores.users.find(user.id);
    });
    await expect(work).rejects.toThrow();
    expect(losses.length).toBeGreaterThan(0);
    if (user === undefined) throw new Error('the work had not begun');
    expect(await opened.database.stores.users.find(user.id)).toBeNull();
  });

  it('are replaced by new ones', async () => {
    const user = await givenUser(database.stores);
    const reported = losses.length;
    await cutOff();
    await expect.poll(() => losses.length).toBeGreaterThan(reported);
    expect(await database.stores.users.find(user.id)).toEqual(user);
  });
});
