import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../../src/domain/generation/endpoint-catalogue.js';
import type { Overrides } from '../../../src/domain/generation/overrides.js';
import { presetNames } from '../../../src/domain/generation/preset.js';
import { checkOverrides, type RoutingInput, route } from '../../../src/domain/generation/routing.js';
import { problemsOf } from './refusals.js';
import { aFinetune, aRoutingInput } from './routing-inputs.js';

describe('a request that is wrong', () => {
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
    expect(problemsOf(aRoutingInput({ prompt: ' a', overrides }))).toEqual([
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
    const problems = problemsOf(aRoutingInput({ avatar: aFinetune(), preset: 'ultra', overrides }));
    expect(problems).toMatchObject([{ field, code: 'not_supported' }]);
  });

  it('flux-lora takes no finetune strength and has other guidance than a finetune', () => {
    expect(problemsOf(aRoutingInput({ overrides: { finetuneStrength: 1 } }))).toMatchObject([
      { field: 'finetuneStrength', code: 'not_supported' },
    ]);
    expect(route(aRoutingInput({ overrides: { guidance: 35 } }))).toMatchObject({ guidance: 35 });
    expect(problemsOf(aRoutingInput({ avatar: aFinetune(), overrides: { guidance: 5.5 } }))).toMatchObject([
      { field: 'guidance', code: 'out_of_range', allowed: '1.5-5' },
    ]);
  });

  it('may not say one thing in two words', () => {
    const overrides: Overrides = { imageSize: 'square', aspectRatio: '1:1', strength: 1, loraScale: 1 };
    expect(problemsOf(aRoutingInput({ overrides }))).toMatchObject([
      { field: 'imageSize', code: 'not_supported' },
      { field: 'strength', code: 'not_supported' },
    ]);
  });

  it('names a field once, whatever is wrong with it', () => {
    const overrides: Overrides = {
      imageSize: 'square',
      aspectRatio: '1:1',
      strength: 3,
      finetuneStrength: 1,
    };
    const problems = problemsOf(aRoutingInput({ avatar: aFinetune(), preset: 'ultra', overrides }));
    expect(problems.map(({ field }) => field)).toEqual(['imageSize', 'strength']);
  });

  it('may hold what only JSON lets through', () => {
    const overrides: Overrides = JSON.parse(
      '{"steps":"28","count":1.5,"seed":null,"format":"gif","safety":4,"raw":"no"}',
    );
    expect(problemsOf(aRoutingInput({ avatar: aFinetune(), preset: 'balanced', overrides }))).toMatchObject([
      { field: 'steps', code: 'malformed', received: '28' },
      { field: 'safety', code: 'unknown_value', received: '4', allowed: '1, 2, 3' },
      { field: 'seed', code: 'malformed' },
      { field: 'count', code: 'malformed', received: '1.5' },
      { field: 'format', code: 'unknown_value', allowed: 'jpeg, png' },
      { field: 'raw', code: 'not_supported' },
    ]);
  });

  it('may name a preset that is none', () => {
    const input: RoutingInput = { ...aRoutingInput({ prompt: '' }), ...JSON.parse('{"preset":"toString"}') };
    expect(problemsOf(input)).toMatchObject([
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
