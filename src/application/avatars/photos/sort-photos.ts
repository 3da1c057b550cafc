import { IsUUID } from 'class-validator';
import { type DraftPhoto, describeSet, type PhotoSet, photoLimits } from '../../../domain/avatar/photo.js';
import { DomainError } from '../../../domain/errors.js';
import type { PhotoId } from '../../../domain/ids.js';
import { filesOf } from '../../../domain/stored-image.js';
import { checkedInput } from '../../input/input-validation.js';
import { AvatarNamed } from '../../input/named.js';
import type { Asker } from '../../input/request-context.js';
import type { MediaStore } from '../../ports/media-store.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';
import { lockAvatar, refuseWhileTraining } from '../update-avatar-draft.js';

type Touched = 'avatarDrafts' | 'avatars' | 'photos' | 'trainings';

export class PhotoNamed extends AvatarNamed {
  @IsUUID() photo!: PhotoId;
}

type Which = PhotoNamed & Asker;

export interface SortedPhotos {
  readonly photos: readonly DraftPhoto[];
  readonly set: PhotoSet;
}

type Parts = Needs<Touched> & { readonly media: Pick<MediaStore, 'remove'> };

/** The owner goes through the photos of an avatar in the making. */
export class SortPhotos {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`. */
  async list(which: AvatarNamed, { owner }: Asker): Promise<SortedPhotos> {
    const mine = { ...checkedInput(AvatarNamed, which), owner };
    return this.parts.database.transaction((stores) => describe(stores, mine));
  }

  /** Takes a warned photo in after all. @throws DomainError `not_found`, `too_many_photos`. */
  async keep(given: PhotoNamed, { owner }: Asker): Promise<SortedPhotos> {
    const which = { ...checkedInput(PhotoNamed, given), owner };
    return this.parts.database.transaction(async (stores) => {
      await ownPhoto(stores, which);
      if (!(await stores.photos.keep(which.avatar, which.photo)))
        throw new DomainError({ code: 'too_many_photos', limit: photoLimits.most });
      return describe(stores, which);
    });
  }

  /** @throws DomainError `not_found`. A second tap finds nothing left to do and says so. */
  async remove(given: PhotoNamed, { owner }: Asker): Promise<SortedPhotos> {
    const which = { ...checkedInput(PhotoNamed, given), owner };
    const { removed, sorted } = await this.parts.database.transaction(async (stores) => {
      await ownPhoto(stores, which);
      const removed = await stores.photos.remove(which.avatar, [which.photo]);
      return { removed, sorted: await describe(stores, which) };
    });
    for (const key of removed.flatMap(filesOf)) await this.parts.media.remove(key);
    return sorted;
  }
}

/** @throws DomainError `avatar_not_found`, `not_found`, `wrong_state` while it trains. Others keep off the set meanwhile. */
export async function ownPhoto(
  stores: Pick<Stores, Touched>,
  { owner, avatar, photo }: Which,
): Promise<DraftPhoto> {
  await lockAvatar(stores, { owner, avatar });
  await refuseWhileTraining(stores, avatar);
  const found = (await stores.photos.lock(avatar)).find(({ id }) => id === photo);
  if (found === undefined) throw new DomainError({ code: 'not_found', what: 'photo' });
  return found;
}

async function describe(
  stores: Pick<Stores, Touched>,
  { owner, avatar }: Omit<Which, 'photo'>,
): Promise<SortedPhotos> {
  const { type } = await lockAvatar(stores, { owner, avatar });
  const photos = await stores.photos.list(avatar);
  return { photos, set: describeSet(photos, type) };
}
