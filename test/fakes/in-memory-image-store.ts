import type { ImageRow, ImageStore } from '../../src/application/ports/stores/image-store.js';
import type { GenerationId } from '../../src/domain/ids.js';
import { filesOf } from '../../src/domain/stored-image.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

export class InMemoryImageStore implements ImageStore {
  constructor(private readonly access: Access) {}

  add(images: readonly ImageRow[]): Promise<void> {
    return this.access((state) => addImages(state, images));
  }

  ofGeneration(generation: GenerationId): Promise<ImageRow[]> {
    return this.access(({ images }) =>
      images
        .filter((image) => image.generation === generation)
        .sort((one, other) => one.position - other.position),
    );
  }

  filesOf(generations: readonly GenerationId[]): Promise<string[]> {
    return this.access(({ images }) =>
      images.filter(({ generation }) => generations.includes(generation)).flatMap(filesOf),
    );
  }
}

export function addImages(state: State, images: readonly ImageRow[]): void {
  for (const image of images) {
    requireUser(state, image.owner);
    if (!state.generations.has(image.generation))
      throw new Error(`there is no generation ${image.generation}`);
    const isTaken = state.images.some(
      (other) =>
        other.id === image.id || (other.generation === image.generation && other.position === image.position),
    );
    if (isTaken) throw new Error(`image ${image.id} at ${image.position} is there already`);
    state.images.push(image);
  }
}
