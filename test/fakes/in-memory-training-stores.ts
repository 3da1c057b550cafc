import type { DraftStore } from '../../src/application/ports/stores/draft-store.js';
import type { DeletionReceipt } from '../../src/application/ports/stores/personal-data.js';
import type { Stores } from '../../src/application/ports/stores/stores.js';
import type { Draft } from '../../src/domain/draft.js';
import type { AvatarId, PhotoId, TrainingId, UserId } from '../../src/domain/ids.js';
import type { DraftPhoto } from '../../src/domain/photo.js';
import { InMemoryPersonalData } from './in-memory-personal-data.js';
import { InMemoryPhotoStore } from './in-memory-photo-store.js';
import { type Access, requireUser } from './in-memory-state.js';
import { InMemoryTrainingStore, type TrainingRow } from './in-memory-training-store.js';

/** Avatars in the making. Rows are replaced, never changed. */
export interface TrainingState {
  readonly rows: Map<TrainingId, TrainingRow>;
  readonly photos: Map<PhotoId, DraftPhoto>;
  readonly drafts: Map<AvatarId, Draft>;
  readonly receipts: Map<string, DeletionReceipt>;
}

export const emptyTrainingState = (): TrainingState => ({
  rows: new Map(),
  photos: new Map(),
  drafts: new Map(),
  receipts: new Map(),
});

export const copyOfTrainingState = (state: TrainingState): TrainingState => ({
  rows: new Map(state.rows),
  photos: new Map(state.photos),
  drafts: new Map(state.drafts),
  receipts: new Map(state.receipts),
});

export const trainingStoresOver = (
  access: Access,
): Pick<Stores, 'trainings' | 'photos' | 'avatarDrafts' | 'personal'> => ({
  trainings: new InMemoryTrainingStore(access),
  photos: new InMemoryPhotoStore(access),
  avatarDrafts: new InMemoryDraftStore(access),
  personal: new InMemoryPersonalData(access),
});

class InMemoryDraftStore implements DraftStore {
  constructor(private readonly access: Access) {}

  save(draft: Draft): Promise<void> {
    return this.access((state) => {
      requireUser(state, draft.owner);
      if (!state.avatars.has(draft.avatar)) throw new Error(`there is no avatar ${draft.avatar}`);
      state.training.drafts.set(draft.avatar, draft);
    });
  }

  find(avatar: AvatarId): Promise<Draft | null> {
    return this.access(({ training }) => training.drafts.get(avatar) ?? null);
  }

  async findOwned(owner: UserId, avatar: AvatarId): Promise<Draft | null> {
    const found = await this.find(avatar);
    return found?.owner === owner ? found : null;
  }

  list(owner: UserId): Promise<Draft[]> {
    return this.access(({ training }) =>
      [...training.drafts.values()]
        .filter((draft) => draft.owner === owner)
        .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime()),
    );
  }

  remove(avatar: AvatarId): Promise<void> {
    return this.access(({ training }) => {
      training.drafts.delete(avatar);
    });
  }
}
