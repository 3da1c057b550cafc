import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/domain/errors.js';
import type { ImageOrder } from '../../../src/domain/generation/image-order.js';
import { presetNames } from '../../../src/domain/generation/preset.js';
import { presetsFor, type RoutingInput, route } from '../../../src/domain/generation/routing.js';
import { refusedByEndpoint } from './refused-by-endpoint.js';
import {
  aFinetune,
  aLora,
  aRoutingInput,
  inputs,
  singleOverrides,
  standardFinetunedRetired,
} from './routing-inputs.js';

function attempt(input: RoutingInput): ImageOrder | DomainError {
  try {
    return route(input);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

describe('routing', () => {
  it('gives an order its endpoint accepts, or a refusal, for every request', () => {
    const seen = { orders: 0, refusals: 0 };
    fc.assert(
      fc.property(inputs, (input) => {
        const outcome = attempt(input);
        if (outcome instanceof DomainError) {
          seen.refusals += 1;
          expect(['invalid_input', 'preset_not_available', 'away_now']).toContain(outcome.code);
          return;
        }
        seen.orders += 1;
        expect(refusedByEndpoint(outcome)).toEqual([]);
        expect(input.catalogue.retired.has(outcome.endpoint)).toBe(false);
        expect(outcome).toMatchObject(input.picture ?? {});
        expect('source' in outcome).toBe(input.picture !== undefined);
        expect(outcome.prompt.endsWith(input.prompt)).toBe(true);
      }),
      { numRuns: 3000 },
    );
    // Neither half of the property may be empty.
    expect(seen.orders).toBeGreaterThan(300);
    expect(seen.refusals).toBeGreaterThan(300);
  });

  it('sends the very model the avatar holds', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const outcome = attempt(input);
        if (outcome instanceof DomainError) return;
        if (input.avatar.model.kind === 'lora') {
          expect(outcome).toMatchObject({
            loras: [{ url: input.avatar.model.url }, {}].slice(0, input.companion ? 2 : 1),
          });
        } else {
          expect(outcome).toMatchObject({ finetuneId: input.avatar.model.id });
        }
      }),
    );
  });

  it('refuses a preset exactly when it is not among those offered', () => {
    fc.assert(
      fc.property(inputs, ({ avatar, preset, catalogue }) => {
        const plain = aRoutingInput({ avatar: { ...avatar, defaultStrength: null }, preset, catalogue });
        const outcome = attempt(plain);
        const offered = presetsFor(avatar.model, catalogue);
        if (offered.includes(preset)) expect(outcome).not.toBeInstanceOf(DomainError);
        else expect(outcome).toMatchObject({ refusal: { code: 'preset_not_available', available: offered } });
      }),
    );
  });
});

/** Which field of the order each override changes, and that alone. */
const changedBy = (field: string, order: ImageOrder): string => {
  switch (field) {
    case 'strength':
    case 'loraScale':
    case 'finetuneStrength':
      return 'loras' in order ? 'loras' : 'finetuneStrength';
    case 'aspectRatio':
    case 'imageSize':
      return 'imageSize' in order ? 'imageSize' : 'aspectRatio';
    case 'safety':
      return 'safetyTolerance';
    default:
      return field;
  }
};

describe('an override changes only itself', () => {
  const avatars = { lora: aLora(), finetune: aFinetune() };
  const cases = Object.entries(avatars).flatMap(([kind, avatar]) =>
    presetNames.flatMap((preset) =>
      Object.entries(singleOverrides()).map(([field, overrides]) => ({
        kind,
        avatar,
        preset,
        field,
        overrides,
      })),
    ),
  );

  it.each(cases)('$field with $preset on a $kind', ({ avatar, preset, field, overrides }) => {
    const outcome = attempt(aRoutingInput({ avatar, preset, overrides }));
    if (outcome instanceof DomainError) {
      const { refusal } = outcome;
      if (refusal.code === 'invalid_input')
        expect(refusal.problems.map((each) => each.field)).toEqual([field]);
      else expect(preset).toBe('ultra');
      return;
    }
    const usual = route(aRoutingInput({ avatar, preset }));
    const changed = changedBy(field, outcome);
    const { [changed]: after, ...restAfter } = { ...outcome } as Record<string, unknown>;
    const { [changed]: before, ...restBefore } = { ...usual } as Record<string, unknown>;
    expect(restAfter).toEqual(restBefore);
    expect(after).not.toEqual(before);
  });

  it('also when many are set together', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const outcome = attempt(input);
        if (outcome instanceof DomainError) return;
        const usual = route({
          ...input,
          overrides: {},
          avatar: { ...input.avatar, defaultStrength: null },
          companion: undefined,
        });
        const mayChange = new Set([
          ...Object.keys(input.overrides).map((field) => changedBy(field, outcome)),
          'loras',
          'prompt',
          'finetuneStrength',
        ]);
        for (const [field, value] of Object.entries(outcome)) {
          if (!mayChange.has(field)) expect(usual).toHaveProperty(field, value);
        }
      }),
    );
  });

  it('on a fallback, what the retired endpoint alone took changes nothing', () => {
    const fallback = aRoutingInput({
      avatar: aFinetune(),
      preset: 'quality',
      catalogue: standardFinetunedRetired,
    });
    expect(route({ ...fallback, overrides: { steps: 7, guidance: 2 } })).toEqual(route(fallback));
  });
});
