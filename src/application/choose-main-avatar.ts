import type { Avatar } from '../domain/avatar.js';
import { DomainError } from '../domain/errors.js';
import type { AvatarId, UserId } from '../domain/ids.js';
import type { Database } from './ports/stores/stores.js';

/** Makes an avatar the one that is meant when none is named. */
export class ChooseMainAvatar {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `not_found` (also for somebody else's), `avatar_not_ready`. */
  async execute(owner: UserId, id: AvatarId): Promise<Avatar> {
    return this.database.transaction(async ({ avatars }) => {
      const avatar = await avatars.findOwned(owner, id);
      if (avatar === null) throw new DomainError({ code: 'not_found', what: 'avatar' });
      if (avatar.status !== 'ready')
        throw new DomainError({ code: 'avatar_not_ready', avatar: avatar.name, status: avatar.status });
      const main: Avatar = { ...avatar, isMain: true };
      await avatars.save(main);
      return main;
    });
  }
}
