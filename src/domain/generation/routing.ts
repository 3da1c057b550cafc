import type { AvatarModel } from '../avatar/avatar-model.js';
import type { AvatarType } from '../avatar/avatar-type.js';
import { DomainError, invalidInput, type Problem } from '../errors.js';
import { shown } from '../text/cut-text.js';
import { type AspectRatio, aspectRatioOf, type ImageSize, imageSizeFor } from './aspect-ratio.js';
import {
  type Catalogue,
  type EndpointFacts,
  type EndpointId,
  endpoints,
  nothingRetired,
} from './endpoint-catalogue.js';
import type { ImageOrder } from './image-order.js';
import { checkOverridesAgainst, inRange } from './override-checks.js';
import type { Overrides } from './overrides.js';
import { isPresetName, type Preset, type PresetName, presetNames, presets } from './preset.js';
import { checkPrompt, finalPromptFor } from './prompt.js';

/** What routing needs of a ready avatar. */
export interface RoutedAvatar {
  readonly model: AvatarModel;
  readonly type: AvatarType;
  readonly trigger: string | null;
  /** What its owner settled on; `null` means the preset's. */
  readonly defaultStrength: number | null;
}

export interface RoutingInput {
  readonly avatar: RoutedAvatar;
  /** A second avatar in the same image. Both must hold a LoRA. A strength override applies to both. */
  readonly companion?: RoutedAvatar | undefined;
  readonly preset: PresetName;
  /** The user's own, without triggers. */
  readonly prompt: string;
  readonly overrides: Overrides;
  readonly catalogue: Catalogue;
}

type Held = Pick<AvatarModel, 'kind'>;

/** The endpoint that is used and, if it stands in for a retired one, that too: it decides what may be asked. */
interface Target {
  readonly used: EndpointFacts;
  readonly accepted: readonly EndpointFacts[];
}

/**
 * Turns a request into an order that its endpoint accepts.
 *
 * @throws DomainError `preset_not_available` with the presets that work with this avatar;
 *   `invalid_input` with every wrong field at once, ranges being those of the endpoint.
 */
export function route(input: RoutingInput): ImageOrder {
  const { avatar, companion, preset: name, prompt, overrides, catalogue } = input;
  if (!isPresetName(name)) {
    throw invalidInput([unknownPreset(name), ...checkPrompt(prompt), ...checkOverrides(overrides)]);
  }
  const target = targetFor(avatar.model, name, catalogue);
  const preset = presets[name];
  if (target === null) throw presetNotAvailable(avatar.model, name, catalogue);
  const problems = [
    ...checkPrompt(prompt),
    ...checkOverridesAgainst(overrides, target.accepted),
    ...checkStoredStrength(avatar, target, overrides),
    ...(companion === undefined ? [] : checkCompanion(companion, target, overrides)),
  ];
  if (problems.length > 0) throw invalidInput(problems);

  const basics = {
    prompt: finalPromptFor([avatar.trigger, companion?.trigger ?? null], prompt),
    count: overrides.count ?? preset.count,
    format: overrides.format ?? preset.format,
    ...(overrides.seed === undefined ? {} : { seed: overrides.seed }),
  };
  const safetyTolerance =
    overrides.safety === undefined ? preset.safetyTolerance : (`${overrides.safety}` as const);
  const { model } = avatar;
  if (model.kind === 'finetune' && (preset.imageSize === null || target.used.family === 'aspect_ratio')) {
    return {
      ...basics,
      endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
      finetuneId: model.id,
      finetuneStrength: strengthOf(avatar, preset.finetuneStrength, overrides),
      aspectRatio: chosenRatio(preset, overrides),
      safetyTolerance,
      safetyChecker: true,
      raw: overrides.raw ?? preset.raw,
    };
  }
  // No LoRA has this preset: `targetFor` said so above, here the types hear it.
  if (preset.imageSize === null) throw presetNotAvailable(model, name, catalogue);
  const sized = {
    ...basics,
    imageSize: chosenSize(preset.imageSize, overrides),
    steps: overrides.steps ?? preset.steps,
    guidance: overrides.guidance ?? preset.guidance,
  };
  if (model.kind === 'finetune') {
    return {
      ...sized,
      endpoint: 'fal-ai/flux-pro/finetuned',
      finetuneId: model.id,
      finetuneStrength: strengthOf(avatar, preset.finetuneStrength, overrides),
      safetyTolerance,
    };
  }
  const loras = [avatar, companion].flatMap((each) =>
    each?.model.kind === 'lora'
      ? [{ url: each.model.url, scale: strengthOf(each, preset.loraScale, overrides) }]
      : [],
  );
  return { ...sized, endpoint: 'fal-ai/flux-lora', loras, safetyChecker: true };
}

