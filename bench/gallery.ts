import { fillGallery, galleryFilters, owner } from '../test/support/big-gallery.js';
import { type Rows, rounded } from './figures.js';
import { openStage, quantile } from './stage.js';

/** Pages of one person's 10,000 pictures, as the database gives them. */
export async function measureGallery(): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 0, people: 0 });
  try {
    await fillGallery(stage.database, stage.pool);
    const { gallery } = stage.database.stores;
    const rows: Rows = [];
    for (const [name, filter] of Object.entries(galleryFilters)) {
      const query = { owner, filter, now: new Date() };
      const deep = await gallery.at({ ...query, filter: {} }, 9_900);
      const page = await timed(() => gallery.older(query, 10, deep ?? undefined));
      const count = await timed(() => gallery.count(query, deep ?? undefined));
      rows.push(
        { what: `${name}: a deep page of 10, ms`, ...page },
        { what: `${name}: counting, ms`, ...count },
      );
    }
    return rows;
  } finally {
    await stage.close();
  }
}

async function timed(work: () => Promise<unknown>) {
  const times: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return { p50: rounded(quantile(times, 0.5), 1), p95: rounded(quantile(times, 0.95), 1), n: times.length };
}
