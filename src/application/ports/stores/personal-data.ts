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

/** What fal has of something that was deleted here, until it deletes it by itself; `null`: nothing any more. */
export interface LeftAtFal {
  readonly picturesUntil: Date | null;
  /** Weights, photos and the words of requests. */
  readonly restUntil: Date | null;
  /** How many stay there for good, unless the operator removes them. */
  readonly finetunes: number;
  /** Hosts of weights that were brought by address: they are not ours to delete. */
  readonly weightsStayAt: readonly string[];
}

/** Proof of a deletion. It names nobody: only who holds its id can show it. */
export interface DeletionReceipt {
  /** A UUID. */
  readonly id: string;
  readonly at: Date;
  /** What was deleted, and how much of it. */
  readonly counts: Readonly<Record<string, number>>;
  /** `null` in receipts of earlier releases. */
  readonly atFal: LeftAtFal | null;
}

/** What concerns all that is stored of one person. */
export interface PersonalData {
  count(owner: UserId): Promise<StoredCounts>;
  /** When fal last had to do with pictures of theirs, or of this avatar's, and whether it has to at this moment. */
  requestsToFal(owner: UserId, avatar?: AvatarId): Promise<{ last: Date | null; isOpen: boolean }>;
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
