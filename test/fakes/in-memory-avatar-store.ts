import type { AvatarPage, AvatarStore } from '../../src/application/ports/stores/avatar-store.js';
import { type Avatar, avatarsMeant } from '../../src/domain/avatar/avatar.js';
import { isInFile } from '../../src/domain/avatar/avatar-model.js';
import type { AvatarId, UserId } from '../../src/domain/ids.js';
import { type Access, dropAvatar, requireUser, type State } from './in-memory-state.js';

export class InMemoryAvatarStore implements AvatarStore {
  constructor(private readonly access: Access) {}

  save(avatar: Avatar, legacyId?: string): Promise<void> {
    return this.access((state) => {
      requireUser(state, avatar.owner);
      if (avatar.isMain) unmakeMain(state, avatar);
      const isTaken = [...state.avatars.values()].some(
        (row) => legacyId !== undefined && row.legacyId === legacyId && row.avatar.id !== avatar.id,
      );
      if (isTaken) throw new Error(`another avatar has the legacy id ${legacyId}`);
      const earlier = state.avatars.get(avatar.id);
      state.avatars.set(avatar.id, { avatar, legacyId: legacyId ?? earlier?.legacyId ?? null });
    });
  }

  findOwned(owner: UserId, id: AvatarId): Promise<Avatar | null> {
    return this.first((avatar) => avatar.owner === owner && avatar.id === id);
  }

  /** Transactions run one after another here: nobody else is writing. */
  lock(owner: UserId, id: AvatarId): Promise<Avatar | null> {
    return this.findOwned(owner, id);
  }

  remove(owner: UserId, id: AvatarId): Promise<void> {
    return this.access((state) => {
      const { avatars, training } = state;
      if (avatars.get(id)?.avatar.owner !== owner) return;
      dropAvatar(state, id);
      for (const [key, { subject }] of state.operator.cases)
        if (subject === id) state.operator.cases.delete(key);
      training.drafts.delete(id);
      for (const photo of training.photos.values()) if (photo.avatar === id) training.photos.delete(photo.id);
    });
  }

  find(id: AvatarId): Promise<Avatar | null> {
    return this.first((avatar) => avatar.id === id);
  }

  findByLegacyId(wanted: string): Promise<Avatar | null> {
    return this.access(
      ({ avatars }) => [...avatars.values()].find(({ legacyId }) => legacyId === wanted)?.avatar ?? null,
    );
  }

  wasDeleted(legacyId: string): Promise<boolean> {
    return this.access(({ deletedLegacyIds }) => deletedLegacyIds.has(legacyId));
  }

  mainOf(owner: UserId): Promise<Avatar | null> {
    return this.first((avatar) => avatar.owner === owner && avatar.isMain);
  }

  async list(owner?: UserId, { limit, after }: AvatarPage = {}): Promise<Avatar[]> {
    const everybodys = await this.all(() => true);
    return everybodys
      .filter((avatar) => after === undefined || byCreation(after, avatar) < 0)
      .filter((avatar) => owner === undefined || avatar.owner === owner)
      .slice(0, limit);
  }

  async replacedBefore(before: Date, limit: number): Promise<Avatar[]> {
    const found = await this.all(
      (avatar) =>
        avatar.status === 'ready' && (avatar.earlier ?? []).some(({ replacedAt }) => replacedAt < before),
    );
    return found.slice(0, limit);
  }

  async withWeightsElsewhere(limit: number): Promise<AvatarId[]> {
    const found = await this.all(
      (avatar) => avatar.status === 'ready' && isInFile(avatar.model) && avatar.model.mediaKey === undefined,
    );
    return found.slice(0, limit).map(({ id }) => id);
  }

  async search(idOrName: string, owner?: UserId): Promise<Avatar[]> {
    const all = await this.all((avatar) => owner === undefined || avatar.owner === owner);
    return avatarsMeant(all, idOrName);
  }

  private async first(matches: (avatar: Avatar) => boolean): Promise<Avatar | null> {
    return (await this.all(matches))[0] ?? null;
  }

  private all(matches: (avatar: Avatar) => boolean): Promise<Avatar[]> {
    return this.access(({ avatars }) =>
      [...avatars.values()]
        .map(({ avatar }) => avatar)
        .filter(matches)
        .sort(byCreation),
    );
  }
}

type Place = Pick<Avatar, 'createdAt' | 'id'>;

const byCreation = (one: Place, other: Place): number =>
  one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);

export const avatarsOf = ({ avatars }: State, owner: UserId): Avatar[] =>
  [...avatars.values()]
    .map(({ avatar }) => avatar)
    .filter((avatar) => avatar.owner === owner)
    .sort(byCreation);

function unmakeMain({ avatars }: State, main: Avatar): void {
  for (const [id, row] of avatars)
    if (row.avatar.owner === main.owner && id !== main.id && row.avatar.isMain)
      avatars.set(id, { ...row, avatar: { ...row.avatar, isMain: false } });
}
