import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type {
  GalleryItem,
  GalleryPlace,
  GalleryQuery,
  GalleryStore,
} from '../../../application/ports/stores/gallery-store.js';
import type { ImageRow } from '../../../application/ports/stores/image-store.js';
import type { UserId } from '../../../domain/ids.js';
import { searchTerms } from '../../../domain/text/search-terms.js';
import type { Tables } from '../schema/tables.js';
import { toImageRow } from './postgres-image-store.js';
import { isUuid } from './uuid.js';

type Images = SelectQueryBuilder<Tables, 'images', object>;

/** Keyset paging on `images_shown`; the job is looked up only for the images of the page. */
export class PostgresGalleryStore implements GalleryStore {
  constructor(private readonly database: Kysely<Tables>) {}

  older(query: GalleryQuery, limit: number, after?: GalleryPlace): Promise<GalleryItem[]> {
    const rows = newestFirst(this.shown(query)).limit(limit);
    return this.items(after === undefined ? rows : rows.where(before(after)));
  }

  async newer(query: GalleryQuery, limit: number, place: GalleryPlace): Promise<GalleryItem[]> {
    const found = await this.items(
      this.shown(query).where(behind(place)).orderBy('images.createdAt').orderBy('images.id').limit(limit),
    );
    return found.reverse();
  }

  async count(query: GalleryQuery, place?: GalleryPlace): Promise<{ total: number; newer: number }> {
    const { total, newer } = await this.shown(query)
      .select(({ fn }) => [
        fn.countAll<string>().as('total'),
        (place === undefined ? sql<string>`0` : sql<string>`count(*) filter (where ${behind(place)})`).as(
          'newer',
        ),
      ])
      .executeTakeFirstOrThrow();
    return { total: Number(total), newer: Number(newer) };
  }

  async at(query: GalleryQuery, index: number): Promise<GalleryItem | null> {
    // Only the place first: what is skipped would otherwise be read whole.
    const place = newestFirst(this.shown(query)).select('images.id').offset(index).limit(1);
    const [item] = await this.items(this.undeleted(query.owner).where('images.id', '=', place));
    return item ?? null;
  }

  async placeOf(owner: UserId, id: string): Promise<GalleryPlace | null> {
    if (!isUuid(id)) return null;
    const place = await this.database
      .selectFrom('images')
      .select(['id', 'createdAt'])
      .where('owner', '=', owner)
      .where('id', '=', id)
      .executeTakeFirst();
    return place ?? null;
  }

  async days(query: GalleryQuery): Promise<Date[]> {
    const day = sql<Date>`date_trunc('day', images.created_at, 'UTC')`;
    const rows = await this.shown(query)
      .select(day.as('day'))
      .groupBy(day)
      .orderBy('day', 'desc')
      .limit(1000)
      .execute();
    return rows.map((row) => row.day);
  }

  async some(owner: UserId, ids: readonly string[]): Promise<GalleryItem[]> {
    const known = ids.filter(isUuid);
    if (known.length === 0) return [];
    return this.items(newestFirst(this.undeleted(owner).where('images.id', 'in', known)));
  }

  async withFile(owner: UserId, mediaKey: string): Promise<GalleryItem | null> {
    const [item] = await this.items(this.undeleted(owner).where('images.mediaKey', '=', mediaKey).limit(1));
    return item ?? null;
  }

  async favour(owner: UserId, id: string, favourite: boolean): Promise<boolean> {
    return this.change(owner, id, { favourite });
  }

  async keep(owner: UserId, id: string): Promise<boolean> {
    return this.change(owner, id, { proof: false });
  }

  private async change(owner: UserId, id: string, columns: { favourite: boolean } | { proof: false }) {
    const { numUpdatedRows } = await this.database
      .updateTable('images')
      .set(columns)
      .where('id', '=', id)
      .where('owner', '=', owner)
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  async remove(owner: UserId, ids: readonly string[], now: Date): Promise<number> {
    return this.mark(owner, ids, now);
  }

  async restore(owner: UserId, ids: readonly string[]): Promise<number> {
    return this.mark(owner, ids, null);
  }

  async purge(deletedBefore: Date, limit: number): Promise<ImageRow[]> {
    const rows = await this.database
      .deleteFrom('images')
      .where('id', 'in', (images) =>
        images
          .selectFrom('images')
          .select('id')
          .where('deletedAt', '<', deletedBefore)
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
    return rows.map(toImageRow);
  }

  private async items(page: Images): Promise<GalleryItem[]> {
    const rows = await page
      .selectAll('images')
      .select((images) => {
        const job = images.selectFrom('generations').whereRef('generations.id', '=', 'images.generation');
        return [
          job.select('generations.prompt').as('prompt'),
          job.select('generations.companion').as('companion'),
        ];
      })
      .execute();
    return rows.map(({ companion, prompt, ...row }) => ({
      ...toImageRow(row),
      favourite: row.favourite,
      avatar: row.avatar,
      companion,
      preset: row.preset,
      prompt: prompt ?? '',
    }));
  }

  private async mark(owner: UserId, ids: readonly string[], deletedAt: Date | null): Promise<number> {
    if (ids.length === 0) return 0;
    const { numUpdatedRows } = await this.database
      .updateTable('images')
      .set({ deletedAt })
      .where('id', 'in', (images) =>
        images
          .selectFrom('images')
          .select('id')
          .where('id', 'in', ids)
          .where('owner', '=', owner)
          .where('deletedAt', deletedAt === null ? 'is not' : 'is', null)
          .orderBy('id')
          .forNoKeyUpdate(),
      )
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  private undeleted(owner: UserId): Images {
    return this.database
      .selectFrom('images')
      .where('images.owner', '=', owner)
      .where('images.deletedAt', 'is', null);
  }

  private shown({ owner, filter, now }: GalleryQuery): Images {
    const { avatar, preset, favourites, days, words } = filter;
    let rows = this.undeleted(owner).where('images.proof', '=', false);
    if (favourites === true) rows = rows.where('images.favourite', '=', true);
    if (days !== undefined)
      rows = rows.where('images.createdAt', '>=', new Date(now.getTime() - days * 86_400_000));
    if (avatar !== undefined) rows = rows.where('images.avatar', '=', avatar);
    if (preset !== undefined) rows = rows.where('images.preset', '=', preset);
    for (const word of searchTerms(words ?? '')) {
      const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
      rows = rows.where(sql<boolean>`translate(images.sought, 'ё', 'е') like folded(${pattern})`);
    }
    return rows;
  }
}

const newestFirst = (rows: Images): Images =>
  rows.orderBy('images.createdAt', 'desc').orderBy('images.id', 'desc');

const before = ({ createdAt, id }: GalleryPlace) =>
  sql<boolean>`(images.created_at, images.id) < (${createdAt}, ${id})`;
const behind = ({ createdAt, id }: GalleryPlace) =>
  sql<boolean>`(images.created_at, images.id) > (${createdAt}, ${id})`;
