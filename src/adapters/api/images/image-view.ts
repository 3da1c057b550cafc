import { z } from '@hono/zod-openapi';
import type { GalleryItem } from '../../../application/ports/stores/gallery-store.js';
import { imageSchema, imageView } from '../generations/generation-view.js';
import { nextCursor } from '../pages.js';

export const keptImageSchema = imageSchema
  .extend({
    generation: z.uuid(),
    prompt: z.string(),
    preset: z.string().nullable(),
    avatar: z.uuid().nullable(),
    favourite: z.boolean(),
    created_at: z.iso.datetime(),
  })
  .openapi('KeptImage');

export const imagePageSchema = z
  .object({
    images: z.array(keptImageSchema).openapi({ description: 'Newest first.' }),
    next: nextCursor,
  })
  .openapi('ImagePage');

export const keptImageView = (item: GalleryItem): z.infer<typeof keptImageSchema> => ({
  ...imageView(item),
  generation: item.generation,
  prompt: item.prompt,
  preset: item.preset,
  avatar: item.avatar,
  favourite: item.favourite,
  created_at: item.createdAt.toISOString(),
});
