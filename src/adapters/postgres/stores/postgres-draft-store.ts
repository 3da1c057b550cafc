import { type Kysely, type Selectable, sql } from 'kysely';
import type { DraftStore, DraftTimes } from '../../../application/ports/stores/draft-store.js';
import type { AvatarDraft } from '../../../domain/avatar/avatar-draft.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';
import { openTrainingStatuses, statusWord } from '../../../domain/training/training.js';
import type { Tables } from '../schema/tables.js';

export class PostgresDraftStore implements DraftStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async save(draft: AvatarDraft): Promise<void> {
    const columns = {
      owner: draft.owner,
      consent: draft.consent === null ? null : JSON.stringify(draft.consent),
      origin: JSON.stringify(draft.origin),
      memo: JSON.stringify(toMemo(draft)),
      createdAt: draft.createdAt,
    };
    await this.database
      .insertInto('avatar_drafts')
      .values({ avatar: draft.avatar, ...columns, touchedAt: draft.createdAt })
      .onConflict((conflict) => conflict.column('avatar').doUpdateSet(columns))
      .execute();
  }

  async find(avatar: AvatarId): Promise<AvatarDraft | null> {
    const row = await this.rows().where('avatar', '=', avatar).executeTakeFirst();
    return row === undefined ? null : toDraft(row);
  }

  async findOwned(owner: UserId, avatar: AvatarId): Promise<AvatarDraft | null> {
    const found = await this.find(avatar);
    return found?.owner === owner ? found : null;
  }

  async list(owner: UserId): Promise<AvatarDraft[]> {
    const rows = await this.rows().where('owner', '=', owner).orderBy('createdAt', 'desc').execute();
    return rows.map(toDraft);
  }

  async remove(avatar: AvatarId): Promise<void> {
    await this.database.deleteFrom('avatar_drafts').where('avatar', '=', avatar).execute();
  }

  async touch(avatar: AvatarId, now: Date): Promise<void> {
    await this.database
      .updateTable('avatar_drafts')
      .set({ touchedAt: now, expiryToldAt: null })
      .where('avatar', '=', avatar)
      .execute();
  }

  async times(avatar: AvatarId): Promise<DraftTimes | null> {
    const row = await this.rows().where('avatar', '=', avatar).executeTakeFirst();
    return row === undefined ? null : { touchedAt: row.touchedAt, toldAt: row.expiryToldAt };
  }

  async idle(
    { touchedBefore, toldBefore }: { touchedBefore: Date; toldBefore: Date | null },
    limit: number,
  ): Promise<AvatarDraft[]> {
    const rows = await this.rows()
      .where('touchedAt', '<', touchedBefore)
      .where((is) =>
        toldBefore === null ? is('expiryToldAt', 'is', null) : is('expiryToldAt', '<', toldBefore),
      )
      // From those few avatars: what was chosen for the others is kept, and has not been touched for long either.
      .where(sql<boolean>`
        avatar = any(array(select id from avatars where status = 'draft'))
        and not exists (select from trainings
          where avatar = avatar_drafts.avatar and status = any(${openTrainingStatuses.map(statusWord)}))`)
      .orderBy('touchedAt')
      .limit(limit)
      .execute();
    return rows.map(toDraft);
  }

  async tell(avatar: AvatarId, at: Date | null): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('avatar_drafts')
      .set({ expiryToldAt: at })
      .where('avatar', '=', avatar)
      .where('expiryToldAt', at === null ? 'is not' : 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  private rows() {
    return this.database.selectFrom('avatar_drafts').selectAll();
  }
}

/** Rows of earlier releases hold these among the notes of the chat, under the same names. */
const toMemo = ({ transportState, openedAt, named }: AvatarDraft) => ({
  ...transportState,
  collecting: openedAt !== null,
  chosenAt: openedAt?.getTime(),
  named,
});

function toDraft(row: Selectable<Tables['avatar_drafts']>): AvatarDraft {
  const { avatar, owner, consent, origin, createdAt } = row;
  const { collecting, chosenAt, named, ...transportState } = row.memo;
  return {
    avatar,
    owner,
    consent: consent === null ? null : { ...consent, givenAt: new Date(consent.givenAt) },
    origin,
    openedAt: collecting === true ? new Date(Number(chosenAt ?? 0)) : null,
    named: named === true,
    transportState,
    createdAt,
  };
}
