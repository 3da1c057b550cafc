import type { AspectRatio, ImageSize } from './aspect-ratio.js';
import type { ImageFormat, SafetyTolerance } from './preset.js';

interface OrderBasics {
  /** The final one, with the trigger. */
  readonly prompt: string;
  /** Images in one go, 1-4. */
  readonly count: number;
  /** 0-4294967295; without one fal chooses. */
  readonly seed?: number;
  readonly format: ImageFormat;
}

interface LoraBasics extends OrderBasics {
  /** The avatar first, then its companion if there is one. `scale` 0-4. */
  readonly loras: readonly { readonly url: string; readonly scale: number }[];
  readonly imageSize: ImageSize;
  /** 1-50. */
  readonly steps: number;
  /** 0-35. */
  readonly guidance: number;
  readonly safetyChecker: true;
}

export interface LoraOrder extends LoraBasics {
  readonly endpoint: 'fal-ai/flux-lora';
}

/** A stored picture that another one is made from. */
export interface StartingPicture {
  /** Its key in the media store; the adapter uploads it. */
  readonly source: string;
  /** How much of it is made anew: 0 keeps all of it, 1 nothing. */
  readonly change: number;
}

export interface LoraVariationOrder extends LoraBasics, StartingPicture {
  readonly endpoint: 'fal-ai/flux-lora/image-to-image';
}

export interface FinetuneOrder extends OrderBasics {
  readonly endpoint: 'fal-ai/flux-pro/finetuned';
  readonly finetuneId: string;
  /** 0-2. */
  readonly finetuneStrength: number;
  readonly imageSize: ImageSize;
  /** 1-50. */
  readonly steps: number;
  /** 1.5-5. */
  readonly guidance: number;
  readonly safetyTolerance: SafetyTolerance;
}

export interface UltraFinetuneOrder extends OrderBasics {
  readonly endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned';
  readonly finetuneId: string;
  /** 0-2. */
  readonly finetuneStrength: number;
  readonly aspectRatio: AspectRatio;
  readonly safetyTolerance: SafetyTolerance;
  readonly safetyChecker: true;
  readonly raw: boolean;
}

/** What one endpoint is asked for, in our names; the fal adapter turns it into the wire's. */
export type ImageOrder = LoraOrder | LoraVariationOrder | FinetuneOrder | UltraFinetuneOrder;
