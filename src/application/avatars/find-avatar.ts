import { type Avatar, avatarsMeant } from '../../domain/avatar/avatar.js';
import { DomainError } from '../../domain/errors.js';
import type { AvatarId, UserId } from '../../domain/ids.js';
import type { ReadStores } from '../ports/stores/way-in-database.js';

/**
 * The owner's avatar by id or name; the main one when nothing is named, or their only one.
 * @throws DomainError `avatar_not_found` (also for somebody else's), `avatar_ambiguous`, `no_avatar`.
 */
export async function findAvatar(
  stores: Pick<ReadStores, 'avatars'>,
  idOrName: string | undefined,
  owner: UserId,
): Promise<Avatar> {
  return avatarAmong(await stores.avatars.list(owner), idOrName);
}

/** The same among all of its owner's, oldest first. */
export function avatarAmong(avatars: readonly Avatar[], idOrName: string | undefined): Avatar {
  if (idOrName !== undefined) return theOne(avatarsMeant(avatars, idOrName), idOrName);
  const usable = avatars.find(({ isMain }) => isMain) ?? avatars.find(({ status }) => status === 'ready');
  if (usable === undefined) throw new DomainError({ code: 'no_avatar' });
  return usable;
}

/** @throws DomainError `not_found`, also for somebody else's. */
export async function ownAvatar(
  { avatars }: Pick<ReadStores, 'avatars'>,
  owner: UserId,
  id: AvatarId | null,
): Promise<Avatar> {
  const avatar = id === null ? null : await avatars.findOwned(owner, id);
  if (avatar === null) throw new DomainError({ code: 'not_found', what: 'avatar' });
  return avatar;
}

/** For the operator, who need not say whose it is as long as only one can be meant. */
export async function findAnyonesAvatar(
  stores: Pick<ReadStores, 'avatars'>,
  idOrName: string,
): Promise<Avatar> {
  return theOne(await stores.avatars.search(idOrName.trim()), idOrName);
}

function theOne(found: readonly Avatar[], idOrName: string): Avatar {
  const byId = found.find(({ id }) => id === idOrName.trim().toLowerCase());
  const [first, ...others] = found;
  if (byId !== undefined) return byId;
  if (first === undefined) throw new DomainError({ code: 'avatar_not_found', avatar: idOrName });
  if (others.length > 0)
    throw new DomainError({
      code: 'avatar_ambiguous',
      avatar: idOrName,
      owners: found.map(({ owner }) => owner),
    });
  return first;
}
