import { z } from '@hono/zod-openapi';
import type { DescribedPreset, PresetOffer } from '../../../application/composer/describe-presets.js';
import { modelFacts, modelKinds } from '../../../domain/avatar/avatar-model.js';
import { aspectRatios, imageSizes } from '../../../domain/generation/aspect-ratio.js';
import { imageFormats } from '../../../domain/generation/preset.js';
import type { PresetTexts } from '../api-services.js';

const range = z.object({ from: z.number(), to: z.number() });

const offerSchema = z
  .object({
    model: z.enum(modelKinds).openapi({ description: 'What the avatar holds.' }),
    endpoint: z.string().openapi({ description: 'Where its pictures are made just now.' }),
    credits: z.int().openapi({ description: 'For one picture. More steps than usual may cost more.' }),
    aspect_ratios: z.array(z.enum(aspectRatios)),
    count: range,
    steps: range.nullable().openapi({ description: 'null: there is no such setting.' }),
    guidance: range.nullable(),
    strength: range.extend({ usual: z.number().nullable() }),
    safety: z.boolean().openapi({ description: 'Whether safety can be set.' }),
    raw: z.boolean().openapi({ description: 'Whether raw can be set.' }),
  })
  .openapi('PresetOffer');

export const presetSchema = z
  .object({
    id: z.string().openapi({ description: 'What an order calls it.', example: 'balanced' }),
    name: z.string().openapi({ description: 'For people, in English.' }),
    description: z.string(),
    settings: z
      .object({
        steps: z.int().nullable(),
        guidance: z.number().nullable(),
        image_size: z.enum(imageSizes).nullable(),
        aspect_ratio: z.enum(aspectRatios).nullable(),
        count: z.int(),
        safety: z.int(),
        format: z.enum(imageFormats),
        raw: z.boolean(),
      })
      .openapi({ description: 'What an order has that does not say otherwise.' }),
    expected_seconds: range.nullable().openapi({ description: 'null: it was not measured.' }),
    offers: z.array(offerSchema).openapi({ description: 'One for each kind of avatar that it works with.' }),
  })
  .openapi('Preset');

export function presetView(
  { preset, offers }: DescribedPreset,
  texts: PresetTexts,
): z.infer<typeof presetSchema> {
  const { steps, guidance, imageSize, aspectRatio, count, safetyTolerance, format, raw } = preset;
  return {
    id: preset.name,
    ...texts,
    settings: {
      ...{ steps, guidance, image_size: imageSize, aspect_ratio: aspectRatio },
      ...{ count, safety: Number(safetyTolerance), format, raw },
    },
    expected_seconds: preset.expectedSeconds,
    offers: offers.map((offer) => offerView(offer, preset)),
  };
}

function offerView(
  { model, endpoint, credits }: PresetOffer,
  preset: DescribedPreset['preset'],
): z.infer<typeof offerSchema> {
  const { name, from, to } = modelFacts[model].strength;
  const { count, steps, guidance, safetyTolerance, raw } = endpoint;
  return {
    ...{ model, endpoint: endpoint.id, credits },
    aspect_ratios: [...endpoint.aspectRatios],
    ...{ count, steps, guidance },
    strength: { from, to, usual: preset[name] },
    ...{ safety: safetyTolerance, raw },
  };
}
