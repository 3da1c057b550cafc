import { z } from '@hono/zod-openapi';
import type { GenerationRequest } from '../../../application/generation/request-generation.js';
import type { Sent } from '../../../application/input/input-validation.js';
import { aspectRatios, imageSizes } from '../../../domain/generation/aspect-ratio.js';
import { presetNames } from '../../../domain/generation/preset.js';
import { mostCredits } from '../route-parts.js';

const number = (description: string) => z.number().optional().openapi({ description });

/**
 * What an order may say. Only types are judged here: which values fit which preset and avatar the domain alone knows, and
 * it names all that do not at once.
 */
export const generationBody = z
  .strictObject({
    prompt: z.string().openapi({ example: 'in medieval armor, golden hour' }),
    avatar: z.string().optional().openapi({ description: 'Id or name; without one your main avatar.' }),
    companion: z.string().optional().openapi({ description: 'A second avatar in the same picture.' }),
    preset: z
      .string()
      .optional()
      .openapi({ description: presetNames.join(', ') }),
    aspect_ratio: z
      .string()
      .optional()
      .openapi({ description: aspectRatios.join(', ') }),
    image_size: z
      .string()
      .optional()
      .openapi({ description: imageSizes.join(', ') }),
    count: number('Images in one go, 1-4.'),
    seed: number('0-4294967295; the same seed and order give the same image.'),
    steps: number('Inference steps, 1-50.'),
    guidance: number('Guidance scale: 0-35 with a LoRA, 1.5-5 with a finetune.'),
    strength: number('Of whichever model the avatar holds: LoRA 0-4, finetune 0-2.'),
    lora_scale: number('0-4; only for an avatar that holds a LoRA.'),
    finetune_strength: number('0-2; only for an avatar that holds a finetune.'),
    safety: number('1 strict, 2 standard, 3 soft; only with a finetune.'),
    format: z.string().optional().openapi({ description: 'jpeg or png' }),
    raw: z.boolean().optional().openapi({ description: 'Less processed; only on ultra.' }),
    max_credits: mostCredits,
    sure: z.boolean().optional().openapi({ description: 'After words_doubted: they are meant.' }),
  })
  .openapi('GenerationRequest');

type Body = Sent<z.infer<typeof generationBody>>;

/** The same as the use case takes it: who asks may say nothing else. Values are judged there, whatever they are. */
export function asRequest(body: Body): Sent<GenerationRequest> {
  const { prompt, avatar, companion, preset, max_credits: _, sure: __, ...rest } = body;
  const { aspect_ratio, image_size, lora_scale, finetune_strength, ...same } = rest;
  const overrides = {
    ...same,
    aspectRatio: aspect_ratio,
    imageSize: image_size,
    loraScale: lora_scale,
    finetuneStrength: finetune_strength,
  };
  return { prompt, avatar, companion, preset, overrides };
}
