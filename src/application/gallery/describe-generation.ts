import { DomainError } from '../../domain/errors.js';
import type { Generation } from '../../domain/generation/generation.js';
import { checkedInput } from '../input/input-validation.js';
import { GenerationNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { GalleryItem } from '../ports/stores/gallery-store.js';
import type { ImageRow } from '../ports/stores/image-store.js';

export interface GenerationDescription {
  readonly generation: Generation;
  /** All that it brought, deleted ones too. */
  readonly brought: readonly ImageRow[];
  /** Those that are still there, in their order. */
  readonly images: readonly GalleryItem[];
}

/** What somebody's job is and what has come of it. */
export class DescribeGeneration {
  constructor(private readonly parts: Needs<'gallery' | 'generations' | 'images'>) {}

  /** @throws DomainError `not_found`, also for somebody else's. */
  async execute(which: GenerationNamed, { owner }: Asker): Promise<GenerationDescription> {
    const { id } = checkedInput(GenerationNamed, which);
    const { generations, images, gallery } = this.parts.database.stores;
    const generation = await generations.findOwned(owner, id);
    if (generation === null) throw new DomainError({ code: 'not_found', what: 'generation' });
    const brought = await images.ofGeneration(id);
    const left = await gallery.some(
      owner,
      brought.map((image) => image.id),
    );
    return { generation, brought, images: left.sort((one, other) => one.position - other.position) };
  }
}
