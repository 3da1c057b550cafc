import type { Kysely, Selectable } from 'kysely';
import type { DraftStore } from '../../application/ports/stores/draft-store.js';
import type { Draft } from '../../domain/draft.js';
import type { AvatarId, UserId } from '../../domain/ids.js';
import type { Tables } from './tables.js';

export class PostgresDraftStore implements DraftStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async save(draft: Draft): Promise<void> {
    const columns = {
      owner: draft.owner,
      consent: draft.consent === null ? null : JSON.stringify(draft.consent),
      origin: JSON.stringify(draft.origin),
      memo: JSON.stringify(draft.memo),
      created_at: draft.createdAt,
    };
    await this.database
      .insertInto('avatar_drafts')
      .values({ avatar: draft.avatar, ...columns })
      .onConflict((conflict) => conflict.column('avatar').doUpdateSet(columns))
      .execute();
  }

  async find(avatar: AvatarId): Promise<Draft | null> {
    const row = await this.rows().where('avatar', '=', avatar).executeTakeFirst();
    return row === undefined ? null : toDraft(row);
  }

  async findOwned(owner: UserId, avatar: AvatarId): Promise<Draft | null> {
    const found = await this.find(avatar);
    return found?.owner === owner ? found : null;
  }

  async list(owner: UserId): Promise<Draft[]> {
    const rows = await this.rows().where('owner', '=', owner).orderBy('created_at', 'desc').execute();
    return rows.map(toDraft);
  }

  async remove(avatar: AvatarId): Promise<void> {
    await this.database.deleteFrom('avatar_drafts').where('avatar', '=', avatar).execute();
  }

  private rows() {
    return this.database.selectFrom('avatar_drafts').selectAll();
  }
}

function toDraft(row: Selectable<Tables['avatar_drafts']>): Draft {
  const { avatar, owner, consent, origin, memo } = row;
  return {
    avatar,
    owner,
    consent: consent === null ? null : { ...consent, givenAt: new Date(consent.givenAt) },
    origin,
    memo,
    createdAt: row.created_at,
  };
}
