import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trainingToWire } from '../../../src/adapters/fal/fal-training-wire.js';
import { toWire } from '../../../src/adapters/fal/fal-wire.js';
import { DomainError } from '../../../src/domain/errors.js';
import { nothingRetired } from '../../../src/domain/generation/endpoint-catalogue.js';
import type { RoutedAvatar } from '../../../src/domain/generation/order-for.js';
import { presetNames } from '../../../src/domain/generation/preset.js';
import { type RoutingInput, route } from '../../../src/domain/generation/routing.js';

interface Golden {
  readonly preset: string;
  readonly avatar: string;
  /** Absent when the order is refused. */
  readonly endpoint?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly refused?: string;
}

const goldens: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../../fixtures/fal-wire.json', import.meta.url), 'utf8'),
);

const lora = { kind: 'lora', url: 'https://v3.fal.media/files/tok.safetensors' } as const;
const avatars: Readonly<Record<string, RoutedAvatar>> = {
  'portrait LoRA': { type: 'portrait', model: lora, trigger: 'TOK', defaultStrength: null },
  'artistic finetune': {
    type: 'artistic',
    model: { kind: 'finetune', id: 'finetune-1' },
    trigger: 'ARTST',
    defaultStrength: null,
  },
  'artistic LoRA': { type: 'artistic', model: lora, trigger: 'ARTST', defaultStrength: null },
};

function sent(preset: string, avatar: string, input: Partial<RoutingInput> = {}): Golden {
  try {
    const order = route({
      avatar: avatars[avatar] as RoutedAvatar,
      preset: preset as RoutingInput['preset'],
      prompt: 'beautiful landscape',
      overrides: {},
      catalogue: nothingRetired,
      ...input,
    });
    return { preset, avatar, endpoint: order.endpoint, body: toWire(order) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { preset, avatar, refused: error.message };
  }
}

describe('the body of a submit', () => {
  it('has a golden case for every preset and kind of avatar', () => {
    const cases = goldens.map(({ preset, avatar }) => `${preset} / ${avatar}`);
    expect(cases).toEqual(
      Object.keys(avatars).flatMap((avatar) => presetNames.map((preset) => `${preset} / ${avatar}`)),
    );
  });

  it.each(goldens)('$preset with a $avatar', (golden) => {
    expect(sent(golden.preset, golden.avatar)).toEqual(golden);
  });

  it('never has a name that the endpoint would silently ignore', () => {
    for (const { endpoint, body = {} } of goldens) {
      expect(body).not.toHaveProperty('lora_url');
      expect(body).not.toHaveProperty('lora_scale');
      if (endpoint === 'fal-ai/flux-lora') expect(body).not.toHaveProperty('safety_tolerance');
      if (endpoint === 'fal-ai/flux-pro/v1.1-ultra-finetuned') {
        for (const name of ['image_size', 'num_inference_steps', 'guidance_scale'])
          expect(body).not.toHaveProperty(name);
      }
    }
  });

  it('carries overrides, seed and a companion', () => {
    const overrides = {
      seed: 0,
      count: 3,
      format: 'png',
      steps: 12,
      guidance: 7,
      aspectRatio: '16:9',
    } as const;
    const companion: RoutedAvatar = { ...(avatars['artistic LoRA'] as RoutedAvatar), defaultStrength: 0.5 };
    expect(sent('balanced', 'portrait LoRA', { overrides, companion }).body).toEqual({
      prompt: 'TOK ARTST beautiful landscape',
      loras: [
        { path: lora.url, scale: 1 },
        { path: lora.url, scale: 0.5 },
      ],
      image_size: 'landscape_16_9',
      num_inference_steps: 12,
      guidance_scale: 7,
      num_images: 3,
      seed: 0,
      enable_safety_checker: true,
      output_format: 'png',
    });
  });

  it('carries the picture to start from as its schema has it', () => {
    const words = sent('quality', 'portrait LoRA');
    const order = route({
      avatar: avatars['portrait LoRA'] as RoutedAvatar,
      picture: { source: 'images/1.jpeg', change: 0.7 },
      preset: 'quality',
      prompt: 'beautiful landscape',
      overrides: {},
      catalogue: nothingRetired,
    });
    expect(order.endpoint).toBe('fal-ai/flux-lora/image-to-image');
    expect(toWire(order, 'https://v3.fal.media/files/1.jpeg')).toEqual({
      ...words.body,
      image_url: 'https://v3.fal.media/files/1.jpeg',
      strength: 0.7,
    });
  });

  it('carries safety and raw of ultra as its schema has them', () => {
    const overrides = { safety: 3, raw: true, seed: 9 } as const;
    expect(sent('ultra', 'artistic finetune', { overrides }).body).toMatchObject({
      safety_tolerance: '3',
      raw: true,
      seed: 9,
    });
  });

  it('is refused for an endpoint that only a later release knows', () => {
    const order = JSON.parse('{"endpoint":"fal-ai/later","prompt":"a b c"}');
    const refused = expect.objectContaining({ trouble: 'refused' });
    expect(() => toWire(order)).toThrow(refused);
    expect(() => trainingToWire(order, 'https://v3.fal.media/photos.zip')).toThrow(refused);
  });
});
