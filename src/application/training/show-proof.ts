import { DomainError } from '../../domain/errors.js';
import type { ProofCell, ProofSheet, TrainingIn } from '../../domain/training/training.js';
import { ProofChoice } from '../avatars/update-avatar.js';
import { checkedInput } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import { type MediaStore, NoSuchFile } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import type { ProofComposer } from '../ports/pictures/proof-composer.js';

type Parts = Needs<'images' | 'trainings'> & {
  readonly media: Pick<MediaStore, 'bytes'>;
  readonly composer: Pick<ProofComposer, 'beside'>;
};

export interface ShownSheet {
  readonly picture: Uint8Array;
  /** A photo of the person stands at its left. */
  readonly hasOriginal: boolean;
}

/** A picture of a proof sheet, large. */
export interface ShownCell {
  readonly training: TrainingIn<'ready'>;
  readonly sheet: ProofSheet;
  readonly cell: ProofCell;
  readonly picture: Uint8Array;
}

/** Shows a proof sheet, or one of its pictures. */
export class ShowProof {
  constructor(private readonly parts: Parts) {}

  /**
   * With a photo of the person beside it as long as that is there. It is put beside only here: the sheet is kept for as
   * long as the avatar, a photo is not.
   */
  async sheet({ image, original = null }: ProofSheet): Promise<ShownSheet> {
    const { media, composer } = this.parts;
    const sheet = await media.bytes(image.mediaKey);
    if (original === null) return { picture: sheet, hasOriginal: false };
    try {
      return { picture: await composer.beside(sheet, await media.bytes(original)), hasOriginal: true };
    } catch (error) {
      if (error instanceof NoSuchFile) return { picture: sheet, hasOriginal: false };
      throw error;
    }
  }

  /** @throws DomainError `not_found`, also for somebody else's. */
  async execute(choice: ProofChoice, { owner }: Asker): Promise<ShownCell> {
    const { training: id, number } = checkedInput(ProofChoice, choice);
    const { trainings, images } = this.parts.database.stores;
    const training = await trainings.findOwned(owner, id);
    const missing = new DomainError({ code: 'not_found', what: 'proof picture' });
    if (training?.status !== 'ready' || training.proof.status !== 'composed') throw missing;
    const { sheet } = training.proof;
    const cell = sheet.cells.find((each) => each.number === number);
    if (cell === undefined || cell.generation === null) throw missing;
    const [image] = await images.ofGeneration(cell.generation);
    if (image === undefined) throw missing;
    return { training, sheet, cell, picture: await this.parts.media.bytes(image.mediaKey) };
  }
}
