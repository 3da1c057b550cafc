import type { Kysely } from 'kysely';
import type {
  GalleryView,
  GalleryViewStore,
} from '../../../../application/ports/stores/chat/gallery-view-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresGalleryViewStore implements GalleryViewStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async save({ id, owner, filter, selection, removed }: GalleryView, now: Date): Promise<void> {
    const columns = { filter: JSON.stringify(filter), selection: [...selection], removed: [...removed] };
    await this.database
      .insertInto('gallery_views')
      .values({ id, owner, ...columns, createdAt: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
  }

  async findOwned(owner: UserId, id: string): Promise<GalleryView | null> {
    const row = await this.database
      .selectFrom('gallery_views')
      .select(['id', 'owner', 'filter', 'selection', 'removed'])
      .where('id', '=', id)
      .where('owner', '=', owner)
      .executeTakeFirst();
    return row ?? null;
  }
}
