import type { Avatar } from '../domain/avatar.js';
import { DomainError, invalidInput } from '../domain/errors.js';
import type { AvatarId, UserId } from '../domain/ids.js';
import type { Database } from './ports/stores/stores.js';

/** In code points. */
export const avatarNameLength = { from: 2, to: 50 } as const;

/** Gives an avatar another name. */
export class RenameAvatar {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `not_found` (also for somebody else's), `invalid_input` when the name is too short or long. */
  async execute(owner: UserId, id: AvatarId, given: string): Promise<Avatar> {
    const name = given.trim().replace(/\s+/gu, ' ');
    const length = [...name].length;
    const allowed = `${avatarNameLength.from}-${avatarNameLength.to}`;
    if (length < avatarNameLength.from) throw invalidInput([{ field: 'name', code: 'too_short', allowed }]);
    if (length > avatarNameLength.to) throw invalidInput([{ field: 'name', code: 'too_long', allowed }]);
    return this.database.transaction(async ({ avatars }) => {
      const avatar = await avatars.findOwned(owner, id);
      if (avatar === null) throw new DomainError({ code: 'not_found', what: 'avatar' });
      const renamed: Avatar = { ...avatar, name };
      await avatars.save(renamed);
      return renamed;
    });
  }
}
