import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { galleryStoreContract } from '../../contracts/gallery-store.js';
import { type OpenedPostgres, openPostgresWith } from './open-postgres.js';

/** The locale of a cluster that was made without a word about it in a container. */
describe('PostgresDatabase in the locale C', () => {
  let opened: OpenedPostgres;
  beforeAll(async () => {
    opened = await openPostgresWith("encoding 'UTF8' locale 'C' locale_provider 'libc'");
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.clear());

  it('is one that knows only the letters of English by itself', async () => {
    const { rows } = await opened.pool.query(`select lower('Рыцарь Knight') as lower`);
    expect(rows).toEqual([{ lower: 'Рыцарь knight' }]);
  });

  galleryStoreContract(() => opened);
});
