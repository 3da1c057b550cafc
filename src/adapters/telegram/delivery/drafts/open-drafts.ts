import type { Database } from '../../../../application/ports/stores/stores.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import type { AvatarId, UserId } from '../../../../domain/ids.js';
import { draftStateOf } from './draft-state.js';

export interface Mine {
  readonly owner: UserId;
  readonly avatar: AvatarId;
}

/** Avatars that a person sends photos for. */
export class OpenDrafts {
  constructor(private readonly database: Database) {}

  /** The one that photos go to first. */
  async of(owner: UserId): Promise<Avatar[]> {
    const { avatarDrafts, avatars } = this.database.stores;
    const drafts = (await avatarDrafts.list(owner))
      .map((draft) => ({ avatar: draft.avatar, ...draftStateOf(draft) }))
      .filter(({ collecting }) => collecting)
      .sort((one, other) => other.chosenAt - one.chosenAt);
    const found = await Promise.all(drafts.map(({ avatar }) => avatars.findOwned(owner, avatar)));
    return found.filter((avatar) => avatar !== null);
  }
}
