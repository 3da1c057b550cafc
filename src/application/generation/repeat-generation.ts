import { DomainError } from '../../domain/errors.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { type PresetName, presetNames } from '../../domain/generation/preset.js';
import { aspectRatiosFor } from '../../domain/generation/routing.js';
import { checkedInput, IsOneOf, MayBeAbsent } from '../input/input-validation.js';
import { GenerationNamed } from '../input/named.js';
import type { RequestContext } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { Asked } from './accept-once.js';
import type { RequestGeneration } from './request-generation.js';

export class Repetition extends GenerationNamed {
  /** Another preset with the same seed; without one the same settings with a new seed. */
  @MayBeAbsent() @IsOneOf(presetNames) preset?: PresetName | undefined;
}

type Parts = Needs<'avatars' | 'generations'> & { readonly requestGeneration: RequestGeneration };

/** Asks once more for what was asked before, starting from the person's own words. */
export class RepeatGeneration {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` (also for somebody else's, or when its avatar is gone), else as a request. */
  async execute(repetition: Repetition, context: RequestContext): Promise<Asked> {
    const { id, preset } = checkedInput(Repetition, repetition);
    const { owner } = context;
    const { generations, avatars } = this.parts.database.stores;
    const earlier = await generations.findOwned(owner, id);
    if (earlier?.avatar == null || earlier.preset === null)
      throw new DomainError({ code: 'not_found', what: 'generation' });
    const avatar = await avatars.findOwned(owner, earlier.avatar);
    if (avatar === null) throw new DomainError({ code: 'not_found', what: 'avatar' });
    const { seed: _, ...sameSettings } = earlier.overrides;
    const ratios =
      avatar.status === 'ready' && preset !== undefined ? aspectRatiosFor(avatar.model, preset) : [];
    const request = {
      avatar: avatar.id,
      companion: earlier.companion ?? undefined,
      preset: preset ?? earlier.preset,
      prompt: earlier.prompt,
      overrides: preset === undefined ? sameSettings : underAnotherPreset(earlier.overrides, ratios),
    };
    return this.parts.requestGeneration.execute(request, context);
  }
}

/** What is left of the changes when the preset they changed is another one. */
function underAnotherPreset({ seed, aspectRatio, count }: Overrides, ratios: readonly string[]): Overrides {
  const isOffered = aspectRatio !== undefined && ratios.includes(aspectRatio);
  return { seed, count, ...(isOffered ? { aspectRatio } : {}) };
}
