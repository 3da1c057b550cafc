import { afterAll, beforeAll, expect, it } from 'vitest';
import { NoRoom } from '../../../../src/application/ports/media-store.js';
import { givenUser } from '../../../support/builders/given.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../../support/migrated-database.js';

let postgres: MigratedDatabase;
beforeAll(async () => {
  postgres = await openMigratedDatabase();
});
afterAll(() => postgres.close());

/** What PostgreSQL says when a table cannot grow. */
const diskFull = `
  create function no_room() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
  create trigger no_room before insert on users for each row execute function no_room()`;

it('a full disk of the database is told apart from what is wrong for good', async () => {
  const { pool, database } = postgres;
  const write = () => database.transaction((stores) => givenUser(stores));
  await pool.query(diskFull);
  await expect(write()).rejects.toThrow(NoRoom);
  await pool.query('drop function no_room cascade');
  await write();
  await expect(database.transaction(async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
});
