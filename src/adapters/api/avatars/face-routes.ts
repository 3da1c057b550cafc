import { createRoute, z } from '@hono/zod-openapi';
import { Turns } from '../../../application/policy/turns.js';
import { DomainError } from '../../../domain/errors.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { fileHeaders, fileResponses, jpegAnswer } from '../images/file-answer.js';
import { jsonBody } from '../json-body.js';
import { refusedBody } from '../refused-body.js';
import { answers, json, jsonRequest } from '../route-parts.js';
import { photoNamed, photoParams } from './photo-routes.js';
import { photoSetSchema, photoSetView } from './photo-view.js';

/** Photos that are decoded and cut at once. */
const cutAtOnce = 2;

const faceBody = z
  .strictObject({
    number: z.int().openapi({ description: 'As in the picture of them, from 1.', example: 1 }),
  })
  .openapi('FaceChoice');

const readFaces = createRoute({
  method: 'get',
  path: '/v1/avatars/{id}/photos/{photo}/faces',
  summary: 'The people in a photo',
  middleware: [needs('read')] as const,
  request: { params: photoParams, headers: fileHeaders },
  responses: answers(
    fileResponses('One picture: each person in it, numbered from left to right. Its bytes.', ['image/jpeg']),
  ),
});

const chooseFace = createRoute({
  method: 'post',
  path: '/v1/avatars/{id}/photos/{photo}/face',
  summary: 'Choose one of several people',
  middleware: [needs('avatars'), jsonBody] as const,
  request: {
    params: photoParams,
    ...jsonRequest(faceBody),
  },
  responses: answers({ 200: json(photoSetSchema, 'The photo is cut around that face, and kept.') }),
});

/** Of a photo with several people its owner chooses the one. */
export function addFaces(api: Api, services: ApiServices): void {
  const { sortPhotos, texts } = services;
  const cutting = new Turns(cutAtOnce);

  api.openapi(readFaces, async (context) => {
    const named = photoNamed(context.req.valid('param'));
    const { owner } = context.var.key;
    const { sheet } = await cutting.take(() => services.chooseFace.offer(named, { owner }));
    if (sheet === null) throw new DomainError({ code: 'not_found', what: 'face' });
    return (await jpegAnswer(context, sheet, `${named.photo}-faces`)) as never;
  });

  api.openapi(
    chooseFace,
    async (context) => {
      const named = photoNamed(context.req.valid('param'));
      const { owner } = context.var.key;
      const choice = { ...named, ...context.req.valid('json') };
      await cutting.take(() => services.chooseFace.execute(choice, { owner }));
      return context.json(
        photoSetView(await sortPhotos.list({ avatar: named.avatar }, { owner }), texts),
        200,
      );
    },
    refusedBody(),
  );
}
