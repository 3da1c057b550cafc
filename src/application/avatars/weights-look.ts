import { type AvatarModel, isInFile, type ModelInFile } from '../../domain/avatar/avatar-model.js';
import { loraFamily } from '../../domain/avatar/lora-family.js';
import { DomainError } from '../../domain/errors.js';
import { BadDownload, type ImageDownloads } from '../ports/image-downloads.js';
import { readHeader, type SafetensorsHeader } from './safetensors-header.js';

/** False when it may be one of FLUX.1, or not. @throws DomainError `weights_foreign` */
export function isFlux({ tensors, metadata }: SafetensorsHeader): boolean {
  const found = loraFamily(tensors, metadata);
  if (found.kind === 'foreign') throw new DomainError({ code: 'weights_foreign', family: found.family });
  return found.kind === 'flux';
}

/** What tells weights of each kind from foreign ones. */
export const recognizes: {
  readonly [Kind in ModelInFile['kind']]: (header: SafetensorsHeader) => boolean;
} = { lora: isFlux };

interface Parts {
  readonly downloads: ImageDownloads;
}

/** Looks at the header of weights that lie elsewhere, before an avatar is made of them. */
export class WeightsLook {
  constructor(private readonly parts: Parts) {}

  /**
   * `null` for weights of its kind, and where there is no file to look at; else why nobody can be sure of that, for the operator. Weights that cannot be read
   * from here may still be read by fal. @throws DomainError `weights_foreign`
   */
  async doubt(model: AvatarModel): Promise<string | null> {
    if (!isInFile(model)) return null;
    try {
      const header = await readHeader(await this.parts.downloads.open(model.url));
      return recognizes[model.kind](header)
        ? null
        : 'the weights do not say whether they are a LoRA of FLUX.1';
    } catch (error) {
      if (!(error instanceof BadDownload)) throw error;
      return `the weights could not be looked at: ${error.message}`;
    }
  }
}
