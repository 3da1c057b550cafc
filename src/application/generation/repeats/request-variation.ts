import { IsUUID } from 'class-validator';
import { type Change, changeNames, changes } from '../../../domain/generation/variation.js';
import { ownImage } from '../../gallery/own-image.js';
import { checkedInput, IsOneOf } from '../../input/input-validation.js';
import type { RequestContext } from '../../input/request-context.js';
import type { Needs } from '../../ports/needs.js';
import type { Asked } from '../accept-once.js';
import type { RequestGeneration } from '../request-generation.js';
import { askedBefore } from './asked-before.js';

export class VariationRequest {
  /** Id of a stored image of theirs. */
  @IsUUID() image!: string;
  @IsOneOf(changeNames) change!: Change;
}

type Parts = Needs<'gallery' | 'generations'> & { readonly requestGeneration: RequestGeneration };

/** Asks for one more picture like a stored one: made from it, with the same words and settings. */
export class RequestVariation {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` (also for somebody else's, or when its avatar is gone), `away_now`, else as a request. */
  async execute(request: VariationRequest, context: RequestContext): Promise<Asked> {
    const { image, change } = checkedInput(VariationRequest, request);
    const { gallery, generations } = this.parts.database.stores;
    const source = await ownImage(gallery, context.owner, image);
    const earlier = await generations.findOwned(context.owner, source.generation);
    const { overrides, ...same } = askedBefore(earlier);
    const { seed: _, ...settings } = overrides;
    return this.parts.requestGeneration.execute(
      { ...same, overrides: { ...settings, count: 1 } },
      { ...context, sure: true, picture: { source: source.mediaKey, change: changes[change] } },
    );
  }
}
