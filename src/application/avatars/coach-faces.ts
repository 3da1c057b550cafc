import { faceWarnings, judgeFaces, type Portrayed } from '../../domain/avatar/face-coach.js';
import { facesSeen } from '../../domain/avatar/faces.js';
import type { DraftPhoto, PhotoWarning } from '../../domain/avatar/photo.js';
import type { PhotoId } from '../../domain/ids.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import type { FaceFinder } from '../ports/pictures/face-finder.js';
import { lockAvatar, type Mine } from './update-avatar-draft.js';

type Parts = Needs<'avatarDrafts' | 'avatars' | 'photos' | 'trainings'> & {
  readonly media: Pick<MediaStore, 'bytes'>;
  readonly faces: FaceFinder;
};

/**
 * Looks at the faces of a whole set, since most of what is to be said of one photo depends on the others. It only
 * raises doubts: what their owner has decided stays decided, and where nothing can look everything stays as it was.
 */
export class CoachFaces {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`. */
  async execute(mine: Mine): Promise<void> {
    const { database } = this.parts;
    const avatar = await database.stores.avatars.findOwned(mine.owner, mine.avatar);
    if (avatar?.type !== 'portrait') return;
    const seen = await this.look(await database.stores.photos.list(mine.avatar));
    if (seen.size === 0) return;
    await database.transaction(async (stores) => {
      await lockAvatar(stores, mine);
      for (const photo of await stores.photos.lock(mine.avatar)) {
        const next = coached(photo, seen);
        if (next !== photo) await stores.photos.update(next);
      }
    });
  }

  private async look(photos: readonly DraftPhoto[]): Promise<Map<PhotoId, Portrayed>> {
    const seen = new Map<PhotoId, Portrayed>();
    for (const { id, mediaKey, width, height } of photos) {
      const faces = await this.parts.faces.find(mediaKey, () => this.parts.media.bytes(mediaKey));
      if (faces !== null) seen.set(id, { faces, width, height });
    }
    return seen;
  }
}

/** The same photo when there is nothing new to say of it. */
function coached(photo: DraftPhoto, seen: ReadonlyMap<PhotoId, Portrayed>): DraftPhoto {
  const own = seen.get(photo.id);
  if (own === undefined) return photo;
  const { faceCount, faceYaw, looksYoung } = facesSeen(own.faces);
  // A doubt about it was answered: the owner wants it.
  const isDecided = photo.status === 'kept' && photo.warnings.length > 0;
  const others = [...seen].filter(([id]) => id !== photo.id).map(([, other]) => other);
  const warnings = isDecided
    ? photo.warnings
    : [...judgeFaces(own, others), ...photo.warnings.filter(isAboutMore)];
  const status = isDecided || warnings.length === 0 ? 'kept' : 'warned';
  const isNew =
    photo.faceCount !== faceCount ||
    photo.faceYaw !== faceYaw ||
    photo.looksYoung !== looksYoung ||
    warnings.join() !== photo.warnings.join();
  return isNew ? { ...photo, faceCount, faceYaw, looksYoung, warnings, status } : photo;
}

const isAboutMore = (warning: PhotoWarning): boolean => !faceWarnings.some((each) => each === warning);
