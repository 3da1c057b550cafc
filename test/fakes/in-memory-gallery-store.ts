import type {
  GalleryItem,
  GalleryPlace,
  GalleryQuery,
  GalleryStore,
} from '../../src/application/ports/stores/gallery-store.js';
import type { ImageRow } from '../../src/application/ports/stores/image-store.js';
import type { UserId } from '../../src/domain/ids.js';
import { foldedYo, searchTerms } from '../../src/domain/text/search-terms.js';
import { type Access, isProof, type State } from './in-memory-state.js';

export class InMemoryGalleryStore implements GalleryStore {
  constructor(private readonly access: Access) {}

  older(query: GalleryQuery, limit: number, after?: GalleryPlace): Promise<GalleryItem[]> {
    return this.access((state) =>
      shown(state, query)
        .filter((item) => after === undefined || isNewer(after, item))
        .slice(0, limit),
    );
  }

  newer(query: GalleryQuery, limit: number, place: GalleryPlace): Promise<GalleryItem[]> {
    return this.access((state) =>
      shown(state, query)
        .filter((item) => isNewer(item, place))
        .slice(-limit),
    );
  }

  count(query: GalleryQuery, place?: GalleryPlace): Promise<{ total: number; newer: number }> {
    return this.access((state) => {
      const items = shown(state, query);
      const newer = place === undefined ? 0 : items.filter((item) => isNewer(item, place)).length;
      return { total: items.length, newer };
    });
  }

  at(query: GalleryQuery, index: number): Promise<GalleryItem | null> {
    return this.access((state) => shown(state, query)[index] ?? null);
  }

  placeOf(owner: UserId, id: string): Promise<GalleryPlace | null> {
    return this.access(({ images }) => {
      const image = images.find((each) => each.id === id);
      return image?.owner === owner ? { id, createdAt: image.createdAt } : null;
    });
  }

  days(query: GalleryQuery): Promise<Date[]> {
    return this.access((state) => {
      const days = shown(state, query).map(({ createdAt }) => createdAt.toISOString().slice(0, 10));
      return [...new Set(days)].map((day) => new Date(day)).slice(0, 1000);
    });
  }

  some(owner: UserId, ids: readonly string[]): Promise<GalleryItem[]> {
    return this.access((state) => items(state, owner).filter(({ id }) => ids.includes(id)));
  }

  withFile(owner: UserId, mediaKey: string): Promise<GalleryItem | null> {
    return this.access((state) => items(state, owner).find((item) => item.mediaKey === mediaKey) ?? null);
  }

  favour(owner: UserId, id: string, favourite: boolean): Promise<boolean> {
    return this.access(({ images, bot: { deleted, favourites } }) => {
      const image = images.find((each) => each.id === id);
      if (image?.owner !== owner || deleted.has(id)) return false;
      if (favourite) favourites.add(id);
      else favourites.delete(id);
      return true;
    });
  }

  keep(owner: UserId, id: string): Promise<boolean> {
    return this.access(({ images, bot }) => {
      const image = images.find((each) => each.id === id);
      if (image?.owner !== owner || bot.deleted.has(id)) return false;
      bot.kept.add(id);
      return true;
    });
  }

  remove(owner: UserId, ids: readonly string[], now: Date): Promise<number> {
    return this.access(({ images, bot: { deleted } }) => {
      const found = images.filter(
        (image) => image.owner === owner && ids.includes(image.id) && !deleted.has(image.id),
      );
      for (const { id } of found) deleted.set(id, now);
      return found.length;
    });
  }

  restore(owner: UserId, ids: readonly string[]): Promise<number> {
    return this.access(({ images, bot: { deleted } }) => {
      const found = images.filter((image) => image.owner === owner && ids.includes(image.id));
      return found.filter(({ id }) => deleted.delete(id)).length;
    });
  }

  purge(deletedBefore: Date, limit: number): Promise<ImageRow[]> {
    return this.access(({ images, bot: { deleted, favourites } }) => {
      const old = images.filter(({ id }) => (deleted.get(id) ?? deletedBefore) < deletedBefore);
      const gone = old.slice(0, limit);
      for (const image of gone) {
        images.splice(images.indexOf(image), 1);
        deleted.delete(image.id);
        favourites.delete(image.id);
      }
      return gone;
    });
  }
}

function items({ images, generations, bot }: State, owner: UserId): GalleryItem[] {
  return images
    .filter((image) => image.owner === owner && !bot.deleted.has(image.id))
    .map((image) => {
      const job = generations.get(image.generation)?.job;
      return {
        ...image,
        favourite: bot.favourites.has(image.id),
        avatar: job?.avatar ?? null,
        companion: job?.companion ?? null,
        preset: job?.preset ?? null,
        prompt: job?.prompt ?? '',
      };
    })
    .sort((one, other) => (isNewer(one, other) ? -1 : 1));
}

function shown(state: State, { owner, filter, now }: GalleryQuery): GalleryItem[] {
  const { avatar, preset, favourites, days, words } = filter;
  const since = days === undefined ? null : new Date(now.getTime() - days * 86_400_000);
  return items(state, owner)
    .filter((item) => !isProof(state, item))
    .filter((item) => favourites !== true || item.favourite)
    .filter((item) => since === null || item.createdAt >= since)
    .filter((item) => avatar === undefined || item.avatar === avatar)
    .filter((item) => preset === undefined || item.preset === preset)
    .filter(({ prompt }) =>
      searchTerms(words ?? '').every((word) => foldedYo(prompt.toLowerCase()).includes(word.toLowerCase())),
    );
}

function isNewer(one: GalleryPlace, other: GalleryPlace): boolean {
  const difference = one.createdAt.getTime() - other.createdAt.getTime();
  return difference === 0 ? one.id > other.id : difference > 0;
}