/** The presets that work with what the avatar holds, in the table's order. */
export const presetsFor = (model: Held, catalogue: Catalogue = nothingRetired): PresetName[] =>
  presetNames.filter((name) => targetFor(model, name, catalogue) !== null);

/** What a preset's pictures can have, whatever the avatar. */
export const aspectRatiosOf = (preset: PresetName): readonly AspectRatio[] =>
  Object.values(endpoints).find((endpoint) => serves(endpoint, preset))?.aspectRatios ?? [];

/** What a menu offers for this avatar and preset; empty when the preset does not work with it. */
export const aspectRatiosFor = (
  model: AvatarModel,
  preset: PresetName,
  catalogue: Catalogue = nothingRetired,
): readonly AspectRatio[] => targetFor(model, preset, catalogue)?.used.aspectRatios ?? [];

/**
 * Everything wrong with the overrides. Before the avatar and preset are chosen, a value is wrong only if no
 * endpoint takes it; `route` asks again with what was chosen.
 */
export function checkOverrides(
  overrides: Overrides,
  chosen?: { readonly model: AvatarModel; readonly preset: PresetName; readonly catalogue: Catalogue },
): readonly Problem[] {
  const target = chosen ? targetFor(chosen.model, chosen.preset, chosen.catalogue) : null;
  return checkOverridesAgainst(overrides, target?.accepted ?? Object.values(endpoints));
}

function targetFor(model: Held, preset: PresetName, { retired }: Catalogue): Target | null {
  const first = Object.values(endpoints).find(
    (endpoint) => endpoint.needs === model.kind && serves(endpoint, preset),
  );
  const accepted: EndpointFacts[] = [];
  for (let id: EndpointId | null = first?.id ?? null; id !== null; id = endpoints[id].fallback) {
    const used: EndpointFacts = endpoints[id];
    accepted.push(used);
    if (!retired.has(id)) return { used, accepted };
  }
  return null;
}

/** Whether the endpoint takes what the preset says: a preset of a ratio has no steps for one that is told a size. */
const serves = ({ family }: EndpointFacts, preset: PresetName): boolean =>
  family === 'aspect_ratio' || presets[preset].imageSize !== null;

const strengthOverride = ({ model }: RoutedAvatar, overrides: Overrides): number | undefined =>
  overrides.strength ?? (model.kind === 'lora' ? overrides.loraScale : overrides.finetuneStrength);

const strengthOf = (avatar: RoutedAvatar, presetStrength: number, overrides: Overrides): number =>
  strengthOverride(avatar, overrides) ?? avatar.defaultStrength ?? presetStrength;

function chosenRatio(preset: Preset, { aspectRatio, imageSize }: Overrides): AspectRatio {
  if (aspectRatio !== undefined) return aspectRatio;
  if (imageSize !== undefined) return aspectRatioOf(imageSize);
  return preset.imageSize === null ? preset.aspectRatio : aspectRatioOf(preset.imageSize);
}

function chosenSize(presetSize: ImageSize, { aspectRatio, imageSize }: Overrides): ImageSize {
  if (aspectRatio === undefined) return imageSize ?? presetSize;
  return imageSizeFor(aspectRatio, presetSize) ?? presetSize;
}

function checkStoredStrength(avatar: RoutedAvatar, { used }: Target, overrides: Overrides): Problem[] {
  if (avatar.defaultStrength === null || strengthOverride(avatar, overrides) !== undefined) return [];
  const problem = inRange('defaultStrength', avatar.defaultStrength, [used.strength]);
  return problem === null ? [] : [problem];
}

function checkCompanion(companion: RoutedAvatar, target: Target, overrides: Overrides): Problem[] {
  if (target.used.severalModels && companion.model.kind === target.used.needs) {
    return checkStoredStrength(companion, target, overrides);
  }
  return [{ field: 'companion', code: 'not_supported', allowed: 'model: lora + lora' }];
}

const unknownPreset = (received: unknown): Problem => ({
  field: 'preset',
  code: 'unknown_value',
  received: shown(received, 40),
  allowed: presetNames.join(', '),
});

const presetNotAvailable = (model: AvatarModel, preset: PresetName, catalogue: Catalogue): DomainError =>
  new DomainError({ code: 'preset_not_available', preset, available: presetsFor(model, catalogue) });
