import type { Stores } from '../../../src/application/ports/stores/stores.js';
import type { User } from '../../../src/application/ports/stores/user-store.js';
import type { AvatarStatus } from '../../../src/domain/avatar/avatar.js';
import type { GenerationIn, GenerationStatus } from '../../../src/domain/generation/generation.js';
import { aGeneration, type GenerationChanges } from './a-generation.js';
import { aUser } from './a-user.js';
import { type AvatarChanges, type AvatarIn, anAvatar } from './an-avatar.js';
import { nextNumber } from './ids.js';

/** Writes a user, with credits to spend if told so. */
export async function givenUser(
  stores: Stores,
  changes: Partial<User> & { credits?: number } = {},
): Promise<User> {
  const { credits = 0, ...given } = changes;
  const user = aUser(given);
  await stores.users.ensure({
    id: user.id,
    displayName: user.displayName ?? undefined,
    language: user.language ?? undefined,
    now: user.createdAt,
  });
  if (credits > 0)
    await stores.ledger.write(
      [{ user: user.id, kind: 'grant', amount: credits, reason: `grant:test:${nextNumber()}` }],
      user.createdAt,
    );
  return user;
}

/** Writes an avatar, and its owner if there is none yet. */
export async function givenAvatar<Status extends AvatarStatus = 'ready'>(
  stores: Stores,
  changes: AvatarChanges<Status> = {},
): Promise<AvatarIn<Status>> {
  const avatar = anAvatar(changes);
  await stores.users.ensure({ id: avatar.owner, now: avatar.createdAt });
  await stores.avatars.save(avatar);
  return avatar;
}

/** Writes a generation in the state it is in, and its owner if there is none yet. Writes no hold and no job. */
export async function givenGeneration<Status extends GenerationStatus = 'accepted'>(
  stores: Stores,
  changes: GenerationChanges<Status> = {},
): Promise<GenerationIn<Status>> {
  const generation = aGeneration(changes);
  await stores.users.ensure({ id: generation.owner, now: generation.createdAt });
  await stores.generations.add(generation);
  return generation;
}
