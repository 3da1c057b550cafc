import type { DraftStore, DraftTimes } from '../../src/application/ports/stores/draft-store.js';
import type { DeletionReceipt } from '../../src/application/ports/stores/personal-data.js';
import type { Stores } from '../../src/application/ports/stores/stores.js';
import type { AvatarDraft } from '../../src/domain/avatar/avatar-draft.js';
import type { DraftPhoto } from '../../src/domain/avatar/photo.js';
import type { AvatarId, PhotoId, TrainingId, UserId } from '../../src/domain/ids.js';
import { openTrainingStatuses } from '../../src/domain/training/training.js';
import { InMemoryPersonalData } from './in-memory-personal-data.js';
import { InMemoryPhotoStore } from './in-memory-photo-store.js';
import { type Access, requireUser } from './in-memory-state.js';
import { InMemoryTrainingStore, type TrainingRow } from './in-memory-training-store.js';

/** Avatars in the making. Rows are replaced, never changed. */
export interface TrainingState {
  readonly rows: Map<TrainingId, TrainingRow>;
  readonly photos: Map<PhotoId, DraftPhoto>;
  readonly drafts: Map<AvatarId, AvatarDraft>;
  readonly draftTimes: Map<AvatarId, DraftTimes>;
  readonly webhookInbox: Map<string, DeletionReceipt>;
}

export const emptyTrainingState = (): TrainingState => ({
  rows: new Map(),
  photos: new Map(),
  drafts: new Map(),
  draftTimes: new Map(),
  webhookInbox: new Map(),
});

export const copyOfTrainingState = (state: TrainingState): TrainingState => ({
  rows: new Map(state.rows),
  photos: new Map(state.photos),
  drafts: new Map(state.drafts),
  draftTimes: new Map(state.draftTimes),
  webhookInbox: new Map(state.webhookInbox),
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

  save(draft: AvatarDraft): Promise<void> {
    return this.access((state) => {
      requireUser(state, draft.owner);
      if (!state.avatars.has(draft.avatar)) throw new Error(`there is no avatar ${draft.avatar}`);
      const { drafts, draftTimes } = state.training;
      if (!drafts.has(draft.avatar))
        draftTimes.set(draft.avatar, { touchedAt: draft.createdAt, toldAt: null });
      drafts.set(draft.avatar, draft);
    });
  }

  find(avatar: AvatarId): Promise<AvatarDraft | null> {
    return this.access(({ training }) => training.drafts.get(avatar) ?? null);
  }

  async findOwned(owner: UserId, avatar: AvatarId): Promise<AvatarDraft | null> {
    const found = await this.find(avatar);
    return found?.owner === owner ? found : null;
  }

  list(owner: UserId): Promise<AvatarDraft[]> {
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

  touch(avatar: AvatarId, now: Date): Promise<void> {
    return this.access(({ training: { drafts, draftTimes } }) => {
      if (drafts.has(avatar)) draftTimes.set(avatar, { touchedAt: now, toldAt: null });
    });
  }

  times(avatar: AvatarId): Promise<DraftTimes | null> {
    return this.access(({ training: { drafts, draftTimes } }) =>
      drafts.has(avatar) ? (draftTimes.get(avatar) ?? null) : null,
    );
  }

  idle(
    { touchedBefore, toldBefore }: { touchedBefore: Date; toldBefore: Date | null },
    limit: number,
  ): Promise<AvatarDraft[]> {
    return this.access(({ avatars, training: { drafts, draftTimes, rows } }) => {
      const open: readonly string[] = openTrainingStatuses;
      const isTrained = (avatar: AvatarId) =>
        [...rows.values()].some(({ job }) => job.avatar === avatar && open.includes(job.status));
      return [...drafts.values()]
        .flatMap((draft) => {
          const times = draftTimes.get(draft.avatar);
          return times === undefined ? [] : [{ draft, ...times }];
        })
        .filter(
          ({ draft: { avatar } }) => avatars.get(avatar)?.avatar.status === 'draft' && !isTrained(avatar),
        )
        .filter(({ touchedAt, toldAt }) => {
          const isAsked = toldBefore === null ? toldAt === null : toldAt !== null && toldAt < toldBefore;
          return isAsked && touchedAt < touchedBefore;
        })
        .sort((one, other) => one.touchedAt.getTime() - other.touchedAt.getTime())
        .slice(0, limit)
        .map(({ draft }) => draft);
    });
  }

  tell(avatar: AvatarId, at: Date | null): Promise<boolean> {
    return this.access(({ training: { drafts, draftTimes } }) => {
      const times = drafts.has(avatar) ? draftTimes.get(avatar) : undefined;
      if (times === undefined || (times.toldAt === null) === (at === null)) return false;
      draftTimes.set(avatar, { ...times, toldAt: at });
      return true;
    });
  }
}
