import type { Avatar } from '../../domain/avatar/avatar.js';
import type { UserId } from '../../domain/ids.js';
import type { ReadStores } from '../ports/stores/way-in-database.js';

/** Drafts that their owner sends photos for; the first is the one that photos go to. */
export async function openDrafts(
  stores: Pick<ReadStores, 'avatarDrafts' | 'avatars'>,
  owner: UserId,
): Promise<Avatar[]> {
  const open = (await stores.avatarDrafts.list(owner))
    .filter(({ openedAt }) => openedAt !== null)
    .sort((one, other) => Number(other.openedAt) - Number(one.openedAt));
  const found = await Promise.all(open.map(({ avatar }) => stores.avatars.findOwned(owner, avatar)));
  return found.filter((avatar) => avatar !== null);
}
