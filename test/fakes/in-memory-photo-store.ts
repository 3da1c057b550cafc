import type { PhotoStore } from '../../src/application/ports/stores/photo-store.js';
import { type DraftPhoto, photoLimits } from '../../src/domain/avatar/photo.js';
import type { AvatarId, PhotoId, UserId } from '../../src/domain/ids.js';
import { openTrainingStatuses } from '../../src/domain/training/training.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

const open: readonly string[] = openTrainingStatuses;

export class InMemoryPhotoStore implements PhotoStore {
  constructor(private readonly access: Access) {}

  lock(avatar: AvatarId): Promise<DraftPhoto[]> {
    return this.list(avatar);
  }

  list(avatar: AvatarId): Promise<DraftPhoto[]> {
    return this.access((state) => photosOf(state, avatar));
  }

  ofOwner(owner: UserId): Promise<DraftPhoto[]> {
    return this.access(({ training }) =>
      [...training.photos.values()].filter((photo) => photo.owner === owner).sort(byTime),
    );
  }

  add(photo: DraftPhoto): Promise<boolean> {
    return this.access((state) => {
      requireUser(state, photo.owner);
      if (!state.avatars.has(photo.avatar)) throw new Error(`there is no avatar ${photo.avatar}`);
      if (isFull(state, photo.avatar, photo.status)) return false;
      state.training.photos.set(photo.id, photo);
      return true;
    });
  }

  keep(avatar: AvatarId, id: PhotoId): Promise<boolean> {
    return this.access((state) => {
      const photo = state.training.photos.get(id);
      if (photo?.avatar !== avatar) return false;
      if (photo.status === 'kept') return true;
      if (isFull(state, avatar, 'kept')) return false;
      state.training.photos.set(id, { ...photo, status: 'kept' });
      return true;
    });
  }

  update(photo: DraftPhoto): Promise<boolean> {
    return this.access((state) => {
      const before = state.training.photos.get(photo.id);
      if (before?.avatar !== photo.avatar) return false;
      if (before.status !== photo.status && isFull(state, photo.avatar, photo.status)) return false;
      state.training.photos.set(photo.id, photo);
      return true;
    });
  }

  remove(avatar: AvatarId, ids: readonly PhotoId[]): Promise<DraftPhoto[]> {
    return this.access((state) => {
      const removed = photosOf(state, avatar).filter(({ id }) => ids.includes(id));
      for (const { id } of removed) state.training.photos.delete(id);
      return removed;
    });
  }

  avatarsTrainedBefore(before: Date, limit: number): Promise<AvatarId[]> {
    return this.access((state) => {
      const photographed = new Set([...state.training.photos.values()].map(({ avatar }) => avatar));
      return [...photographed]
        .filter((avatar) => {
          const trainings = [...state.training.rows.values()]
            .map(({ job }) => job)
            .filter((training) => training.avatar === avatar);
          return (
            trainings.some(({ status }) => status === 'ready') &&
            trainings.every(
              (training) =>
                !open.includes(training.status) &&
                (('readyAt' in training && training.readyAt < before) ||
                  ('endedAt' in training && training.endedAt < before)),
            ) &&
            photosOf(state, avatar).every(({ createdAt }) => createdAt < before)
          );
        })
        .sort()
        .slice(0, limit);
    });
  }
}

const byTime = (one: DraftPhoto, other: DraftPhoto): number =>
  one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);

const photosOf = ({ training }: State, avatar: AvatarId): DraftPhoto[] =>
  [...training.photos.values()].filter((photo) => photo.avatar === avatar).sort(byTime);

const isFull = (state: State, avatar: AvatarId, status: DraftPhoto['status']): boolean =>
  photosOf(state, avatar).filter((photo) => photo.status === status).length >= photoLimits.most;
