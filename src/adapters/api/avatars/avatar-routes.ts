import { createRoute, z } from '@hono/zod-openapi';
import { ownAvatar } from '../../../application/avatars/find-avatar.js';
import type { Avatar } from '../../../domain/avatar/avatar.js';
import { avatarTypes } from '../../../domain/avatar/avatar-type.js';
import { avatarId } from '../../../domain/ids.js';
import { askedBy } from '../api-origin.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { jsonBody } from '../json-body.js';
import { idIn } from '../named-id.js';
import { cursorIn, pageQuery } from '../pages.js';
import { refusedBody } from '../refused-body.js';
import { answers, idParam, json, jsonRequest } from '../route-parts.js';
import { avatarPageSchema, avatarSchema, avatarView, avatarViews } from './avatar-view.js';

const draftBody = z
  .strictObject({
    type: z.string().openapi({ description: avatarTypes.join(', ') }),
    name: z.string().optional().openapi({ description: '2-50 characters; without one it gets a number.' }),
  })
  .openapi('AvatarRequest');

const changeBody = z
  .strictObject({
    name: z.string().optional().openapi({ description: '2-50 characters.' }),
    main: z.boolean().optional().openapi({ description: 'true; another one becomes it in the same way.' }),
    strength: z.number().nullable().optional().openapi({ description: 'null: the preset’s.' }),
  })
  .openapi('AvatarChange');

export const listAvatars = createRoute({
  method: 'get',
  path: '/v1/avatars',
  summary: 'Your avatars',
  middleware: [needs('read')] as const,
  request: { query: pageQuery },
  responses: answers({ 200: json(avatarPageSchema, 'Some of them, oldest first.') }),
});

export const readAvatar = createRoute({
  method: 'get',
  path: '/v1/avatars/{id}',
  summary: 'How an avatar is',
  middleware: [needs('read')] as const,
  request: { params: idParam },
  responses: answers({ 200: json(avatarSchema, 'As it is now.') }),
});

export const createAvatar = createRoute({
  method: 'post',
  path: '/v1/avatars',
  summary: 'Begin an avatar',
  middleware: [needs('avatars'), jsonBody] as const,
  request: jsonRequest(draftBody),
  responses: answers({ 201: json(avatarSchema, 'A draft: photos and the training come next.') }),
});

export const changeAvatar = createRoute({
  method: 'patch',
  path: '/v1/avatars/{id}',
  summary: 'Rename it, make it the main one, set its strength',
  middleware: [needs('avatars'), jsonBody] as const,
  request: {
    params: idParam,
    ...jsonRequest(changeBody),
  },
  responses: answers({ 200: json(avatarSchema, 'All of it is changed; or, with a problem, nothing.') }),
});

export const deleteAvatar = createRoute({
  method: 'delete',
  path: '/v1/avatars/{id}',
  summary: 'Delete an avatar',
  middleware: [needs('avatars')] as const,
  request: {
    params: idParam,
    query: z.strictObject({
      images: z.enum(['true', 'false']).optional().openapi({ description: 'true: its pictures, too.' }),
    }),
  },
  responses: answers({
    204: { description: 'Gone, with its photos, weights and proof sheets. An open training is cancelled.' },
  }),
});

type Place = Pick<Avatar, 'createdAt' | 'id'>;

/** When one was made, and its id: where it stands in the list, also when it is deleted. */
const placeForm = /^\d{1,15}_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const placeOf = ({ createdAt, id }: Place): string => `${createdAt.getTime()}_${id}`;

function placeIn(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [made = '', id = ''] = cursor.split('_');
  return { createdAt: new Date(Number(made)), id: avatarId(id) };
}

/** Avatars: listed, begun, changed, deleted. */
export function addAvatars(api: Api, services: ApiServices): void {
  const { startDraft, changeAvatar: change, deleteAvatar: remove } = services;
  const { stores } = services.database;

  // Before any body is read: what is not yours is not there.
  api.use('/v1/avatars/:id/*', async (context, next) => {
    const id = avatarId(idIn(context.req.param('id') ?? '', 'avatar'));
    await ownAvatar(stores, context.var.key.owner, id);
    await next();
  });

  api.openapi(listAvatars, async (context) => {
    const { cursor, limit } = context.req.valid('query');
    const after = placeIn(cursorIn(cursor, placeForm));
    const { owner } = context.var.key;
    const found = await stores.avatars.list(owner, { limit: limit + 1, after });
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    const avatars = await avatarViews(stores, owner, shown);
    return context.json({ avatars, next: last === undefined ? null : placeOf(last) }, 200);
  });

  api.openapi(readAvatar, async (context) => {
    const id = avatarId(idIn(context.req.valid('param').id, 'avatar'));
    const avatar = await ownAvatar(stores, context.var.key.owner, id);
    return context.json(await avatarView(stores, avatar), 200);
  });

  api.openapi(
    createAvatar,
    async (context) => {
      const { avatar } = await startDraft.execute(context.req.valid('json'), askedBy(context.var.key));
      return context.json(await avatarView(stores, avatar), 201);
    },
    refusedBody((rest, problems, key) => startDraft.execute(rest, { ...askedBy(key), problems })),
  );

  api.openapi(
    changeAvatar,
    async (context) => {
      const avatar = idIn(context.req.valid('param').id, 'avatar');
      const { owner } = context.var.key;
      const changed = await change.execute({ avatar, ...context.req.valid('json') }, { owner });
      return context.json(await avatarView(stores, changed), 200);
    },
    refusedBody((rest, problems, { owner }, context) =>
      change.execute({ ...rest, avatar: context.req.param('id') }, { owner, problems }),
    ),
  );

  api.openapi(deleteAvatar, async (context) => {
    const avatar = avatarId(idIn(context.req.valid('param').id, 'avatar'));
    const withImages = context.req.valid('query').images === 'true';
    await remove.execute({ avatar, withImages }, { owner: context.var.key.owner });
    return context.body(null, 204);
  });
}
