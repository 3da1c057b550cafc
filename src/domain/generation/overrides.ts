import type { AspectRatio, ImageSize } from './aspect-ratio.js';
import type { ImageFormat } from './preset.js';

/** What a request changes of its preset. Every value alone: an override changes nothing but itself. */
export interface Overrides {
  /** Inference steps, 1-50. */
  readonly steps?: number | undefined;
  /** Guidance scale: 0-35 with a LoRA, 1.5-5 with a finetune. */
  readonly guidance?: number | undefined;
  /** Not together with `aspectRatio`. */
  readonly imageSize?: ImageSize | undefined;
  readonly aspectRatio?: AspectRatio | undefined;
  /** Of whichever model the avatar holds: LoRA scale 0-4, finetune strength 0-2. */
  readonly strength?: number | undefined;
  /** 0-4; only for an avatar that holds a LoRA. */
  readonly loraScale?: number | undefined;
  /** 0-2; only for an avatar that holds a finetune. */
  readonly finetuneStrength?: number | undefined;
  /** 1 strict, 2 standard, 3 soft; only with a finetune. */
  readonly safety?: 1 | 2 | 3 | undefined;
  /** Integer 0-4294967295; the same seed and order give the same image. */
  readonly seed?: number | undefined;
  /** Images in one go, 1-4. */
  readonly count?: number | undefined;
  readonly format?: ImageFormat | undefined;
  /** Less processed, more natural; only on ultra. */
  readonly raw?: boolean | undefined;
}

const everyName: Readonly<Record<keyof Overrides, true>> = {
  steps: true,
  guidance: true,
  imageSize: true,
  aspectRatio: true,
  strength: true,
  loraScale: true,
  finetuneStrength: true,
  safety: true,
  seed: true,
  count: true,
  format: true,
  raw: true,
};

export const overrideNames: readonly string[] = Object.keys(everyName);

export const isOverrideName = (name: string): name is keyof Overrides => overrideNames.includes(name);

/** The settings that are numbers. */
export const numericOverrides = [
  'seed',
  'count',
  'steps',
  'guidance',
  'strength',
  'loraScale',
  'finetuneStrength',
  'safety',
] as const satisfies readonly (keyof Overrides)[];
