import { IsBoolean, IsInt, IsString, IsUUID, Max, Min } from 'class-validator';
import { DomainError, invalidInput } from '../../domain/errors.js';
import { type PresetName, presetNames } from '../../domain/generation/preset.js';
import type { AvatarId, UserId } from '../../domain/ids.js';
import { cut } from '../../domain/text/cut-text.js';
import { checkedInput, IsOneOf, MayBeAbsent, Nested } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type {
  GalleryFilter,
  GalleryItem,
  GalleryPlace,
  GalleryQuery,
  GalleryStore,
} from '../ports/stores/gallery-store.js';

/** The year 9999. */
const latest = 253_402_300_799_000;

/**
 * Where a look begins: at the newest image; at, after (older) or before (newer) one of theirs; where the page begins that
 * one is on; at the newest of those made before a moment; or at a page. One that was deleted keeps its place.
 */
export class GalleryStart {
  @MayBeAbsent() @IsUUID() at?: string;
  @MayBeAbsent() @IsUUID() after?: string;
  @MayBeAbsent() @IsUUID() before?: string;
  @MayBeAbsent() @IsUUID() around?: string;

  /** Milliseconds since 1970. */
  @MayBeAbsent() @IsInt() @Min(0) @Max(latest) until?: number;

  /** From 1, as it was said; pages hold `limit` images. */
  @MayBeAbsent() @IsString() page?: string;
}

export class FilterAsked implements GalleryFilter {
  @MayBeAbsent() @IsUUID() avatar?: AvatarId | undefined;
  @MayBeAbsent() @IsOneOf(presetNames) preset?: PresetName | undefined;
  @MayBeAbsent() @IsBoolean() favourites?: boolean | undefined;
  @MayBeAbsent() @IsInt() @Min(1) days?: number | undefined;
  @MayBeAbsent() @IsString() words?: string | undefined;
}

export class GalleryLook {
  @MayBeAbsent() @Nested(FilterAsked) filter?: FilterAsked;
  @MayBeAbsent() @Nested(GalleryStart) from?: GalleryStart;
}

export interface LookContext extends Asker {
  /** At most so many images. */
  readonly limit: number;
}

export interface ListedImages {
  /** As it was understood: what is not asked for is not there. */
  readonly filter: GalleryFilter;
  /** Newest first; empty when nothing is there. */
  readonly images: readonly GalleryItem[];
  /** The one that comes after these. */
  readonly next: GalleryItem | null;
}

type Found = Pick<ListedImages, 'images' | 'next'>;

const longestWords = 100;

/** Somebody's images, as many at once as they want to see. Nothing is counted that need not be. */
export class ListImages {
  constructor(private readonly parts: Needs<'gallery', 'clock'>) {}

  /** @throws DomainError `not_found` for an image that is not theirs, `invalid_input` for a page that is not there. */
  async execute(given: GalleryLook, { owner, limit }: LookContext): Promise<ListedImages> {
    const { filter: asked = {}, from = {} } = checkedInput(GalleryLook, given);
    const { stores } = this.parts.database;
    const filter = understood(asked);
    const query = { owner, filter, now: this.parts.clock.now() };
    return { filter, ...(await imagesFrom(stores.gallery, query, from, limit)) };
  }
}

async function imagesFrom(
  gallery: GalleryStore,
  query: GalleryQuery,
  from: GalleryStart,
  limit: number,
): Promise<Found> {
  // One more than asked for tells whether there are more.
  const olderThan = async (place?: GalleryPlace) =>
    cutAt(limit, await gallery.older(query, limit + 1, place));
  const beginningAt = async (first: GalleryItem) =>
    cutAt(limit, [first, ...(await gallery.older(query, limit, first))]);
  if (from.page !== undefined) {
    const page = await checkedPage(gallery, query, from.page, limit);
    const first = await gallery.at(query, (page - 1) * limit);
    return first === null ? { images: [], next: null } : beginningAt(first);
  }
  if (from.until !== undefined)
    return olderThan({ createdAt: new Date(from.until), id: '00000000-0000-0000-0000-000000000000' });
  if (from.around !== undefined) {
    const { newer } = await gallery.count(query, await ownPlace(gallery, query.owner, from.around));
    const first = await gallery.at(query, newer - (newer % limit));
    return first === null ? lastOnes(gallery, query, limit) : beginningAt(first);
  }
  if (from.at !== undefined) {
    const place = await ownPlace(gallery, query.owner, from.at);
    const [first] = await gallery.some(query.owner, [from.at]);
    if (first !== undefined) return beginningAt(first);
    const older = await olderThan(place);
    return older.images.length > 0 ? older : lastOnes(gallery, query, limit);
  }
  if (from.after !== undefined) return olderThan(await ownPlace(gallery, query.owner, from.after));
  if (from.before === undefined) return olderThan();
  const place = await ownPlace(gallery, query.owner, from.before);
  const [next] = await gallery.older(query, 1, place);
  const [itself] = await gallery.some(query.owner, [from.before]);
  return { images: await gallery.newer(query, limit, place), next: itself ?? next ?? null };
}

/** The oldest, when what one looked at was behind them. */
async function lastOnes(gallery: GalleryStore, query: GalleryQuery, limit: number): Promise<Found> {
  const { total } = await gallery.count(query);
  const first = await gallery.at(query, Math.max(0, total - limit));
  const images = first === null ? [] : [first, ...(await gallery.older(query, limit - 1, first))];
  return { images, next: null };
}

/** @throws DomainError `not_found`, also for somebody else's and for one that is gone for good. */
async function ownPlace(gallery: GalleryStore, owner: UserId, id: string): Promise<GalleryPlace> {
  const place = await gallery.placeOf(owner, id);
  if (place === null) throw new DomainError({ code: 'not_found', what: 'image' });
  return place;
}

const cutAt = (limit: number, found: readonly GalleryItem[]): Found => ({
  images: found.slice(0, limit),
  next: found[limit] ?? null,
});

async function checkedPage(
  gallery: GalleryStore,
  query: GalleryQuery,
  said: string,
  limit: number,
): Promise<number> {
  const { total } = await gallery.count(query);
  const pages = Math.max(1, Math.ceil(total / limit));
  const page = /^\d{1,6}$/.test(said.trim()) ? Number(said) : 0;
  if (page < 1 || page > pages)
    throw invalidInput([{ field: 'page', code: 'out_of_range', received: said, allowed: `1-${pages}` }]);
  return page;
}

function understood({ words, ...filter }: GalleryFilter): GalleryFilter {
  const all = { ...filter, words: cut(words?.trim() ?? '', longestWords) || undefined };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
