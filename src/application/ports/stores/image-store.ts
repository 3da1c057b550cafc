import type { GenerationId, UserId } from '../../../domain/ids.js';
import type { StoredImage } from '../../../domain/stored-image.js';

export interface ImageRow extends StoredImage {
  /** A UUID. */
  readonly id: string;
  readonly owner: UserId;
  readonly generation: GenerationId;
  /** 0-based place among the images of its generation. */
  readonly position: number;
  readonly createdAt: Date;
}

export interface ImageStore {
  add(images: readonly ImageRow[]): Promise<void>;
  ofGeneration(generation: GenerationId): Promise<ImageRow[]>;
  /** Media keys of everything that the images of these consist of. */
  filesOf(generations: readonly GenerationId[]): Promise<string[]>;
}
