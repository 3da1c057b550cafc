import { trainedKind } from '../../domain/avatar/avatar-model.js';
import { type PicturePrices, quotedPrice } from '../../domain/generation/picture-price.js';
import { defaultPreset, isPresetName } from '../../domain/generation/preset.js';
import { avatarAmong } from '../avatars/find-avatar.js';
import { attempt } from '../input/deferred-refusal.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { Preferences } from '../ports/stores/preference-store.js';
import type { TypedRequest } from './typed-request.js';

type Parts = Needs<'avatars' | 'endpoints', 'clock'> & { readonly policy: PicturePrices };

type Typed = Pick<TypedRequest, 'preset' | 'avatar' | 'overrides'>;

interface QuoteContext extends Asker {
  /** What is taken where nothing was typed. */
  readonly preferences: Pick<Preferences, 'preset' | 'count'>;
}

/** Tells what a typed request will cost, for the button that has it made. */
export class QuoteRequest {
  constructor(private readonly parts: Parts) {}

  /** In credits, for all of its pictures. What is wrong with it is told when it is asked for. */
  async execute({ preset: typed, avatar: name, overrides }: Typed, context: QuoteContext): Promise<number> {
    const { owner, preferences } = context;
    const { avatars, endpoints } = this.parts.database.stores;
    const named = typed ?? preferences.preset ?? defaultPreset;
    const preset = isPresetName(named) ? named : defaultPreset;
    const mine = await avatars.list(owner);
    const found = await attempt(() => avatarAmong(mine, name));
    const model =
      'value' in found && found.value.status === 'ready' ? found.value.model : { kind: trainedKind };
    const catalogue = { retired: await endpoints.retired(this.parts.clock.now()) };
    const count = typeof overrides.count === 'number' ? overrides.count : (preferences.count ?? 1);
    const price = quotedPrice(this.parts.policy, model, { preset, overrides, catalogue });
    return price * Math.min(4, Math.max(1, count));
  }
}
