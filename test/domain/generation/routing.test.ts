import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../../src/domain/generation/endpoint-catalogue.js';
import { presetNames } from '../../../src/domain/generation/preset.js';
import { aspectRatiosFor, presetsFor, route } from '../../../src/domain/generation/routing.js';
import { problemsOf, refusalOf } from './refusals.js';
import { aFinetune, aLora, aPicture, aRoutingInput, standardFinetunedRetired } from './routing-inputs.js';

const sizedPresets = presetNames.filter((name) => name !== 'ultra');

/** preset, steps, guidance, size, LoRA scale, finetune strength, safety tolerance */
const table = [
  ['fast', 20, 3.0, 'square', 0.8, 0.8, '2'],
  ['balanced', 28, 3.5, 'square_hd', 1.0, 1.0, '2'],
  ['quality', 50, 4.0, 'square_hd', 1.2, 1.2, '2'],
  ['portrait', 35, 3.5, 'portrait_4_3', 1.1, 1.1, '2'],
  ['landscape', 30, 3.5, 'landscape_4_3', 1.0, 1.0, '2'],
  ['artistic', 35, 4.0, 'square_hd', 1.3, 1.3, '3'],
  ['photorealistic', 40, 3.5, 'square_hd', 0.9, 0.9, '2'],
] as const;

describe('an order for each preset', () => {
  it.each(table)('%s with a LoRA', (preset, steps, guidance, imageSize, scale) => {
    expect(route(aRoutingInput({ preset }))).toEqual({
      endpoint: 'fal-ai/flux-lora',
      prompt: 'TOK in medieval armor',
      loras: [{ url: 'https://weights.example/person.safetensors', scale }],
      imageSize,
      steps,
      guidance,
      count: 1,
      format: 'jpeg',
      safetyChecker: true,
    });
  });

  it.each(table)('%s with a finetune', (preset, steps, guidance, imageSize, _, strength, safetyTolerance) => {
    expect(route(aRoutingInput({ avatar: aFinetune(), preset }))).toEqual({
      endpoint: 'fal-ai/flux-pro/finetuned',
      prompt: 'ARTST in medieval armor',
      finetuneId: 'my-style',
      finetuneStrength: strength,
      imageSize,
      steps,
      guidance,
      count: 1,
      safetyTolerance,
      format: 'jpeg',
    });
  });

  it('ultra with a finetune', () => {
    expect(route(aRoutingInput({ avatar: aFinetune(), preset: 'ultra' }))).toEqual({
      endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
      prompt: 'ARTST in medieval armor',
      finetuneId: 'my-style',
      finetuneStrength: 1.1,
      aspectRatio: '1:1',
      count: 1,
      safetyTolerance: '2',
      format: 'jpeg',
      safetyChecker: true,
      raw: false,
    });
  });

  it('ultra is refused for a LoRA of either type, with the presets that work', () => {
    for (const type of ['portrait', 'artistic'] as const) {
      expect(refusalOf(aRoutingInput({ avatar: aLora({ type }), preset: 'ultra' }))).toEqual({
        code: 'preset_not_available',
        preset: 'ultra',
        available: sizedPresets,
      });
    }
  });

  it('an artistic avatar that holds a LoRA goes the way of the LoRA', () => {
    expect(route(aRoutingInput({ avatar: aLora({ type: 'artistic' }) })).endpoint).toBe('fal-ai/flux-lora');
  });
});

describe('the picture has the shape the user picked', () => {
  it.each([
    ['balanced', '1:1', 'square_hd'],
    ['fast', '1:1', 'square'],
    ['portrait', '1:1', 'square_hd'],
    ['balanced', '3:4', 'portrait_4_3'],
    ['balanced', '4:3', 'landscape_4_3'],
    ['balanced', '9:16', 'portrait_16_9'],
    ['landscape', '16:9', 'landscape_16_9'],
  ] as const)('%s at %s is %s', (preset, aspectRatio, imageSize) => {
    expect(route(aRoutingInput({ preset, overrides: { aspectRatio } }))).toMatchObject({ imageSize });
  });

  it('ultra takes the ratio itself', () => {
    const input = aRoutingInput({ avatar: aFinetune(), preset: 'ultra', overrides: { aspectRatio: '21:9' } });
    expect(route(input)).toMatchObject({ aspectRatio: '21:9' });
  });

  it('offers five ratios, on ultra nine, and none where the preset does not work', () => {
    expect(aspectRatiosFor(aLora().model, 'quality')).toEqual(['1:1', '3:4', '4:3', '9:16', '16:9']);
    expect(aspectRatiosFor(aFinetune().model, 'ultra')).toHaveLength(9);
    expect(aspectRatiosFor(aLora().model, 'ultra')).toEqual([]);
  });
});

