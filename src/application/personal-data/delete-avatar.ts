import { IsBoolean } from 'class-validator';
import { weightsOf } from '../../domain/avatar/avatar-versions.js';
import type { AvatarId } from '../../domain/ids.js';
import { filesOf } from '../../domain/stored-image.js';
import { filesOfTraining, isOpenTraining, type Training } from '../../domain/training/training.js';
import { trainingCancelled } from '../../domain/training/training-transitions.js';
import { lockAvatar } from '../avatars/update-avatar-draft.js';
import { callOffWaiting } from '../generation/without-avatar.js';
import { checkedInput } from '../input/input-validation.js';
import { AvatarNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import type { LeftAtFal } from '../ports/stores/personal-data.js';
import type { Stores } from '../ports/stores/stores.js';
import { trainingKind } from '../training/training-kind.js';
import { leftAtFal } from './left-at-fal.js';

type Touched =
  | 'avatarDrafts'
  | 'avatars'
  | 'generations'
  | 'jobs'
  | 'ledger'
  | 'personal'
  | 'photos'
  | 'trainings';

/** What was deleted here, and what fal still has. */
export interface AvatarDeletion {
  readonly name: string;
  readonly photos: number;
  readonly weights: number;
  readonly images: number;
  readonly atFal: LeftAtFal;
}

export class DeletionRequest extends AvatarNamed {
  /** The pictures of it too, also those in which it is the second one. */
  @IsBoolean() withImages!: boolean;
}

type Parts = Needs<Touched, 'clock'> & { readonly media: Pick<MediaStore, 'removeAll'> };

/**
 * Deletes an avatar: photos, weights, proof sheets, and on request its pictures. A running training is cancelled, and so
 * are pictures that wait in the queue; what is at fal already comes to its end.
 */
export class DeleteAvatar {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`, also for somebody else's. */
  async execute(request: DeletionRequest, { owner }: Asker): Promise<AvatarDeletion> {
    const which = { ...checkedInput(DeletionRequest, request), owner };
    const deletion = await this.executeIf(which, async () => true);
    if (deletion === null) throw new Error(`avatar ${request.avatar} was not deleted`);
    return deletion;
  }

  /** The same if `isStill` says so, asked while nobody else can work on the avatar; `null`: it did not. */
  async executeIf(
    { owner, avatar: id, withImages }: DeletionRequest & Asker,
    isStill: (stores: Pick<Stores, Touched>) => Promise<boolean>,
  ): Promise<AvatarDeletion | null> {
    const now = this.parts.clock.now();
    const deleted = await this.parts.database.transaction(async (stores) => {
      // Trainings before their avatar, as their own steps do: in another order two could wait for each other.
      if ((await stores.avatars.findOwned(owner, id)) !== null) await lockOpenTrainings(stores, id);
      const avatar = await lockAvatar(stores, { owner, avatar: id });
      if (!(await isStill(stores))) return null;
      await cancelOpenTraining(stores, id, now);
      const atFal = await leftAtFal(stores, { owner, avatars: [avatar], only: id }, now);
      const photos = await stores.photos.lock(id);
      const weights = weightsOf(avatar);
      const images = withImages ? await stores.personal.images(owner, id) : [];
      // Part of the training, asked for or not.
      const proofs = await stores.personal.proofPictures(owner, id);
      const pictures = [...images, ...proofs];
      const pictureIds = pictures.map((image) => image.id);
      await stores.personal.removeImages(owner, pictureIds);
      const trained = (await stores.trainings.ofAvatar(id)).flatMap(filesOfTraining);
      await stores.avatars.remove(owner, id);
      return {
        name: avatar.name,
        photos: photos.length,
        weights: weights.length,
        images: images.length,
        atFal,
        // Of its trainings also what it no longer holds.
        files: new Set([...[...photos, ...pictures].flatMap(filesOf), ...weights, ...trained]),
      };
    });
    if (deleted === null) return null;
    await callOffWaiting(this.parts.database, { owner, avatar: id }, this.parts.clock);
    const { files, ...deletion } = deleted;
    await this.parts.media.removeAll(files);
    return deletion;
  }
}

async function lockOpenTrainings(stores: Pick<Stores, Touched>, avatar: AvatarId): Promise<Training[]> {
  const locked: Training[] = [];
  for (const training of await stores.trainings.ofAvatar(avatar)) {
    const state = isOpenTraining(training) ? await stores.trainings.lock(training.id) : null;
    // It may have ended until its turn came.
    if (state !== null && isOpenTraining(state)) locked.push(state);
  }
  return locked;
}

async function cancelOpenTraining(stores: Pick<Stores, Touched>, avatar: AvatarId, now: Date): Promise<void> {
  for (const state of await lockOpenTrainings(stores, avatar)) {
    await writeTransition(trainingKind, stores, state, trainingCancelled(state, now), { now });
  }
}
