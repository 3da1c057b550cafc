import { DomainError } from '../../../domain/errors.js';
import type { Generation } from '../../../domain/generation/generation.js';
import { startOf, upscaler } from '../../../domain/generation/order.js';
import type { Overrides } from '../../../domain/generation/overrides.js';
import { type PresetName, presetNames } from '../../../domain/generation/preset.js';
import { aspectRatiosFor } from '../../../domain/generation/routing.js';
import { checkedInput, IsOneOf, MayBeAbsent } from '../../input/input-validation.js';
import { GenerationNamed } from '../../input/named.js';
import type { RequestContext } from '../../input/request-context.js';
import type { Needs } from '../../ports/needs.js';
import type { Asked } from '../accept-once.js';
import type { RequestGeneration } from '../request-generation.js';
import type { RequestUpscale } from '../request-upscale.js';
import { askedBefore } from './asked-before.js';

export class Repetition extends GenerationNamed {
  /** Another preset with the same seed; without one the same once more. */
  @MayBeAbsent() @IsOneOf(presetNames) preset?: PresetName | undefined;
}

type Parts = Needs<'avatars' | 'gallery' | 'generations'> & {
  readonly requestGeneration: RequestGeneration;
  readonly requestUpscale: RequestUpscale;
};

/** Asks once more for what was asked before, starting from the person's own words. */
export class RepeatGeneration {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` (also for somebody else's, or when its avatar or picture is gone), else as a request. */
  async execute(repetition: Repetition, context: RequestContext): Promise<Asked> {
    const { id, preset } = checkedInput(Repetition, repetition);
    const { owner } = context;
    const { generations, avatars } = this.parts.database.stores;
    const earlier = await generations.findOwned(owner, id);
    if (earlier?.order.endpoint === upscaler) return this.enlarge(earlier.order.source, context);
    const same = askedBefore(earlier);
    const avatar = await avatars.findOwned(owner, same.avatar);
    if (earlier === null || avatar === null) throw new DomainError({ code: 'not_found', what: 'avatar' });
    // Their words were asked about when they were new.
    const by = { ...context, sure: true };
    if (preset === undefined) {
      const again = { ...same, overrides: wasNeverMade(earlier) ? same.overrides : unseeded(same.overrides) };
      return this.parts.requestGeneration.execute(again, { ...by, picture: startOf(earlier.order) });
    }
    const ratios = avatar.status === 'ready' ? aspectRatiosFor(avatar.model, preset) : [];
    const other = { ...same, preset, overrides: underAnotherPreset(same.overrides, ratios) };
    return this.parts.requestGeneration.execute(other, by);
  }

  private async enlarge(source: string, context: RequestContext): Promise<Asked> {
    const image = await this.parts.database.stores.gallery.withFile(context.owner, source);
    if (image === null) throw new DomainError({ code: 'not_found', what: 'image' });
    return this.parts.requestUpscale.execute({ image: image.id }, context);
  }
}

/** Nobody has seen it: the very same is still wanted. Of what was made or withheld another one is. */
const wasNeverMade = ({ status }: Generation): boolean => status === 'failed' || status === 'cancelled';

const unseeded = ({ seed: _, ...others }: Overrides): Overrides => others;

/** What is left of the changes when the preset they changed is another one. */
function underAnotherPreset({ seed, aspectRatio, count }: Overrides, ratios: readonly string[]): Overrides {
  const isOffered = aspectRatio !== undefined && ratios.includes(aspectRatio);
  return { seed, count, ...(isOffered ? { aspectRatio } : {}) };
}
