import type { ReadyAvatar } from '../avatar/avatar.js';
import { isInFile, modelFacts, sourceOf } from '../avatar/avatar-model.js';
import { type AspectRatio, aspectRatioOf, type ImageSize, imageSizeFor } from './aspect-ratio.js';
import type { EndpointId } from './endpoint-catalogue.js';
import type { ImageOrder, StartingPicture } from './image-order.js';
import type { Overrides } from './overrides.js';
import type { Preset } from './preset.js';
import { finalPromptFor } from './prompt.js';

/** What routing needs of a ready avatar. */
export type RoutedAvatar = Pick<ReadyAvatar, 'model' | 'type' | 'trigger' | 'defaultStrength'>;

interface Checked {
  readonly avatar: RoutedAvatar;
  readonly companion?: RoutedAvatar | undefined;
  readonly picture?: StartingPicture | undefined;
  readonly preset: Preset;
  readonly prompt: string;
  readonly overrides: Overrides;
}

/** What an endpoint is asked for, of a request that was checked against what it takes. */
export function orderFor(endpoint: EndpointId, request: Checked): ImageOrder {
  const { avatar, companion, preset, overrides } = request;
  const basics = {
    prompt: finalPromptFor([avatar.trigger, companion?.trigger ?? null], request.prompt),
    count: overrides.count ?? preset.count,
    format: overrides.format ?? preset.format,
    ...(overrides.seed === undefined ? {} : { seed: overrides.seed }),
  };
  const finetune = () => ({
    finetuneId: sourceOf(avatar.model),
    finetuneStrength: strengthOf(avatar, request),
    safetyTolerance:
      overrides.safety === undefined ? preset.safetyTolerance : (`${overrides.safety}` as const),
  });
  const lora = () => {
    const loras = [avatar, companion].flatMap((each) =>
      each !== undefined && isInFile(each.model)
        ? [{ url: each.model.url, scale: strengthOf(each, request) }]
        : [],
    );
    return { ...sized(request), loras, safetyChecker: true } as const;
  };
  switch (endpoint) {
    case 'fal-ai/flux-lora':
      return { ...basics, ...lora(), endpoint };
    case 'fal-ai/flux-lora/image-to-image':
      return { ...basics, ...lora(), ...startOf(request), endpoint };
    case 'fal-ai/flux-pro/finetuned':
      return { ...basics, ...sized(request), ...finetune(), endpoint };
    case 'fal-ai/flux-pro/v1.1-ultra-finetuned':
      return {
        ...basics,
        ...finetune(),
        endpoint,
        aspectRatio: chosenRatio(request),
        safetyChecker: true,
        raw: overrides.raw ?? preset.raw,
      };
    default:
      return endpoint satisfies never;
  }
}

/** What the request itself says of the strength. */
export const strengthGiven = ({ model }: RoutedAvatar, overrides: Overrides): number | undefined =>
  overrides.strength ?? overrides[modelFacts[model.kind].strength.name];

function strengthOf(avatar: RoutedAvatar, { preset, overrides }: Checked): number {
  const { name } = modelFacts[avatar.model.kind].strength;
  const strength = strengthGiven(avatar, overrides) ?? avatar.defaultStrength ?? preset[name];
  if (strength === null) throw new Error(`the preset ${preset.name} has no ${name}`);
  return strength;
}

function startOf({ picture }: Checked): StartingPicture {
  // Cannot happen: the catalogue chooses such an endpoint only for a picture.
  if (picture === undefined) throw new Error('there is no picture to start from');
  return { source: picture.source, change: picture.change };
}

function sized({ preset, overrides }: Checked) {
  // Cannot happen: the catalogue sends such a preset only to endpoints that take a ratio.
  if (preset.imageSize === null) throw new Error(`the preset ${preset.name} has no size`);
  return {
    imageSize: chosenSize(preset.imageSize, overrides),
    steps: overrides.steps ?? preset.steps,
    guidance: overrides.guidance ?? preset.guidance,
  };
}

function chosenRatio({ preset, overrides: { aspectRatio, imageSize } }: Checked): AspectRatio {
  if (aspectRatio !== undefined) return aspectRatio;
  if (imageSize !== undefined) return aspectRatioOf(imageSize);
  return preset.imageSize === null ? preset.aspectRatio : aspectRatioOf(preset.imageSize);
}

function chosenSize(presetSize: ImageSize, { aspectRatio, imageSize }: Overrides): ImageSize {
  if (aspectRatio === undefined) return imageSize ?? presetSize;
  return imageSizeFor(aspectRatio, presetSize) ?? presetSize;
}
