import { z } from '@hono/zod-openapi';
import type { ReadStores } from '../../../application/ports/stores/way-in-database.js';
import type { Avatar } from '../../../domain/avatar/avatar.js';
import { modelKinds } from '../../../domain/avatar/avatar-model.js';
import { avatarTypes } from '../../../domain/avatar/avatar-type.js';
import type { DraftPhoto } from '../../../domain/avatar/photo.js';
import type { UserId } from '../../../domain/ids.js';
import type { Training } from '../../../domain/training/training.js';
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

type Asked = Pick<ReadStores, 'photos' | 'trainings'>;

export const avatarView = async ({ photos, trainings }: Asked, avatar: Avatar): Promise<AvatarView> =>
  viewOf(avatar, await photos.list(avatar.id), await trainings.ofAvatar(avatar.id));

/** Of some of this person's, who has few photos and trainings: all of them are asked for at once. */
export async function avatarViews(
  { photos, trainings }: Asked,
  owner: UserId,
  avatars: readonly Avatar[],
): Promise<AvatarView[]> {
  const [theirPhotos, theirTrainings] = [await photos.ofOwner(owner), await trainings.ofOwner(owner)];
  return avatars.map((each) => {
    const isOfIt = ({ avatar }: DraftPhoto | Training) => avatar === each.id;
    return viewOf(each, theirPhotos.filter(isOfIt), theirTrainings.filter(isOfIt));
  });
}

/** @param trainings newest first */
function viewOf(avatar: Avatar, photos: readonly DraftPhoto[], [latest]: readonly Training[]): AvatarView {
  const { id, name, type, status, trigger, isMain, defaultStrength, createdAt } = avatar;
  const kept = photos.filter((photo) => photo.status === 'kept').length;
  return {
    ...{ id, name, type, status, trigger },
    kind: avatar.status === 'ready' ? avatar.model.kind : null,
    main: isMain,
    strength: defaultStrength,
    photos: { kept, warned: photos.length - kept },
    training: latest === undefined ? null : trainingView(latest),
    created_at: createdAt.toISOString(),
  };
}
