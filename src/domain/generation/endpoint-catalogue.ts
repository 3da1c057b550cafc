import { type ModelKind, modelKinds } from '../avatar/avatar-model.js';
import { type AspectRatio, aspectRatios } from './aspect-ratio.js';
import { type PresetName, presets } from './preset.js';

/** The endpoints that take each kind of model, the first choice first. */
const takers = {
  lora: ['fal-ai/flux-lora', 'fal-ai/flux-lora/image-to-image'],
  finetune: ['fal-ai/flux-pro/finetuned', 'fal-ai/flux-pro/v1.1-ultra-finetuned'],
} as const satisfies Readonly<Record<ModelKind, readonly string[]>>;

export type EndpointId = (typeof takers)[ModelKind][number];

/** What draws with a model that was trained here. */
export const trainedEndpoint: EndpointId = takers.lora[0];

/** Both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What one endpoint takes; `null` or `false` where it takes no such thing. Source: its schema at fal. */
interface EndpointRow {
  /** How it is told the picture's shape. */
  readonly family: 'image_size' | 'aspect_ratio';
  readonly aspectRatios: readonly AspectRatio[];
  readonly steps: Range | null;
  readonly guidance: Range | null;
  readonly count: Range;
  readonly safetyTolerance: boolean;
  readonly raw: boolean;
  /** Starts from a picture instead of from nothing. */
  readonly fromPicture: boolean;
  /** Takes the models of two avatars at once. */
  readonly severalModels: boolean;
  /** What to use with the same model when this one is retired. */
  readonly fallback: EndpointId | null;
}

export interface EndpointFacts extends EndpointRow {
  readonly id: EndpointId;
  /** Which model an avatar must hold. */
  readonly needs: ModelKind;
}

/** What was learned at run time: the endpoints that nothing new is sent to now. */
export interface Catalogue {
  readonly retired: ReadonlySet<string>;
}

export const nothingRetired: Catalogue = { retired: new Set() };

/** Integer; the widest seed all endpoints take. */
export const seedRange: Range = { from: 0, to: 4_294_967_295 };

const usual = {
  count: { from: 1, to: 4 },
  safetyTolerance: false,
  raw: false,
  fromPicture: false,
  severalModels: false,
  fallback: null,
} as const;
const sized = {
  ...usual,
  family: 'image_size',
  aspectRatios: ['1:1', '3:4', '4:3', '9:16', '16:9'],
  steps: { from: 1, to: 50 },
} as const;

const withLora = { ...sized, guidance: { from: 0, to: 35 }, severalModels: true } as const;

const rows: Readonly<Record<EndpointId, EndpointRow>> = {
  'fal-ai/flux-lora': withLora,
  // Nothing stands in for it: a picture made from words alone is not like the one that was chosen.
  'fal-ai/flux-lora/image-to-image': { ...withLora, fromPicture: true },
  'fal-ai/flux-pro/finetuned': {
    ...sized,
    guidance: { from: 1.5, to: 5 },
    safetyTolerance: true,
    fallback: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
  },
  'fal-ai/flux-pro/v1.1-ultra-finetuned': {
    ...usual,
    family: 'aspect_ratio',
    aspectRatios,
    steps: null,
    guidance: null,
    safetyTolerance: true,
    raw: true,
  },
};

export const endpoints = Object.fromEntries(
  modelKinds.flatMap((needs) => takers[needs].map((id) => [id, { ...rows[id], id, needs }])),
) as Readonly<Record<EndpointId, EndpointFacts>>;

export const endpointIds = Object.keys(endpoints) as readonly EndpointId[];
const isKnown = (endpoint: string): endpoint is EndpointId => endpointIds.some((id) => id === endpoint);

/** Whether the endpoint takes what the preset says: a preset of a ratio has no steps for one that is told a size. */
export const serves = ({ family }: EndpointFacts, preset: PresetName): boolean =>
  family === 'aspect_ratio' || presets[preset].imageSize !== null;

/** The endpoint for this kind of model and this preset while none is retired; `undefined`: they do not go together. */
export const firstChoice = (
  kind: ModelKind,
  preset: PresetName,
  fromPicture = false,
): EndpointFacts | undefined =>
  Object.values(endpoints).find(
    (endpoint) => endpoint.needs === kind && endpoint.fromPicture === fromPicture && serves(endpoint, preset),
  );

/** The kinds of models that some endpoint takes which has this. */
export const kindsWith = (feature: 'severalModels' | 'safetyTolerance' | 'fromPicture'): ModelKind[] =>
  modelKinds.filter((kind) => Object.values(endpoints).some((each) => each.needs === kind && each[feature]));

/** The endpoint that does the work of a retired one; `null` when there is none. */
export function standInFor(endpoint: string, retired: ReadonlySet<string>): EndpointId | null {
  let next = isKnown(endpoint) ? endpoints[endpoint].fallback : null;
  while (next !== null && retired.has(next)) next = endpoints[next].fallback;
  return next;
}
