import type { AvatarModel } from '../avatar/avatar-model.js';
import { type AspectRatio, aspectRatios } from './aspect-ratio.js';

export const endpointIds = [
  'fal-ai/flux-lora',
  'fal-ai/flux-pro/finetuned',
  'fal-ai/flux-pro/v1.1-ultra-finetuned',
] as const;
export type EndpointId = (typeof endpointIds)[number];

/** Both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What one endpoint takes; `null` or `false` where it takes no such thing. Source: its schema at fal. */
export interface EndpointFacts {
  readonly id: EndpointId;
  /** Which model an avatar must hold. */
  readonly needs: AvatarModel['kind'];
  /** How it is told the picture's shape. */
  readonly family: 'image_size' | 'aspect_ratio';
  readonly aspectRatios: readonly AspectRatio[];
  readonly steps: Range | null;
  readonly guidance: Range | null;
  /** LoRA scale or finetune strength, whichever `needs` says. */
  readonly strength: Range;
  readonly count: Range;
  readonly safetyTolerance: boolean;
  readonly raw: boolean;
  /** Takes the models of two avatars at once. */
  readonly severalModels: boolean;
  /** What to use with the same model when this one is retired. */
  readonly fallback: EndpointId | null;
}

/** What was learned at run time: the endpoints that nothing new is sent to now. */
export interface Catalogue {
  readonly retired: ReadonlySet<string>;
}

export const nothingRetired: Catalogue = { retired: new Set() };

/** Integer; the widest seed all endpoints take. */
export const seedRange: Range = { from: 0, to: 4_294_967_295 };

const sizedRatios = ['1:1', '3:4', '4:3', '9:16', '16:9'] as const satisfies readonly AspectRatio[];

/** For what an avatar holds the first one that can serve the preset is used. */
export const endpoints: Readonly<Record<EndpointId, EndpointFacts>> = {
  'fal-ai/flux-lora': {
    id: 'fal-ai/flux-lora',
    needs: 'lora',
    family: 'image_size',
    aspectRatios: sizedRatios,
    steps: { from: 1, to: 50 },
    guidance: { from: 0, to: 35 },
    strength: { from: 0, to: 4 },
    count: { from: 1, to: 4 },
    safetyTolerance: false,
    raw: false,
    severalModels: true,
    fallback: null,
  },
  'fal-ai/flux-pro/finetuned': {
    id: 'fal-ai/flux-pro/finetuned',
    needs: 'finetune',
    family: 'image_size',
    aspectRatios: sizedRatios,
    steps: { from: 1, to: 50 },
    guidance: { from: 1.5, to: 5 },
    strength: { from: 0, to: 2 },
    count: { from: 1, to: 4 },
    safetyTolerance: true,
    raw: false,
    severalModels: false,
    fallback: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
  },
  'fal-ai/flux-pro/v1.1-ultra-finetuned': {
    id: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
    needs: 'finetune',
    family: 'aspect_ratio',
    aspectRatios,
    steps: null,
    guidance: null,
    strength: { from: 0, to: 2 },
    count: { from: 1, to: 4 },
    safetyTolerance: true,
    raw: true,
    severalModels: false,
    fallback: null,
  },
};

const known: readonly string[] = endpointIds;
const isKnown = (endpoint: string): endpoint is EndpointId => known.includes(endpoint);

/** The endpoint that does the work of a retired one; `null` when there is none. */
export function standInFor(endpoint: string, retired: ReadonlySet<string>): EndpointId | null {
  let next = isKnown(endpoint) ? endpoints[endpoint].fallback : null;
  while (next !== null && retired.has(next)) next = endpoints[next].fallback;
  return next;
}
