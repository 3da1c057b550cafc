import type { PresetName } from '../../../domain/generation/preset.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';
import type { ImageRow } from './image-store.js';

/** Which images of a gallery are looked at; all that is given must hold. */
export interface GalleryFilter {
  readonly avatar?: AvatarId | undefined;
  readonly preset?: PresetName | undefined;
  readonly favourites?: boolean | undefined;
  /** Days back from now, 1 or more. */
  readonly days?: number | undefined;
  /** Found in the user's own prompt, in any letter case. */
  readonly words?: string | undefined;
}

export interface GalleryItem extends ImageRow {
  readonly favourite: boolean;
  readonly avatar: AvatarId | null;
  /** The second avatar in it. */
  readonly companion: AvatarId | null;
  readonly preset: PresetName | null;
  readonly prompt: string;
}

/** A place in the gallery: between two images, or at one. */
export type GalleryPlace = Pick<ImageRow, 'id' | 'createdAt'>;

export interface GalleryQuery {
  readonly owner: UserId;
  readonly filter: GalleryFilter;
  /** For `days`. */
  readonly now: Date;
}

/** Somebody's images, newest first. Neither deleted ones nor pictures of proof sheets are among them. */
export interface GalleryStore {
  /** At most `limit` images that are older than `after`, or the newest ones. */
  older(query: GalleryQuery, limit: number, after?: GalleryPlace): Promise<GalleryItem[]>;
  /** At most `limit` images next to `before` that are newer, newest first. */
  newer(query: GalleryQuery, limit: number, before: GalleryPlace): Promise<GalleryItem[]>;
  /** How many there are, and how many of them are newer than `place`. */
  count(query: GalleryQuery, place?: GalleryPlace): Promise<{ total: number; newer: number }>;
  /** The one with so many newer ones before it; `null` beyond the end. */
  at(query: GalleryQuery, index: number): Promise<GalleryItem | null>;
  /** Where one of theirs stands, or stood before it was deleted; `null` when there is no such image of theirs. */
  placeOf(owner: UserId, id: string): Promise<GalleryPlace | null>;
  /** Days (UTC, as midnight) on which some were made, newest first; at most a thousand. */
  days(query: GalleryQuery): Promise<Date[]>;
  /** Those of the ids that are the owner's and not deleted, proof sheets' too, newest first. */
  some(owner: UserId, ids: readonly string[]): Promise<GalleryItem[]>;
  /** The one with this file, if it is the owner's and not deleted. */
  withFile(owner: UserId, mediaKey: string): Promise<GalleryItem | null>;
  /** False when there is no such image of theirs. */
  favour(owner: UserId, id: string, favourite: boolean): Promise<boolean>;
  /** Takes a picture of a proof sheet in. False when there is no such image of theirs. */
  keep(owner: UserId, id: string): Promise<boolean>;
  /** Hides them; returns how many were hidden. */
  remove(owner: UserId, ids: readonly string[], now: Date): Promise<number>;
  /** Brings back what was hidden and not yet purged; returns how many. */
  restore(owner: UserId, ids: readonly string[]): Promise<number>;
  /** Hidden before this: their rows are gone now, and their files are to be removed by the caller. */
  purge(deletedBefore: Date, limit: number): Promise<ImageRow[]>;
}
