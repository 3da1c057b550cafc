import { type Kysely, type Selectable, sql } from 'kysely';
import type { ImageRow, ImageStore } from '../../../application/ports/stores/image-store.js';
import type { GenerationId } from '../../../domain/ids.js';
import { filesOf } from '../../../domain/stored-image.js';
import type { Tables } from '../schema/tables.js';

export class PostgresImageStore implements ImageStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(images: readonly ImageRow[]): Promise<void> {
    if (images.length === 0) return;
    await this.database.insertInto('images').values(images).execute();
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

  async filesOf(generations: readonly GenerationId[]): Promise<string[]> {
    const { rows } = await sql<{ mediaKey: string; thumbnailKey: string }>`
      select media_key, thumbnail_key from images where generation = any(${[...generations]}::uuid[])`.execute(
      this.database,
    );
    return rows.flatMap(filesOf);
  }
}

/** Without what the gallery and triggers add to it. */
export function toImageRow(row: Selectable<Tables['images']>): ImageRow {
  const { favourite, deletedAt, avatar, preset, sought, proof, ...image } = row;
  return { ...image, bytes: Number(image.bytes) };
}
