import { createRoute, z } from '@hono/zod-openapi';
import { DomainError } from '../../../domain/errors.js';
import { avatarId, photoId } from '../../../domain/ids.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { fileHeaders, fileResponses, jpegAnswer, unlessGone } from '../images/file-answer.js';
import { idIn } from '../named-id.js';
import { answers, idParam, json } from '../route-parts.js';
import { photoSetSchema, photoSetView } from './photo-view.js';

export const photoParams = idParam.extend({ photo: z.string().openapi({ format: 'uuid' }) });

/** What names a photo in an address. @throws DomainError `not_found` */
export const photoNamed = ({ id, photo }: z.infer<typeof photoParams>) => ({
  avatar: avatarId(idIn(id, 'avatar')),
  photo: photoId(idIn(photo, 'photo')),
});

const listPhotos = createRoute({
  method: 'get',
  path: '/v1/avatars/{id}/photos',
  summary: 'Its photos',
  middleware: [needs('read')] as const,
  request: { params: idParam },
  responses: answers({ 200: json(photoSetSchema, 'All of them, and what is doubtful in each.') }),
});

const readPhoto = createRoute({
  method: 'get',
  path: '/v1/avatars/{id}/photos/{photo}',
  summary: 'A photo itself',
  middleware: [needs('read')] as const,
  request: { params: photoParams, headers: fileHeaders },
  responses: answers(fileResponses('Its bytes, as they are kept.', ['image/jpeg'])),
});

export const keepPhoto = createRoute({
  method: 'post',
  path: '/v1/avatars/{id}/photos/{photo}/keep',
  summary: 'Take a doubtful photo in',
  middleware: [needs('avatars')] as const,
  request: { params: photoParams },
  responses: answers({ 200: json(photoSetSchema, 'It is trained on as the others are.') }),
});

const removePhoto = createRoute({
  method: 'delete',
  path: '/v1/avatars/{id}/photos/{photo}',
  summary: 'Take a photo out',
  middleware: [needs('avatars')] as const,
  request: { params: photoParams },
  responses: answers({ 204: { description: 'Gone, with its files.' } }),
});

/** What its owner decides about the photos of an avatar in the making. */
export function addPhotos(api: Api, { sortPhotos, media, texts }: ApiServices): void {
  api.openapi(listPhotos, async (context) => {
    const avatar = avatarId(idIn(context.req.valid('param').id, 'avatar'));
    const { owner } = context.var.key;
    return context.json(photoSetView(await sortPhotos.list({ avatar }, { owner }), texts), 200);
  });

  api.openapi(readPhoto, async (context) => {
    const { avatar, photo } = photoNamed(context.req.valid('param'));
    const { owner } = context.var.key;
    const { photos } = await sortPhotos.list({ avatar }, { owner });
    const found = photos.find(({ id }) => id === photo);
    if (found === undefined) throw new DomainError({ code: 'not_found', what: 'photo' });
    const picture = await unlessGone(media.bytes(found.mediaKey), 'photo');
    return (await jpegAnswer(context, picture, photo)) as never;
  });

  api.openapi(keepPhoto, async (context) => {
    const named = photoNamed(context.req.valid('param'));
    const { owner } = context.var.key;
    return context.json(photoSetView(await sortPhotos.keep(named, { owner }), texts), 200);
  });

  api.openapi(removePhoto, async (context) => {
    await sortPhotos.remove(photoNamed(context.req.valid('param')), { owner: context.var.key.owner });
    return context.body(null, 204);
  });
}
