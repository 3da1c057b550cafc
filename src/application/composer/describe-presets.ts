import { type ModelKind, modelKinds } from '../../domain/avatar/avatar-model.js';
import type { EndpointFacts } from '../../domain/generation/endpoint-catalogue.js';
import { type PicturePrices, quotedPrice } from '../../domain/generation/picture-price.js';
import { type Preset, presets } from '../../domain/generation/preset.js';
import { endpointFor, presetsFor } from '../../domain/generation/routing.js';
import type { UserId } from '../../domain/ids.js';
import type { Needs } from '../ports/needs.js';
import { presetsWithAny } from './list-presets.js';

/** A preset with avatars that hold one kind of model. */
export interface PresetOffer {
  readonly model: ModelKind;
  /** Where its pictures are made just now; it says what they may have. */
  readonly endpoint: EndpointFacts;
  /** For one picture as the preset has it. */
  readonly credits: number;
}

export interface DescribedPreset {
  readonly preset: Preset;
  /** At least one. */
  readonly offers: readonly PresetOffer[];
}

type Parts = Needs<'avatars' | 'endpoints', 'clock'> & { readonly policy: PicturePrices };

/** The presets that somebody can have just now: what each sets, with which avatars it goes, and what it costs there. */
export class DescribePresets {
  constructor(private readonly parts: Parts) {}

  async execute(owner: UserId): Promise<DescribedPreset[]> {
    const { database, clock, policy } = this.parts;
    const { avatars, endpoints } = database.stores;
    const [all, retired] = await Promise.all([avatars.list(owner), endpoints.retired(clock.now())]);
    const catalogue = { retired };
    const offersOf = (preset: Preset): PresetOffer[] =>
      modelKinds.flatMap((model) => {
        const endpoint = endpointFor({ kind: model }, preset.name, catalogue);
        const isThere = presetsFor({ kind: model }, catalogue).includes(preset.name);
        if (!isThere || endpoint === undefined) return [];
        const quoted = { preset: preset.name, overrides: {}, catalogue };
        return [{ model, endpoint, credits: quotedPrice(policy, { kind: model }, quoted) }];
      });
    return presetsWithAny(all, catalogue)
      .map((name) => ({ preset: presets[name], offers: offersOf(presets[name]) }))
      .filter(({ offers }) => offers.length > 0);
  }
}