describe('strength', () => {
  it('is the override, else what the owner settled on, else that of the preset', () => {
    const settled = aLora({ defaultStrength: 0.7 });
    expect(route(aRoutingInput({ avatar: settled, overrides: { strength: 0.5 } }))).toMatchObject({
      loras: [{ scale: 0.5 }],
    });
    expect(route(aRoutingInput({ avatar: settled, overrides: { loraScale: 0 } }))).toMatchObject({
      loras: [{ scale: 0 }],
    });
    expect(route(aRoutingInput({ avatar: settled }))).toMatchObject({ loras: [{ scale: 0.7 }] });
    expect(route(aRoutingInput())).toMatchObject({ loras: [{ scale: 1 }] });
    const finetune = aFinetune({ defaultStrength: 0 });
    expect(route(aRoutingInput({ avatar: finetune, preset: 'ultra' }))).toMatchObject({
      finetuneStrength: 0,
    });
    expect(route(aRoutingInput({ avatar: finetune, overrides: { finetuneStrength: 2 } }))).toMatchObject({
      finetuneStrength: 2,
    });
  });

  it('has the range of what the avatar holds', () => {
    expect(route(aRoutingInput({ overrides: { strength: 4 } }))).toMatchObject({ loras: [{ scale: 4 }] });
    expect(problemsOf(aRoutingInput({ avatar: aFinetune(), overrides: { strength: 2.1 } }))).toEqual([
      { field: 'strength', code: 'out_of_range', received: '2.1', allowed: '0-2' },
    ]);
  });

  it('of the avatar is refused when the model cannot take it', () => {
    expect(problemsOf(aRoutingInput({ avatar: aFinetune({ defaultStrength: 3 }) }))).toMatchObject([
      { field: 'defaultStrength', code: 'out_of_range', allowed: '0-2' },
    ]);
  });
});

describe('a retired endpoint', () => {
  const input = aRoutingInput({
    avatar: aFinetune(),
    preset: 'portrait',
    catalogue: standardFinetunedRetired,
  });

  it('is replaced by its fallback with the same finetune, shape and strength', () => {
    expect(route(input)).toEqual({
      endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
      prompt: 'ARTST in medieval armor',
      finetuneId: 'my-style',
      finetuneStrength: 1.1,
      aspectRatio: '3:4',
      count: 1,
      safetyTolerance: '2',
      format: 'jpeg',
      safetyChecker: true,
      raw: false,
    });
  });

  it('still lends its ranges to what only it took', () => {
    const granted = route({
      ...input,
      overrides: { steps: 50, guidance: 5, imageSize: 'landscape_16_9', seed: 1 },
    });
    expect(granted).toMatchObject({ aspectRatio: '16:9', seed: 1 });
    expect(granted).not.toHaveProperty('steps');
    expect(problemsOf({ ...input, overrides: { steps: 51, guidance: 6, loraScale: 1 } })).toMatchObject([
      { field: 'steps', code: 'out_of_range', allowed: '1-50' },
      { field: 'guidance', code: 'out_of_range', allowed: '1.5-5' },
      { field: 'loraScale', code: 'not_supported' },
    ]);
  });

  it('changes nothing for those who chose ultra themselves', () => {
    expect(problemsOf({ ...input, preset: 'ultra', overrides: { steps: 5 } })).toMatchObject([
      { field: 'steps' },
    ]);
  });

  it('without a fallback takes its presets away', () => {
    const retired = new Set<EndpointId>(['fal-ai/flux-pro/v1.1-ultra-finetuned']);
    expect(presetsFor(aFinetune().model, { retired })).toEqual(sizedPresets);
    expect(refusalOf({ ...input, preset: 'ultra', catalogue: { retired } })).toMatchObject({
      code: 'preset_not_available',
      available: sizedPresets,
    });
    retired.add('fal-ai/flux-pro/finetuned');
    expect(presetsFor(aFinetune().model, { retired })).toEqual([]);
    expect(presetsFor(aLora().model, { retired })).toEqual(sizedPresets);
  });
});

describe('two avatars in one image', () => {
  const friend = aLora({
    model: { kind: 'lora', url: 'https://weights.example/friend.safetensors' },
    trigger: 'ANYA',
    defaultStrength: 0.6,
  });

  it('are two LoRAs, each with its strength and trigger', () => {
    expect(route(aRoutingInput({ companion: friend }))).toMatchObject({
      prompt: 'TOK ANYA in medieval armor',
      loras: [
        { url: 'https://weights.example/person.safetensors', scale: 1 },
        { url: 'https://weights.example/friend.safetensors', scale: 0.6 },
      ],
    });
  });

  it('are refused where an endpoint takes one model', () => {
    const refused = [{ field: 'companion', code: 'not_supported' }];
    expect(problemsOf(aRoutingInput({ companion: aFinetune() }))).toMatchObject(refused);
    expect(problemsOf(aRoutingInput({ avatar: aFinetune(), companion: friend }))).toMatchObject(refused);
    expect(
      problemsOf(aRoutingInput({ avatar: aFinetune(), companion: aFinetune(), preset: 'ultra' })),
    ).toMatchObject(refused);
  });
});

describe('a picture to start from', () => {
  const picture = aPicture(0.7);
  const variation = 'fal-ai/flux-lora/image-to-image';

  it('makes the same order to the endpoint that takes one, with the picture', () => {
    const words = route(aRoutingInput());
    expect(route(aRoutingInput({ picture }))).toEqual({ ...words, endpoint: variation, ...picture });
  });

  it('can be had with a LoRA alone', () => {
    expect(problemsOf(aRoutingInput({ avatar: aFinetune(), picture }))).toEqual([
      { field: 'picture', code: 'not_supported', allowed: 'model: lora' },
    ]);
  });

  it('is never left out: nothing stands in for the endpoint that takes one', () => {
    const catalogue = { retired: new Set([variation]) };
    expect(refusalOf(aRoutingInput({ picture, catalogue }))).toEqual({
      code: 'away_now',
      endpoint: variation,
    });
    expect(route(aRoutingInput({ catalogue })).endpoint).toBe('fal-ai/flux-lora');
  });

  it('is not what a request without one is sent to', () => {
    const catalogue = { retired: new Set(['fal-ai/flux-lora']) };
    expect(refusalOf(aRoutingInput({ catalogue }))).toMatchObject({ code: 'preset_not_available' });
    expect(route(aRoutingInput({ picture, catalogue })).endpoint).toBe(variation);
  });
});
