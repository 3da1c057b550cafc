import type { ImageRow } from '../../../src/application/ports/stores/image-store.js';
import { generationId } from '../../../src/domain/ids.js';
import type { StoredImage } from '../../../src/domain/stored-image.js';
import { longAgo, nextNumber, nextUuid, someone } from './ids.js';

export function aStoredImage(changes: Partial<StoredImage> = {}): StoredImage {
  const number = nextNumber();
  return {
    mediaKey: `images/${number}.jpg`,
    thumbnailKey: `thumbnails/${number}.jpg`,
    width: 1024,
    height: 1024,
    contentType: 'image/jpeg',
    bytes: 200_000,
    sha256: number.toString(16).padStart(64, '0'),
    ...changes,
  };
}

export function anImageRow(changes: Partial<ImageRow> = {}): ImageRow {
  return {
    ...aStoredImage(),
    id: nextUuid(),
    owner: someone,
    generation: generationId('10000000-0000-4000-8000-000000000000'),
    position: 0,
    createdAt: longAgo,
    ...changes,
  };
}
