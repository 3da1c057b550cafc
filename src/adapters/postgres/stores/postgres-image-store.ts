import type { Kysely, Selectable } from 'kysely';
import type { ImageRow, ImageStore } from '../../../application/ports/stores/image-store.js';
import type { GenerationId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

export class PostgresImageStore implements ImageStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(images: readonly ImageRow[]): Promise<void> {
    if (images.length === 0) return;
    await this.database
      .insertInto('images')
      .values(
        images.map((image) => ({
          id: image.id,
          generation: image.generation,
          owner: image.owner,
          position: image.position,
          media_key: image.mediaKey,
          thumbnail_key: image.thumbnailKey,
          width: image.width,
          height: image.height,
          content_type: image.contentType,
          bytes: image.bytes,
          sha256: image.sha256,
          created_at: image.createdAt,
        })),
      )
      .execute();
  }

  async ofGeneration(generation: GenerationId): Promise<ImageRow[]> {
    const rows = await this.database
      .selectFrom('images')
      .selectAll()
      .where('generation', '=', generation)
      .orderBy('position')
      .execute();
    return rows.map(toImageRow);
  }
}

type Row = Omit<
  Selectable<Tables['images']>,
  'favourite' | 'deleted_at' | 'avatar' | 'preset' | 'sought' | 'proof'
>;

export const toImageRow = (row: Row): ImageRow => ({
  id: row.id,
  owner: row.owner,
  generation: row.generation,
  position: row.position,
  mediaKey: row.media_key,
  thumbnailKey: row.thumbnail_key,
  width: row.width,
  height: row.height,
  contentType: row.content_type,
  bytes: Number(row.bytes),
  sha256: row.sha256,
  createdAt: row.created_at,
});
