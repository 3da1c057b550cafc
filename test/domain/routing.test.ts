import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../src/domain/endpoint-catalogue.js';
import { DomainError, type Problem, type Refusal } from '../../src/domain/errors.js';
import type { Overrides } from '../../src/domain/overrides.js';
import { presetNames } from '../../src/domain/preset.js';
import { aspectRatiosFor, checkOverrides, presetsFor, route, type Wish } from '../../src/domain/routing.js';
import { aFinetune, aLora, aWish, standardFinetunedRetired } from './wishes.js';

const sizedPresets = presetNames.filter((name) => name !== 'ultra');

function refusalOf(wish: Wish): Refusal {
  try {
    route(wish);
  } catch (error) {
    if (error instanceof DomainError) return error.refusal;
    throw error;
  }
  throw new Error('The wish was granted.');
}

function problemsOf(wish: Wish): readonly Problem[] {
  const refusal = refusalOf(wish);
  return refusal.code === 'invalid_input' ? refusal.problems : [];
}

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
    expect(route(aWish({ preset }))).toEqual({
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
    expect(route(aWish({ avatar: aFinetune(), preset }))).toEqual({
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
    expect(route(aWish({ avatar: aFinetune(), preset: 'ultra' }))).toEqual({
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
      expect(refusalOf(aWish({ avatar: aLora({ type }), preset: 'ultra' }))).toEqual({
        code: 'preset_not_available',
        preset: 'ultra',
        available: sizedPresets,
      });
    }
  });

  it('an artistic avatar that holds a LoRA goes the way of the LoRA', () => {
    expect(route(aWish({ avatar: aLora({ type: 'artistic' }) })).endpoint).toBe('fal-ai/flux-lora');
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
    expect(route(aWish({ preset, overrides: { aspectRatio } }))).toMatchObject({ imageSize });
  });

  it('ultra takes the ratio itself', () => {
    const wish = aWish({ avatar: aFinetune(), preset: 'ultra', overrides: { aspectRatio: '21:9' } });
    expect(route(wish)).toMatchObject({ aspectRatio: '21:9' });
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
    expect(route(aWish({ avatar: settled, overrides: { strength: 0.5 } }))).toMatchObject({
      loras: [{ scale: 0.5 }],
    });
    expect(route(aWish({ avatar: settled, overrides: { loraScale: 0 } }))).toMatchObject({
      loras: [{ scale: 0 }],
    });
    expect(route(aWish({ avatar: settled }))).toMatchObject({ loras: [{ scale: 0.7 }] });
    expect(route(aWish())).toMatchObject({ loras: [{ scale: 1 }] });
    const finetune = aFinetune({ defaultStrength: 0 });
    expect(route(aWish({ avatar: finetune, preset: 'ultra' }))).toMatchObject({ finetuneStrength: 0 });
    expect(route(aWish({ avatar: finetune, overrides: { finetuneStrength: 2 } }))).toMatchObject({
      finetuneStrength: 2,
    });
  });

  it('has the range of what the avatar holds', () => {
    expect(route(aWish({ overrides: { strength: 4 } }))).toMatchObject({ loras: [{ scale: 4 }] });
    expect(problemsOf(aWish({ avatar: aFinetune(), overrides: { strength: 2.1 } }))).toEqual([
      { field: 'strength', code: 'out_of_range', received: '2.1', allowed: '0-2' },
    ]);
  });

  it('of the avatar is refused when the model cannot take it', () => {
    expect(problemsOf(aWish({ avatar: aFinetune({ defaultStrength: 3 }) }))).toMatchObject([
      { field: 'defaultStrength', code: 'out_of_range', allowed: '0-2' },
    ]);
  });
});

describe('a wish that is wrong', () => {
  it('names every wrong field at once', () => {
    const overrides: Overrides = {
      steps: 51,
      guidance: -1,
      aspectRatio: '21:9',
      safety: 1,
      seed: 2 ** 32,
      count: 5,
      raw: true,
    };
    expect(problemsOf(aWish({ prompt: ' a', overrides }))).toEqual([
      { field: 'prompt', code: 'too_short', received: 'a', allowed: '3-2000' },
      { field: 'steps', code: 'out_of_range', received: '51', allowed: '1-50' },
      { field: 'guidance', code: 'out_of_range', received: '-1', allowed: '0-35' },
      { field: 'aspectRatio', code: 'unknown_value', received: '21:9', allowed: '1:1, 3:4, 4:3, 9:16, 16:9' },
      { field: 'safety', code: 'not_supported', allowed: 'model: finetune' },
      { field: 'seed', code: 'out_of_range', received: '4294967296', allowed: '0-4294967295' },
      { field: 'count', code: 'out_of_range', received: '5', allowed: '1-4' },
      { field: 'raw', code: 'not_supported', allowed: 'preset: ultra' },
    ]);
  });

  it.each([
    ['steps', { steps: 28 }],
    ['guidance', { guidance: 3.5 }],
    ['imageSize', { imageSize: 'square' }],
    ['loraScale', { loraScale: 1 }],
  ] satisfies [string, Overrides][])('ultra takes no %s', (field, overrides) => {
    const problems = problemsOf(aWish({ avatar: aFinetune(), preset: 'ultra', overrides }));
    expect(problems).toMatchObject([{ field, code: 'not_supported' }]);
  });

  it('flux-lora takes no finetune strength and has other guidance than a finetune', () => {
    expect(problemsOf(aWish({ overrides: { finetuneStrength: 1 } }))).toMatchObject([
      { field: 'finetuneStrength', code: 'not_supported' },
    ]);
    expect(route(aWish({ overrides: { guidance: 35 } }))).toMatchObject({ guidance: 35 });
    expect(problemsOf(aWish({ avatar: aFinetune(), overrides: { guidance: 5.5 } }))).toMatchObject([
      { field: 'guidance', code: 'out_of_range', allowed: '1.5-5' },
    ]);
  });

  it('may not say one thing in two words', () => {
    const overrides: Overrides = { imageSize: 'square', aspectRatio: '1:1', strength: 1, loraScale: 1 };
    expect(problemsOf(aWish({ overrides }))).toMatchObject([
      { field: 'imageSize', code: 'not_supported' },
      { field: 'strength', code: 'not_supported' },
    ]);
  });

  it('may hold what only JSON lets through', () => {
    const overrides: Overrides = JSON.parse(
      '{"steps":"28","count":1.5,"seed":null,"format":"gif","safety":4,"raw":"no"}',
    );
    expect(problemsOf(aWish({ avatar: aFinetune(), preset: 'balanced', overrides }))).toMatchObject([
      { field: 'steps', code: 'malformed', received: '28' },
      { field: 'safety', code: 'unknown_value', received: '4', allowed: '1, 2, 3' },
      { field: 'seed', code: 'malformed' },
      { field: 'count', code: 'malformed', received: '1.5' },
      { field: 'format', code: 'unknown_value', allowed: 'jpeg, png' },
      { field: 'raw', code: 'not_supported' },
    ]);
  });

  it('may name a preset that is none', () => {
    const wish: Wish = { ...aWish({ prompt: '' }), ...JSON.parse('{"preset":"toString"}') };
    expect(problemsOf(wish)).toMatchObject([
      { field: 'preset', code: 'unknown_value', received: 'toString', allowed: presetNames.join(', ') },
      { field: 'prompt', code: 'required' },
    ]);
  });

  it('can be told before the avatar is chosen, as far as any endpoint would take it', () => {
    expect(checkOverrides({ strength: 4, guidance: 35, aspectRatio: '21:9', raw: true, safety: 3 })).toEqual(
      [],
    );
    expect(checkOverrides({ loraScale: 4.1, finetuneStrength: 2.1 })).toMatchObject([
      { field: 'loraScale', allowed: '0-4' },
      { field: 'finetuneStrength', allowed: '0-2' },
    ]);
    const chosen = {
      model: aFinetune().model,
      preset: 'ultra',
      catalogue: { retired: new Set<EndpointId>() },
    } as const;
    expect(checkOverrides({ steps: 5 }, chosen)).toMatchObject([{ field: 'steps', code: 'not_supported' }]);
  });
});

describe('a retired endpoint', () => {
  const wish = aWish({ avatar: aFinetune(), preset: 'portrait', catalogue: standardFinetunedRetired });

  it('is replaced by its fallback with the same finetune, shape and strength', () => {
    expect(route(wish)).toEqual({
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
      ...wish,
      overrides: { steps: 50, guidance: 5, imageSize: 'landscape_16_9', seed: 1 },
    });
    expect(granted).toMatchObject({ aspectRatio: '16:9', seed: 1 });
    expect(granted).not.toHaveProperty('steps');
    expect(problemsOf({ ...wish, overrides: { steps: 51, guidance: 6, loraScale: 1 } })).toMatchObject([
      { field: 'steps', code: 'out_of_range', allowed: '1-50' },
      { field: 'guidance', code: 'out_of_range', allowed: '1.5-5' },
      { field: 'loraScale', code: 'not_supported' },
    ]);
  });

  it('changes nothing for those who chose ultra themselves', () => {
    expect(problemsOf({ ...wish, preset: 'ultra', overrides: { steps: 5 } })).toMatchObject([
      { field: 'steps' },
    ]);
  });

  it('without a fallback takes its presets away', () => {
    const retired = new Set<EndpointId>(['fal-ai/flux-pro/v1.1-ultra-finetuned']);
    expect(presetsFor(aFinetune().model, { retired })).toEqual(sizedPresets);
    expect(refusalOf({ ...wish, preset: 'ultra', catalogue: { retired } })).toMatchObject({
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
    expect(route(aWish({ companion: friend }))).toMatchObject({
      prompt: 'TOK ANYA in medieval armor',
      loras: [
        { url: 'https://weights.example/person.safetensors', scale: 1 },
        { url: 'https://weights.example/friend.safetensors', scale: 0.6 },
      ],
    });
  });

  it('are refused where an endpoint takes one model', () => {
    const refused = [{ field: 'companion', code: 'not_supported' }];
    expect(problemsOf(aWish({ companion: aFinetune() }))).toMatchObject(refused);
    expect(problemsOf(aWish({ avatar: aFinetune(), companion: friend }))).toMatchObject(refused);
    expect(problemsOf(aWish({ avatar: aFinetune(), companion: aFinetune(), preset: 'ultra' }))).toMatchObject(
      refused,
    );
  });
});
