import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { AvatarPage, AvatarStore } from '../../../application/ports/stores/avatar-store.js';
import { type Avatar, avatarsMeant } from '../../../domain/avatar/avatar.js';
import { kindsInFiles } from '../../../domain/avatar/avatar-model.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';
import { toAvatar, toColumns } from './avatar-rows.js';
import { isUuid } from './uuid.js';

type Row = Selectable<Tables['avatars']>;
type Rows = SelectQueryBuilder<Tables, 'avatars', Row>;

export class PostgresAvatarStore implements AvatarStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async save(avatar: Avatar, legacyId?: string): Promise<void> {
    if (!avatar.isMain || this.database.isTransaction) return this.write(avatar, legacyId);
    await this.database
      .transaction()
      .execute((transaction) => new PostgresAvatarStore(transaction).write(avatar, legacyId));
  }

  private async write(avatar: Avatar, legacyId?: string): Promise<void> {
    if (avatar.isMain) await this.makeRoomForMain(avatar);
    const { id, ...columns } = toColumns(avatar);
    const legacy = legacyId === undefined ? {} : { legacyId };
    await this.database
      .insertInto('avatars')
      .values({ id, ...columns, ...legacy })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...columns, ...legacy }))
      .execute();
  }

  private async makeRoomForMain({ id, owner }: Avatar): Promise<void> {
    const isMain = await this.rows().where('id', '=', id).where('isMain', '=', true).executeTakeFirst();
    if (isMain !== undefined) return;
    // Two that become main at once do so one after the other.
    await this.database
      .selectFrom('users')
      .select('id')
      .where('id', '=', owner)
      .forNoKeyUpdate()
      .executeTakeFirst();
    await this.database
      .updateTable('avatars')
      .set({ isMain: false })
      .where('owner', '=', owner)
      .where('isMain', '=', true)
      .where('id', '!=', id)
      .execute();
  }

  async find(id: AvatarId): Promise<Avatar | null> {
    return isUuid(id) ? first(this.rows().where('id', '=', id)) : null;
  }

  async findOwned(owner: UserId, id: AvatarId): Promise<Avatar | null> {
    return isUuid(id) ? first(this.rows().where('id', '=', id).where('owner', '=', owner)) : null;
  }

  async lock(owner: UserId, id: AvatarId): Promise<Avatar | null> {
    return isUuid(id) ? first(this.rows().where('id', '=', id).where('owner', '=', owner).forUpdate()) : null;
  }

  async remove(owner: UserId, id: AvatarId): Promise<void> {
    await this.database.deleteFrom('avatars').where('id', '=', id).where('owner', '=', owner).execute();
    await this.database
      .deleteFrom('moderation_cases')
      .where('subject', '=', id)
      .where('person', '=', owner)
      .execute();
  }

  async findByLegacyId(legacyId: string): Promise<Avatar | null> {
    return first(this.rows().where('legacyId', '=', legacyId));
  }

  async wasDeleted(legacyId: string): Promise<boolean> {
    const row = await this.database
      .selectFrom('deleted_legacy_avatars')
      .select('legacyId')
      .where('legacyId', '=', legacyId)
      .executeTakeFirst();
    return row !== undefined;
  }

  async mainOf(owner: UserId): Promise<Avatar | null> {
    return first(this.rows().where('owner', '=', owner).where('isMain', '=', true));
  }

  async list(owner?: UserId, { limit, after }: AvatarPage = {}): Promise<Avatar[]> {
    let rows = this.rows().orderBy('createdAt').orderBy('id');
    if (owner !== undefined) rows = rows.where('owner', '=', owner);
    if (limit !== undefined) rows = rows.limit(limit);
    if (after !== undefined)
      rows = rows.where(sql<boolean>`(created_at, id) > (${after.createdAt}, ${after.id})`);
    return (await rows.execute()).map(toAvatar);
  }

  async replacedBefore(before: Date, limit: number): Promise<Avatar[]> {
    const rows = await this.rows()
      .where(
        sql<boolean>`earlier <> '[]' and exists (select 1 from jsonb_array_elements(earlier) as one
          where (one ->> 'replacedAt')::timestamptz < ${before})`,
      )
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toAvatar);
  }

  async withWeightsElsewhere(limit: number): Promise<AvatarId[]> {
    const rows = await this.database
      .selectFrom('avatars')
      .select('id')
      .where(sql<boolean>`status = 'ready' and model ->> 'url' is not null and model ->> 'keptAs' is null`)
      .where(sql<boolean>`model ->> 'kind' = any(${kindsInFiles})`)
      // So that those which cannot be had stand in nobody's way.
      .orderBy(sql`random()`)
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  async search(idOrName: string, owner?: UserId): Promise<Avatar[]> {
    // Letter case is judged here: what lower() makes of other scripts depends on the locale of the database.
    return avatarsMeant(await this.list(owner), idOrName);
  }

  private rows(): Rows {
    return this.database.selectFrom('avatars').selectAll();
  }
}

async function first(rows: Rows): Promise<Avatar | null> {
  const row = await rows.executeTakeFirst();
  return row === undefined ? null : toAvatar(row);
}
