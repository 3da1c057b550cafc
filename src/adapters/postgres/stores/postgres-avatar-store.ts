import { type Kysely, type Selectable, sql } from 'kysely';
import type { AvatarStore } from '../../../application/ports/stores/avatar-store.js';
import type { Avatar } from '../../../domain/avatar/avatar.js';
import { kindsInFiles } from '../../../domain/avatar/avatar-model.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';
import { inRow, toModel } from '../schema/weights-in-rows.js';
import { isUuid } from './uuid.js';

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
    const legacy = legacyId === undefined ? {} : { legacy_id: legacyId };
    await this.database
      .insertInto('avatars')
      .values({ id, ...columns, ...legacy })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...columns, ...legacy }))
      .execute();
  }

  private async makeRoomForMain({ id, owner }: Avatar): Promise<void> {
    const isMain = await this.rows().where('id', '=', id).where('is_main', '=', true).executeTakeFirst();
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
      .set({ is_main: false })
      .where('owner', '=', owner)
      .where('is_main', '=', true)
      .where('id', '!=', id)
      .execute();
  }

  async find(id: AvatarId): Promise<Avatar | null> {
    if (!isUuid(id)) return null;
    const row = await this.rows().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : toAvatar(row);
  }

  async findOwned(owner: UserId, id: AvatarId): Promise<Avatar | null> {
    if (!isUuid(id)) return null;
    const row = await this.rows().where('id', '=', id).where('owner', '=', owner).executeTakeFirst();
    return row === undefined ? null : toAvatar(row);
  }

  async lock(owner: UserId, id: AvatarId): Promise<Avatar | null> {
    if (!isUuid(id)) return null;
    const row = await this.rows()
      .where('id', '=', id)
      .where('owner', '=', owner)
      .forUpdate()
      .executeTakeFirst();
    return row === undefined ? null : toAvatar(row);
  }

  async remove(owner: UserId, id: AvatarId): Promise<void> {
    await this.database.deleteFrom('avatars').where('id', '=', id).where('owner', '=', owner).execute();
  }

  async findByLegacyId(legacyId: string): Promise<Avatar | null> {
    const row = await this.rows().where('legacy_id', '=', legacyId).executeTakeFirst();
    return row === undefined ? null : toAvatar(row);
  }

  async wasDeleted(legacyId: string): Promise<boolean> {
    const row = await this.database
      .selectFrom('deleted_legacy_avatars')
      .select('legacy_id')
      .where('legacy_id', '=', legacyId)
      .executeTakeFirst();
    return row !== undefined;
  }

  async mainOf(owner: UserId): Promise<Avatar | null> {
    const row = await this.rows().where('owner', '=', owner).where('is_main', '=', true).executeTakeFirst();
    return row === undefined ? null : toAvatar(row);
  }

  async list(owner?: UserId): Promise<Avatar[]> {
    const rows = this.rows().orderBy('created_at').orderBy('id');
    return (await (owner === undefined ? rows : rows.where('owner', '=', owner)).execute()).map(toAvatar);
  }

  async replacedBefore(before: Date, limit: number): Promise<Avatar[]> {
    const rows = await this.rows()
      .where(
        sql<boolean>`exists (select 1 from jsonb_array_elements(earlier) as one
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
      .where('status', '=', 'ready')
      .where(sql<boolean>`model ->> 'kind' = any(${kindsInFiles}) and model ->> 'keptAs' is null`)
      // So that those which cannot be had stand in nobody's way.
      .orderBy(sql`random()`)
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  async search(idOrName: string, owner?: UserId): Promise<Avatar[]> {
    // Letter case is judged here: what lower() makes of other scripts depends on the locale of the database.
    const wanted = idOrName.toLowerCase();
    const isWanted = ({ id, name }: Avatar) => id === wanted || name.toLowerCase() === wanted;
    return (await this.list(owner)).filter(isWanted);
  }

  private rows() {
    return this.database.selectFrom('avatars').selectAll();
  }
}

function toColumns(avatar: Avatar) {
  return {
    id: avatar.id,
    owner: avatar.owner,
    name: avatar.name,
    type: avatar.type,
    status: avatar.status,
    model: avatar.status === 'ready' ? JSON.stringify(inRow(avatar.model)) : null,
    earlier: JSON.stringify(
      avatar.status === 'ready'
        ? (avatar.earlier ?? []).map((one) => ({ ...one, model: inRow(one.model) }))
        : [],
    ),
    failure_reason: avatar.status === 'failed' ? avatar.reason : null,
    trigger: avatar.trigger,
    is_main: avatar.isMain,
    default_strength: avatar.defaultStrength,
    created_at: avatar.createdAt,
  };
}

function toAvatar(row: Selectable<Tables['avatars']>): Avatar {
  const basics = {
    id: row.id,
    owner: row.owner,
    name: row.name,
    type: row.type,
    trigger: row.trigger,
    isMain: row.is_main,
    defaultStrength: row.default_strength,
    createdAt: row.created_at,
  };
  switch (row.status) {
    case 'ready':
      if (row.model === null) throw new Error(`avatar ${row.id} is ready but holds no model`);
      return { ...basics, status: row.status, model: toModel(row.model), ...earlierOf(row) };
    case 'draft':
    case 'training':
      return { ...basics, status: row.status };
    case 'failed':
      return { ...basics, status: row.status, reason: row.failure_reason ?? '' };
    default:
      return row.status satisfies never;
  }
}

function earlierOf(row: Selectable<Tables['avatars']>) {
  const earlier = row.earlier.map(({ model, replacedAt, ...rest }) => ({
    ...rest,
    model: toModel(model),
    replacedAt: new Date(replacedAt),
  }));
  return earlier.length === 0 ? {} : { earlier };
}
