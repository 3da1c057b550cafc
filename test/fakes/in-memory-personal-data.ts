import type { ProviderEvent } from '../../src/application/ports/provider-webhooks.js';
import type { ImageRow } from '../../src/application/ports/stores/image-store.js';
import type {
  DeletionReceipt,
  PersonalData,
  StoredCounts,
} from '../../src/application/ports/stores/personal-data.js';
import type { Generation } from '../../src/domain/generation/generation.js';
import type { AvatarId, UserId } from '../../src/domain/ids.js';
import type { Training } from '../../src/domain/training/training.js';
import { dropHook } from './in-memory-event-hook-store.js';
import { type Access, dropAvatar, isProof, type State } from './in-memory-state.js';

export class InMemoryPersonalData implements PersonalData {
  constructor(private readonly access: Access) {}

  count(owner: UserId): Promise<StoredCounts> {
    return this.access((state) => ({
      avatars: [...state.avatars.values()].filter(({ avatar }) => avatar.owner === owner).length,
      photos: [...state.training.photos.values()].filter((photo) => photo.owner === owner).length,
      trainings: [...state.training.rows.values()].filter(({ job }) => job.owner === owner).length,
      generations: [...state.generations.values()].filter(({ job }) => job.owner === owner).length,
      images: state.images.filter((image) => image.owner === owner && !isProof(state, image)).length,
      ledgerEntries: state.entries.filter(({ user }) => user === owner).length,
    }));
  }

  requestsToFal(owner: UserId, avatar?: AvatarId): Promise<{ last: Date | null; isOpen: boolean }> {
    return this.access((state) => {
      const rows = [...state.generations.values()]
        .map(({ job }) => job)
        .filter((row) => row.owner === owner)
        .filter((row) => avatar === undefined || row.avatar === avatar || row.companion === avatar);
      const times = rows.filter(({ submits }) => submits > 0).map(lastTimeOf);
      return {
        last: times.length === 0 ? null : new Date(Math.max(...times)),
        isOpen: rows.some(({ status }) => ['submitting', 'submitted'].includes(status)),
      };
    });
  }

  images(owner: UserId, avatar?: AvatarId): Promise<ImageRow[]> {
    return this.pictures(owner, false, avatar);
  }

  proofPictures(owner: UserId, avatar?: AvatarId): Promise<ImageRow[]> {
    return this.pictures(owner, true, avatar);
  }

  private pictures(owner: UserId, proof: boolean, avatar?: AvatarId): Promise<ImageRow[]> {
    return this.access((state) =>
      state.images
        .filter((image) => isProof(state, image) === proof)
        .filter((image) => {
          const generation = state.generations.get(image.generation)?.job;
          const shows = generation?.avatar === avatar || generation?.companion === avatar;
          return image.owner === owner && (avatar === undefined || shows);
        })
        .sort(
          (one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1),
        ),
    );
  }

  removeImages(owner: UserId, ids: readonly string[]): Promise<void> {
    return this.access((state) =>
      dropImages(state, ({ id, ...image }) => image.owner === owner && ids.includes(id)),
    );
  }

  forget(owner: UserId): Promise<void> {
    return this.access((state) => {
      dropImages(state, (image) => image.owner === owner);
      for (const { avatar } of [...state.avatars.values()])
        if (avatar.owner === owner) dropAvatar(state, avatar.id);
      drop(state.training.drafts, (draft) => draft.owner === owner);
      drop(state.training.photos, (photo) => photo.owner === owner);
      const ofTheirs = ({ event }: { event: ProviderEvent }) => {
        const [kind, id] = event.reference.split(':');
        const rows: Iterable<{ job: Generation | Training }> =
          kind === 'training' ? state.training.rows.values() : state.generations.values();
        return [...rows].some(({ job }) => job.id === id && job.owner === owner);
      };
      drop(state.webhookInbox, ofTheirs);
      drop(state.bot.forms, (form) => form.owner === owner);
      drop(state.bot.recipes, (recipe) => recipe.owner === owner);
      drop(state.money.moneyMessages, (message) => message.user === owner);
      state.bot.preferences.delete(owner);
      for (const { hook } of state.hooks.hooks.values())
        if (hook.owner === owner) dropHook(state.hooks, hook.id);
      drop(state.broadcasting.people, ({ person }) => person === owner);
      state.broadcasting.unreachable.delete(owner);
      for (const [id, row] of state.generations)
        if (row.job.owner === owner)
          state.generations.set(id, { ...row, requestKey: null, job: withoutWords(row.job) });
      for (const [id, row] of state.training.rows)
        if (row.job.owner === owner)
          state.training.rows.set(id, { ...row, requestKey: null, job: withoutFaces(row.job) });
      const { acts, blocks, intents } = state.operator;
      const block = blocks.get(owner);
      if (block !== undefined) blocks.set(owner, { ...block, why: null });
      acts.splice(
        0,
        Number.POSITIVE_INFINITY,
        ...acts.map((act) => (act.subject === owner ? { ...act, why: null } : act)),
      );
      drop(state.operator.cases, ({ person, reporter }) => [person, reporter].includes(owner));
      state.quotas.limits.delete(owner);
      drop(state.api.keys, (key) => key.owner === owner);
      drop(state.api.requests, (request) => request.owner === owner);
      const admission = state.door.admissions.get(owner);
      if (admission !== undefined)
        state.door.admissions.set(owner, { ...admission, name: null, language: null });
      drop(intents, ({ act }) => 'user' in act && act.user === owner);
      const user = state.users.get(owner);
      if (user !== undefined) state.users.set(owner, { ...user, displayName: null, language: null });
    });
  }

  keepReceipt(receipt: DeletionReceipt): Promise<void> {
    return this.access(({ training }) => {
      training.webhookInbox.set(receipt.id, receipt);
    });
  }

  findReceipt(id: string): Promise<DeletionReceipt | null> {
    return this.access(({ training }) => training.webhookInbox.get(id) ?? null);
  }
}

function drop<Key, Row>(rows: Map<Key, Row>, matches: (row: Row) => boolean): void {
  for (const [key, row] of rows) if (matches(row)) rows.delete(key);
}

function dropImages({ images }: State, matches: (image: ImageRow) => boolean): void {
  images.splice(0, Number.POSITIVE_INFINITY, ...images.filter((image) => !matches(image)));
}

const lastTimeOf = (row: Generation): number =>
  Math.max(
    row.createdAt.getTime(),
    ...('submittedAt' in row ? [row.submittedAt.getTime()] : []),
    ...('collectedAt' in row ? [row.collectedAt.getTime()] : []),
    ...('endedAt' in row ? [row.endedAt.getTime()] : []),
  );

const withoutWords = (generation: Generation): Generation => ({
  ...generation,
  prompt: '',
  overrides: {},
  avatar: null,
  companion: null,
  origin: { ...generation.origin, address: {} },
  order:
    'loras' in generation.order
      ? { ...generation.order, loras: [], prompt: '' }
      : { ...generation.order, prompt: '' },
});

function withoutFaces(training: Training): Training {
  const basics = {
    origin: { ...training.origin, address: {} },
    order: { ...training.order, trigger: '', photos: [] },
  };
  return training.status === 'ready'
    ? {
        ...training,
        ...basics,
        weights: { ...training.weights, url: '', mediaKey: '' },
        proof: { status: 'none' },
      }
    : { ...training, ...basics };
}
