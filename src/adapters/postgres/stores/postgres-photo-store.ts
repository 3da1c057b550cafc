import { type Kysely, type Selectable, sql } from 'kysely';
import type { PhotoStore } from '../../../application/ports/stores/photo-store.js';
import type { DraftPhoto } from '../../../domain/avatar/photo.js';
import type { AvatarId, PhotoId, UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

/** The slots of a status; the table refuses any other. */
const slots = { kept: { from: 1, to: 20 }, warned: { from: 21, to: 40 } } as const;

export class PostgresPhotoStore implements PhotoStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async lock(avatar: AvatarId): Promise<DraftPhoto[]> {
    await this.database
      .selectFrom('avatars')
      .select('id')
      .where('id', '=', avatar)
      .forUpdate()
      .executeTakeFirst();
    return this.list(avatar);
  }

  async list(avatar: AvatarId): Promise<DraftPhoto[]> {
    return (await this.rows().where('avatar', '=', avatar).execute()).map(toPhoto);
  }

  async ofOwner(owner: UserId): Promise<DraftPhoto[]> {
    return (await this.rows().where('owner', '=', owner).execute()).map(toPhoto);
  }

  async add(photo: DraftPhoto): Promise<boolean> {
    for (;;) {
      const slot = await this.freeSlot(photo.avatar, photo.status);
      if (slot === null) return false;
      const { numInsertedOrUpdatedRows } = await this.database
        .insertInto('draft_photos')
        .values({ ...photo, warnings: [...photo.warnings], slot })
        .onConflict((conflict) => conflict.columns(['avatar', 'slot']).doNothing())
        .executeTakeFirstOrThrow();
      // Somebody else took the slot meanwhile: look for the next.
      if (numInsertedOrUpdatedRows === 1n) return true;
    }
  }

  async keep(avatar: AvatarId, id: PhotoId): Promise<boolean> {
    const [photo] = (await this.lock(avatar)).filter((one) => one.id === id);
    if (photo === undefined || photo.status === 'kept') return photo !== undefined;
    const slot = await this.freeSlot(avatar, 'kept');
    if (slot === null) return false;
    await this.database
      .updateTable('draft_photos')
      .set({ status: 'kept', slot })
      .where('id', '=', id)
      .execute();
    return true;
  }

  async update(photo: DraftPhoto): Promise<boolean> {
    const before = (await this.lock(photo.avatar)).find(({ id }) => id === photo.id);
    if (before === undefined) return false;
    const slot = before.status === photo.status ? undefined : await this.freeSlot(photo.avatar, photo.status);
    if (slot === null) return false;
    const { status, mediaKey, thumbnailKey, width, height, bytes, fingerprint, faceCount, faceYaw } = photo;
    const { looksYoung } = photo;
    const file = { mediaKey, thumbnailKey, width, height, bytes, fingerprint };
    await this.database
      .updateTable('draft_photos')
      .set({ ...file, status, warnings: [...photo.warnings], faceCount, faceYaw, looksYoung, slot })
      .where('id', '=', photo.id)
      .execute();
    return true;
  }

  async remove(avatar: AvatarId, ids: readonly PhotoId[]): Promise<DraftPhoto[]> {
    if (ids.length === 0) return [];
    const rows = await this.database
      .deleteFrom('draft_photos')
      .where('avatar', '=', avatar)
      .where('id', 'in', ids)
      .returningAll()
      .execute();
    return rows.map(toPhoto);
  }

  async avatarsTrainedBefore(before: Date, limit: number): Promise<AvatarId[]> {
    const { rows } = await sql<{ avatar: AvatarId }>`
      select avatar from (select distinct avatar from draft_photos where created_at < ${before}) as photographed
      where exists (select 1 from trainings
          where avatar = photographed.avatar and status = 'ready' and ready_at < ${before})
        and not exists (select 1 from trainings
          where avatar = photographed.avatar
            and (status in ('collecting', 'submitting', 'training')
              or coalesce(ready_at, ended_at) >= ${before}))
        and not exists (select 1 from draft_photos
          where avatar = photographed.avatar and created_at >= ${before})
      order by avatar limit ${limit}`.execute(this.database);
    return rows.map(({ avatar }) => avatar);
  }

  private async freeSlot(avatar: AvatarId, status: DraftPhoto['status']): Promise<number | null> {
    const { from, to } = slots[status];
    const { rows } = await sql<{ slot: number }>`
      select slot from generate_series(${from}::int, ${to}::int) as slot
      where not exists (select 1 from draft_photos where avatar = ${avatar} and draft_photos.slot = slot.slot)
      order by slot limit 1`.execute(this.database);
    return rows[0]?.slot ?? null;
  }

  private rows() {
    return this.database.selectFrom('draft_photos').selectAll().orderBy('createdAt').orderBy('id');
  }
}

const toPhoto = ({ slot: _, ...row }: Selectable<Tables['draft_photos']>): DraftPhoto => ({
  ...row,
  bytes: Number(row.bytes),
});
