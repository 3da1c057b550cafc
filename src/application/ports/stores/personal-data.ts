import type { AvatarId, UserId } from '../../../domain/ids.js';
import type { ImageRow } from './image-store.js';

/** How much of a person is stored. */
export interface StoredCounts {
  readonly avatars: number;
  readonly photos: number;
  readonly trainings: number;
  readonly generations: number;
  /** Without pictures of proof sheets. */
  readonly images: number;
  readonly ledgerEntries: number;
}

/** Proof of a deletion. It names nobody: only who holds its id can show it. */
export interface DeletionReceipt {
  /** A UUID. */
  readonly id: string;
  readonly at: Date;
  /** What was deleted, and how much of it. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What concerns all that is stored of one person. */
export interface PersonalData {
  count(owner: UserId): Promise<StoredCounts>;
  /** All images of the gallery, or those that show this avatar; also what waits in the bin. Oldest first. */
  images(owner: UserId, avatar?: AvatarId): Promise<ImageRow[]>;
  /** Pictures of proof sheets that their owner did not keep, or those of this avatar's. Oldest first. */
  proofPictures(owner: UserId, avatar?: AvatarId): Promise<ImageRow[]>;
  /** The rows only; their files are the caller's to remove. Of this owner, whatever else is named. */
  removeImages(owner: UserId, ids: readonly string[]): Promise<void>;
  /**
   * Removes name, settings, avatars with photos and drafts, and every word that they wrote. Rows of jobs stay
   * without words, addresses and pictures: the money that they cost refers to them.
   */
  forget(owner: UserId): Promise<void>;
  keepReceipt(receipt: DeletionReceipt): Promise<void>;
  findReceipt(id: string): Promise<DeletionReceipt | null>;
}
