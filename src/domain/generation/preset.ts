import type { AspectRatio, ImageSize } from './aspect-ratio.js';

export const safetyTolerances = ['1', '2', '3'] as const;
/** `1` strict, `2` standard, `3` soft. fal knows higher ones; they are not offered. */
export type SafetyTolerance = (typeof safetyTolerances)[number];

export const imageFormats = ['jpeg', 'png'] as const;
export type ImageFormat = (typeof imageFormats)[number];

interface PresetBasics {
  readonly finetuneStrength: number;
  readonly safetyTolerance: SafetyTolerance;
  readonly count: number;
  readonly format: ImageFormat;
  readonly raw: boolean;
  /** How long an image really takes; `null` where it was not measured. */
  readonly expectedSeconds: { readonly from: number; readonly to: number } | null;
}

interface SizedPreset extends PresetBasics {
  /** Inference steps. */
  readonly steps: number;
  /** Guidance scale. */
  readonly guidance: number;
  readonly imageSize: ImageSize;
  readonly aspectRatio: null;
  readonly loraScale: number;
}

/** Works with a finetune only; `null` stands for "there is no such value". */
interface RatioPreset extends PresetBasics {
  readonly steps: null;
  readonly guidance: null;
  readonly imageSize: null;
  readonly aspectRatio: AspectRatio;
  readonly loraScale: null;
}

/** `imageSize` tells the two apart: `null` where the picture is told its ratio alone. */
type PresetValues = SizedPreset | RatioPreset;

const usual = { aspectRatio: null, safetyTolerance: '2', count: 1, format: 'jpeg', raw: false } as const;

/** A row here, and its texts, make a preset: menus, CLI and routing follow. The order is that of the menus. */
const table = {
  fast: {
    ...usual,
    steps: 20,
    guidance: 3.0,
    imageSize: 'square',
    loraScale: 0.8,
    finetuneStrength: 0.8,
    expectedSeconds: { from: 15, to: 25 },
  },
  balanced: {
    ...usual,
    steps: 28,
    guidance: 3.5,
    imageSize: 'square_hd',
    loraScale: 1.0,
    finetuneStrength: 1.0,
    expectedSeconds: { from: 25, to: 35 },
  },
  quality: {
    ...usual,
    steps: 50,
    guidance: 4.0,
    imageSize: 'square_hd',
    loraScale: 1.2,
    finetuneStrength: 1.2,
    expectedSeconds: { from: 40, to: 60 },
  },
  portrait: {
    ...usual,
    steps: 35,
    guidance: 3.5,
    imageSize: 'portrait_4_3',
    loraScale: 1.1,
    finetuneStrength: 1.1,
    expectedSeconds: null,
  },
  landscape: {
    ...usual,
    steps: 30,
    guidance: 3.5,
    imageSize: 'landscape_4_3',
    loraScale: 1.0,
    finetuneStrength: 1.0,
    expectedSeconds: null,
  },
  artistic: {
    ...usual,
    steps: 35,
    guidance: 4.0,
    imageSize: 'square_hd',
    loraScale: 1.3,
    finetuneStrength: 1.3,
    safetyTolerance: '3',
    expectedSeconds: null,
  },
  photorealistic: {
    ...usual,
    steps: 40,
    guidance: 3.5,
    imageSize: 'square_hd',
    loraScale: 0.9,
    finetuneStrength: 0.9,
    expectedSeconds: null,
  },
  ultra: {
    ...usual,
    steps: null,
    guidance: null,
    imageSize: null,
    aspectRatio: '1:1',
    loraScale: null,
    finetuneStrength: 1.1,
    expectedSeconds: { from: 60, to: 90 },
  },
} satisfies Readonly<Record<string, PresetValues>>;

export type PresetName = keyof typeof table;
export const presetNames = Object.keys(table) as readonly PresetName[];

/** A row, and its name wherever it is passed on to. */
export type Preset = PresetValues & { readonly name: PresetName };

export const presets = Object.fromEntries(
  presetNames.map((name) => [name, { ...usual, name, ...table[name] }]),
) as Readonly<Record<PresetName, Preset>>;

export const defaultPreset: PresetName = 'balanced';
/** What the old system's `use_ultra` asks for. */
export const useUltraPreset: PresetName = 'ultra';

export const isPresetName = (value: unknown): value is PresetName =>
  presetNames.some((name) => name === value);
