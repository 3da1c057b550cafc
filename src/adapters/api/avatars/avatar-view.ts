import { z } from '@hono/zod-openapi';
import type { ReadStores } from '../../../application/ports/stores/way-in-database.js';
import type { Avatar } from '../../../domain/avatar/avatar.js';
import { modelKinds } from '../../../domain/avatar/avatar-model.js';
import { avatarTypes } from '../../../domain/avatar/avatar-type.js';
import { nextCursor } from '../pages.js';
import { trainingSchema, trainingView } from './training-view.js';

export const avatarSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    type: z.enum(avatarTypes),
    status: z.enum(['draft', 'training', 'ready', 'failed']),
    kind: z.enum(modelKinds).nullable().openapi({ description: 'Of the model it holds; null: none yet.' }),
    trigger: z.string().nullable().openapi({ description: 'Stands in front of every prompt.' }),
    main: z.boolean(),
    strength: z.number().nullable().openapi({ description: 'null: the preset’s.' }),
    photos: z.object({
      kept: z.int(),
      warned: z.int().openapi({ description: 'Not trained on until their owner decides about each.' }),
    }),
    training: trainingSchema.nullable().openapi({ description: 'The latest one.' }),
    created_at: z.iso.datetime(),
  })
  .openapi('Avatar');

export type AvatarView = z.infer<typeof avatarSchema>;

export const avatarPageSchema = z
  .object({ avatars: z.array(avatarSchema).openapi({ description: 'Oldest first.' }), next: nextCursor })
  .openapi('AvatarPage');

export async function avatarView(
  { photos, trainings }: Pick<ReadStores, 'photos' | 'trainings'>,
  avatar: Avatar,
): Promise<AvatarView> {
  const { id, name, type, status, trigger, isMain, defaultStrength, createdAt } = avatar;
  const all = await photos.list(id);
  const kept = all.filter((photo) => photo.status === 'kept').length;
  const [latest] = await trainings.ofAvatar(id);
  return {
    ...{ id, name, type, status, trigger },
    kind: avatar.status === 'ready' ? avatar.model.kind : null,
    main: isMain,
    strength: defaultStrength,
    photos: { kept, warned: all.length - kept },
    training: latest === undefined ? null : trainingView(latest),
    created_at: createdAt.toISOString(),
  };
}
