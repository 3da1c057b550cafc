import type { ReadyAvatar } from '../../domain/avatar/avatar.js';
import { trainedKind } from '../../domain/avatar/avatar-model.js';
import type { AspectRatio } from '../../domain/generation/aspect-ratio.js';
import type { StartingPicture } from '../../domain/generation/image-order.js';
import { quotedPrice } from '../../domain/generation/picture-price.js';
import { defaultPreset, type PresetName } from '../../domain/generation/preset.js';
import {
  aspectRatiosFor,
  fitTogether,
  presetsFor,
  startsFromPictures,
} from '../../domain/generation/routing.js';
import { estimateDuration } from '../generation/estimate-duration.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { GenerationForm } from '../ports/stores/form-store.js';
import type { DurationEstimate } from '../ports/stores/jobs/duration-store.js';
import type { Choices } from '../ports/stores/preference-store.js';

/** Everything a screen needs to offer only what works. */
export interface FormDescription {
  readonly form: GenerationForm;
  /** The choices as they can really be had: what does not work with the avatar is replaced. */
  readonly choices: Choices;
  /** Usable ones, oldest first. */
  readonly avatars: readonly ReadyAvatar[];
  /** The chosen one; `null` when there is none to choose. */
  readonly avatar: ReadyAvatar | null;
  /** Those that can stand beside it in one picture: both hold models that are taken together. */
  readonly companions: readonly ReadyAvatar[];
  /** The chosen one of them. */
  readonly companion: ReadyAvatar | null;
  /** What it starts from, if the avatar's model can. */
  readonly picture: StartingPicture | null;
  readonly presets: readonly PresetName[];
  readonly ratios: readonly AspectRatio[];
  /** Credits for all images together. */
  readonly price: number;
  /** The same with each of the presets. */
  readonly prices: readonly number[];
  readonly duration: DurationEstimate;
}

type Parts = Needs<'avatars' | 'durations' | 'endpoints', 'clock'> & { readonly policy: Policy };

/** Tells what a form would be, what else it could be, what it costs and how long it takes. */
export class DescribeForm {
  constructor(private readonly parts: Parts) {}

  async execute(form: GenerationForm): Promise<FormDescription> {
    const { stores } = this.parts.database;
    const all = await stores.avatars.list(form.owner);
    const avatars = all.filter((each): each is ReadyAvatar => each.status === 'ready');
    const avatar =
      avatars.find(({ id }) => id === form.choices.avatar) ??
      avatars.find(({ isMain }) => isMain) ??
      avatars[0] ??
      null;
    const catalogue = { retired: await stores.endpoints.retired(this.parts.clock.now()) };
    const presets = avatar === null ? [] : presetsFor(avatar.model, catalogue);
    const usable = [form.choices.preset, defaultPreset, ...presets].find((each) => presets.includes(each));
    const preset = usable ?? defaultPreset;
    const ratios = avatar === null ? [] : aspectRatiosFor(avatar.model, preset, catalogue);
    const companions = avatars.filter(
      ({ id, model }) => avatar !== null && id !== avatar.id && fitTogether(avatar.model, model),
    );
    const companion = companions.find(({ id }) => id === form.choices.companion) ?? null;
    const { aspectRatio, count } = form.choices;
    const picture = avatar !== null && startsFromPictures(avatar.model) ? form.picture : null;
    const { overrides } = form;
    const quoted = { overrides, catalogue, fromPicture: picture !== null };
    const model = avatar?.model ?? { kind: trainedKind };
    const priceOf = (each: PresetName): number =>
      quotedPrice(this.parts.policy, model, { ...quoted, preset: each }) * count;
    return {
      form,
      avatars,
      avatar,
      companions,
      companion,
      picture,
      presets,
      ratios,
      choices: {
        avatar: avatar?.id ?? null,
        preset,
        aspectRatio: aspectRatio !== null && ratios.includes(aspectRatio) ? aspectRatio : null,
        count,
      },
      price: priceOf(preset),
      prices: presets.map(priceOf),
      duration: await estimateDuration(stores, preset),
    };
  }
}
