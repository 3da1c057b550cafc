import type { Generation, GenerationIn } from '../../domain/generation/generation.js';
import { cancelled } from '../../domain/generation/generation-transitions.js';
import { upscaler } from '../../domain/generation/order.js';
import type { AvatarId, UserId } from '../../domain/ids.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { Clock } from '../ports/clock.js';
import type { Database, Stores } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';

type Touched = 'avatars' | 'generations' | 'jobs' | 'ledger';

/** More than anybody may have in the queue; what is left is called off when its turn comes. */
const rowsAtOnce = 500;

/**
 * Calls a picture off that waits in the queue, when an avatar in it was deleted: its face is not sent to fal any more. A
 * picture that is there is enlarged all the same. Returns whether it was called off. To be called in a transaction that
 * has locked the row.
 */
export async function calledOffWithoutAvatar(
  stores: Pick<Stores, Touched>,
  state: GenerationIn<'accepted'>,
  now: Date,
): Promise<boolean> {
  if (await hasItsAvatars(stores, state)) return false;
  const transition = cancelled(state, now);
  await writeTransition(generationKind, stores, state, transition, { now });
  return true;
}

async function hasItsAvatars(
  stores: Pick<Stores, Touched>,
  { avatar, companion, order }: Generation,
): Promise<boolean> {
  if (order.endpoint === upscaler) return true;
  for (const id of [avatar, companion])
    if (id !== null && (await stores.avatars.find(id)) === null) return false;
  return true;
}

/**
 * The same at once for all that wait with this avatar, which is gone. Each on its own: others write many rows of the
 * line in one statement, and two who lock several rows could wait for each other.
 */
export async function callOffWaiting(
  database: Database<Touched>,
  { owner, avatar }: { readonly owner: UserId; readonly avatar: AvatarId },
  clock: Clock,
): Promise<void> {
  const waiting = await database.stores.generations.list({ owner, status: 'accepted', limit: rowsAtOnce });
  for (const { id, ...generation } of waiting) {
    if (generation.avatar !== avatar && generation.companion !== avatar) continue;
    await database.transaction(async (stores) => {
      const state = await stores.generations.lock(id);
      // It may have been sent until its turn came here: then it ends as if the avatar were there.
      if (state?.status === 'accepted') await calledOffWithoutAvatar(stores, state, clock.now());
    });
  }
}
