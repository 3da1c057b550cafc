import { z } from '@hono/zod-openapi';
import type { SortedPhotos } from '../../../application/avatars/photos/sort-photos.js';
import { type DraftPhoto, photoWarnings, twinOf } from '../../../domain/avatar/photo.js';
import type { EnglishTexts } from '../api-services.js';

const photoSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(['kept', 'warned']).openapi({ description: 'warned: not trained on until you keep it.' }),
    warnings: z.array(z.object({ code: z.enum(photoWarnings), text: z.string() })),
    like: z.uuid().nullable().openapi({ description: 'The earlier photo that it is almost the same as.' }),
    faces: z.int().nullable().openapi({ description: 'So many were found; null: nobody looked.' }),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    created_at: z.iso.datetime(),
  })
  .openapi('Photo');

export const photoSetSchema = z
  .object({
    photos: z.array(photoSchema).openapi({ description: 'As they were sent.' }),
    kept: z.int(),
    warned: z.int(),
    enough: z.boolean().openapi({ description: 'It can be trained.' }),
  })
  .openapi('PhotoSet');

export const photoSetView = (
  { photos, set }: SortedPhotos,
  texts: Pick<EnglishTexts, 'photoWarning'>,
): z.infer<typeof photoSetSchema> => ({
  photos: photos.map((photo) => photoView(photo, photos, texts)),
  kept: set.kept,
  warned: set.warned,
  enough: set.isEnough,
});

function photoView(
  photo: DraftPhoto,
  others: readonly DraftPhoto[],
  texts: Pick<EnglishTexts, 'photoWarning'>,
): z.infer<typeof photoSchema> {
  const { id, status, warnings, faceCount, width, height, bytes, createdAt } = photo;
  const twin = warnings.includes('near_duplicate') ? twinOf(photo, others) : null;
  return {
    ...{ id, status, width, height, bytes },
    warnings: warnings.map((code) => ({ code, text: texts.photoWarning(code) })),
    like: twin?.id ?? null,
    faces: faceCount,
    created_at: createdAt.toISOString(),
  };
}
