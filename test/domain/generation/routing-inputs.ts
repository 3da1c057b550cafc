import fc from 'fast-check';
import { aspectRatios, imageSizes } from '../../../src/domain/generation/aspect-ratio.js';
import {
  type Catalogue,
  endpointIds,
  nothingRetired,
} from '../../../src/domain/generation/endpoint-catalogue.js';
import type { StartingPicture } from '../../../src/domain/generation/image-order.js';
import type { RoutedAvatar } from '../../../src/domain/generation/order-for.js';
import type { Overrides } from '../../../src/domain/generation/overrides.js';
import { presetNames } from '../../../src/domain/generation/preset.js';
import type { RoutingInput } from '../../../src/domain/generation/routing.js';
import { changes } from '../../../src/domain/generation/variation.js';

export const aLora = (changes: Partial<RoutedAvatar> = {}): RoutedAvatar => ({
  model: { kind: 'lora', url: 'https://weights.example/person.safetensors' },
  type: 'portrait',
  trigger: 'TOK',
  defaultStrength: null,
  ...changes,
});

export const aFinetune = (changes: Partial<RoutedAvatar> = {}): RoutedAvatar => ({
  model: { kind: 'finetune', id: 'my-style' },
  type: 'artistic',
  trigger: 'ARTST',
  defaultStrength: null,
  ...changes,
});

export const aRoutingInput = (changes: Partial<RoutingInput> = {}): RoutingInput => ({
  avatar: aLora(),
  preset: 'balanced',
  prompt: 'in medieval armor',
  overrides: {},
  catalogue: nothingRetired,
  ...changes,
});

export const aPicture = (change = 0.5): StartingPicture => ({ source: 'images/1-0-0.jpeg', change });

export const standardFinetunedRetired: Catalogue = { retired: new Set(['fal-ai/flux-pro/finetuned']) };

const strengths = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 2, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(-0.1, 3, 4.1, Number.NaN) },
);
const triggers = fc.option(fc.constantFrom('TOK', 'a photo of TOK person', ' ', 'Аня', '小明', 'C++ (dev)'));

const loras = fc
  .record({ trigger: triggers, defaultStrength: strengths, type: fc.constantFrom('portrait', 'artistic') })
  .map(aLora);
const finetunes = fc.record({ trigger: triggers, defaultStrength: strengths }).map(aFinetune);
const avatars = fc.oneof(loras, finetunes);

/** In and out of every range, with the borders and with the nonsense that JSON lets through. */
const numbers = (from: number, to: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: Math.ceil(from), max: Math.floor(to) }) },
    { weight: 2, arbitrary: fc.double({ min: from, max: to, noNaN: true }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(from, to, from - 0.01, to + 0.01, -1, Number.NaN, Number.POSITIVE_INFINITY),
    },
  );

const overrides: fc.Arbitrary<Overrides> = fc.record(
  {
    steps: numbers(1, 50),
    guidance: numbers(0, 35),
    imageSize: fc.constantFrom(...imageSizes),
    aspectRatio: fc.constantFrom(...aspectRatios),
    strength: numbers(0, 4),
    loraScale: numbers(0, 4),
    finetuneStrength: numbers(0, 2),
    safety: fc.constantFrom(1, 2, 3),
    seed: numbers(0, 4_294_967_295),
    count: numbers(1, 4),
    format: fc.constantFrom('jpeg', 'png'),
    raw: fc.boolean(),
  },
  { requiredKeys: [] },
);

const prompts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('a cat', 'tokyo at night', 'tok on a horse', '  spaced  ', '小明在海边'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('', '🦊🦊🦊', 'x'.repeat(2001)) },
);

/** One or two that no endpoint need refuse, so that most requests are granted. */
const modestOverrides = fc.record(
  {
    steps: fc.integer({ min: 1, max: 50 }),
    guidance: fc.double({ min: 1.5, max: 5, noNaN: true }),
    aspectRatio: fc.constantFrom(...aspectRatios),
    strength: fc.double({ min: 0, max: 2, noNaN: true }),
    seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    count: fc.integer({ min: 1, max: 4 }),
    format: fc.constantFrom('jpeg', 'png'),
  },
  { requiredKeys: [] },
);

export const inputs: fc.Arbitrary<RoutingInput> = fc.record({
  avatar: avatars,
  companion: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: avatars }),
  picture: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(changes)).map(aPicture) },
  ),
  preset: fc.constantFrom(...presetNames),
  prompt: prompts,
  overrides: fc.oneof(overrides, modestOverrides, fc.constantFrom({}, ...Object.values(singleOverrides()))),
  catalogue: fc.oneof(
    fc.constant(nothingRetired),
    fc.subarray([...endpointIds]).map((retired) => ({ retired: new Set(retired) })),
  ),
});

/** One valid override of each kind. */
export function singleOverrides(): { [Field in keyof Overrides]-?: Pick<Overrides, Field> } {
  return {
    steps: { steps: 7 },
    guidance: { guidance: 2.25 },
    imageSize: { imageSize: 'portrait_16_9' },
    aspectRatio: { aspectRatio: '9:16' },
    strength: { strength: 0.35 },
    loraScale: { loraScale: 0.45 },
    finetuneStrength: { finetuneStrength: 0.55 },
    safety: { safety: 1 },
    seed: { seed: 4_294_967_295 },
    count: { count: 3 },
    format: { format: 'png' },
    raw: { raw: true },
  };
}
