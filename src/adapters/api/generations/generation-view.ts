import { z } from '@hono/zod-openapi';
import type { Glance } from '../../../application/ports/stores/generation-store.js';
import type { ImageRow } from '../../../application/ports/stores/image-store.js';
import { failureKinds } from '../../../domain/failure.js';
import {
  chargedFor,
  type Generation,
  heldFor,
  isOpenGeneration,
} from '../../../domain/generation/generation.js';

const generationStatuses = ['queued', 'running', 'done', 'blocked', 'failed', 'cancelled'] as const;
export type ApiStatus = (typeof generationStatuses)[number];

export const imageSchema = z
  .object({
    id: z.uuid(),
    width: z.int(),
    height: z.int(),
    content_type: z.string().openapi({ example: 'image/jpeg' }),
    bytes: z.int(),
  })
  .openapi('Image');

export const generationSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(generationStatuses).openapi({
      description:
        'blocked: the safety filter withheld all of it. Of blocked, failed and cancelled nothing is charged.',
    }),
    position: z.int().nullable().openapi({ description: 'In the provider’s queue, where it is known.' }),
    endpoint: z.string(),
    preset: z.string().nullable(),
    avatar: z.uuid().nullable(),
    prompt: z.string(),
    seed: z.string().nullable().openapi({ description: 'May be larger than a number of JavaScript.' }),
    images: z.array(imageSchema),
    credits: z.int().openapi({ description: 'Set aside while it is open, then what was charged.' }),
    created_at: z.iso.datetime(),
    failure: z.object({ kind: z.enum(failureKinds) }).optional(),
  })
  .openapi('Generation');

export type GenerationView = z.infer<typeof generationSchema>;

/** The provider’s words for a phase, as few as a program needs. */
export function statusOf({ status, progress }: Pick<Glance, 'status' | 'progress'>): ApiStatus {
  switch (status) {
    case 'accepted':
    case 'submitting':
      return 'queued';
    case 'submitted':
      return progress?.phase === 'running' || progress?.phase === 'downloading' ? 'running' : 'queued';
    case 'collected':
    case 'delivered':
      return 'done';
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return status;
    default:
      return status satisfies never;
  }
}

export const imageView = ({
  id,
  width,
  height,
  contentType,
  bytes,
}: ImageRow): z.infer<typeof imageSchema> => ({
  ...{ id, width, height, content_type: contentType, bytes },
});

export function generationView(
  generation: Generation,
  progress: Glance['progress'],
  images: readonly ImageRow[],
): GenerationView {
  const { id, order, preset, avatar, prompt, overrides, createdAt } = generation;
  const seed = 'seed' in generation && generation.seed !== null ? generation.seed : overrides.seed;
  return {
    id,
    status: statusOf({ status: generation.status, progress }),
    position: generation.status === 'submitted' ? (progress?.position ?? null) : null,
    endpoint: order.endpoint,
    ...{ preset, avatar, prompt },
    seed: seed === undefined ? null : String(seed),
    images: images.map(imageView),
    credits: isOpenGeneration(generation) ? heldFor(generation) : chargedFor(generation),
    created_at: createdAt.toISOString(),
    // What the operator reads of it is not for everybody.
    ...(generation.status === 'failed' ? { failure: { kind: generation.failure.kind } } : {}),
  };
}
