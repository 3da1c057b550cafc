import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import { fillGallery, galleryFilters, owner } from '../../support/big-gallery.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { ExplainingPool } from '../postgres/query-plans.js';

/** How long it takes is measured by `npm run bench gallery`; here, that it need not take long. */
describe('in a gallery of 10,000 pictures among as many of others', () => {
  let opened: OpenedPostgres;
  let explaining: ExplainingPool;
  let database: PostgresDatabase;
  beforeAll(async () => {
    opened = await openPostgres();
    await fillGallery(opened.database, opened.pool);
    explaining = new ExplainingPool(opened.connectionString);
    database = new PostgresDatabase(explaining.pool);
  });
  afterAll(async () => {
    await database.close();
    await opened.close();
  });

  const rowsRead = async (work: () => Promise<unknown>) =>
    (await explaining.explain(work)).reduce((sum, { rows }) => sum + rows, 0);

  it('a page reads the rows of that page, wherever it is', async () => {
    const { gallery } = database.stores;
    const query = { owner, filter: {}, now: new Date() };
    const deep = (await gallery.at(query, 9_900)) ?? expect.fail();
    expect(await rowsRead(() => gallery.older(query, 10))).toBeLessThan(60);
    expect(await rowsRead(() => gallery.older(query, 10, deep))).toBeLessThan(60);
    expect(await rowsRead(() => gallery.newer(query, 10, deep))).toBeLessThan(60);
  });

  it.each(Object.entries(galleryFilters))('looking for %s reads no picture twice', async (_, filter) => {
    const { gallery } = database.stores;
    const query = { owner, filter, now: new Date() };
    const deep = (await gallery.at({ ...query, filter: {} }, 9_000)) ?? expect.fail();
    // All there are, when half of them are the person's own; what is found is looked up besides.
    const all = 20_100;
    expect(await rowsRead(() => gallery.older(query, 10))).toBeLessThan(all);
    expect(await rowsRead(() => gallery.newer(query, 10, deep))).toBeLessThan(all);
    expect(await rowsRead(() => gallery.at(query, 9_000))).toBeLessThan(all);
  });
});
