import type { Avatar, ReadyAvatar } from '../../domain/avatar/avatar.js';
import { welcome } from '../account/welcome.js';
import type { Policy } from '../policy/policy.js';
import type { Ports } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';

type Given = Pick<ReadyAvatar, 'id' | 'owner' | 'name' | 'type' | 'trigger' | 'model'>;

interface Options {
  /** Whether it becomes the main one; `isFirst`: its owner has no main one yet. Unless told otherwise, then it does. */
  readonly isMain?: (isFirst: boolean) => boolean;
  readonly legacyId?: string;
}

/** Writes an avatar that holds a model from the start, and makes its owner known. To be called in a transaction. */
export async function saveReadyAvatar(
  stores: Pick<Stores, 'avatars' | 'ledger' | 'users'>,
  { clock, policy }: Pick<Ports, 'clock'> & { readonly policy: Policy },
  given: Given,
  { isMain = (isFirst) => isFirst, legacyId }: Options = {},
): Promise<Avatar> {
  const createdAt = clock.now();
  await welcome(stores, given.owner, policy, createdAt);
  const isFirst = (await stores.avatars.mainOf(given.owner)) === null;
  const basics = { ...given, isMain: isMain(isFirst), defaultStrength: null, createdAt };
  const avatar: Avatar = { ...basics, status: 'ready' };
  await stores.avatars.save(avatar, legacyId);
  return avatar;
}
