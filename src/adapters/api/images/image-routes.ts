import { createRoute, z } from '@hono/zod-openapi';
import { ownImage } from '../../../application/gallery/own-image.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { idIn, uuid } from '../named-id.js';
import { cursorIn, pageQuery } from '../pages.js';
import { answers, idParam, json } from '../route-parts.js';
import { fileHeaders, fileResponses } from './file-answer.js';
import { imageFile } from './image-file.js';
import { imagePageSchema, keptImageView } from './image-view.js';

export const listImages = createRoute({
  method: 'get',
  path: '/v1/images',
  summary: 'Your pictures',
  middleware: [needs('read')] as const,
  request: { query: pageQuery },
  responses: answers({ 200: json(imagePageSchema, 'Some of them.') }),
});

export const readImage = createRoute({
  method: 'get',
  path: '/v1/images/{id}',
  summary: 'A picture itself',
  middleware: [needs('read')] as const,
  request: {
    params: idParam,
    query: z.strictObject({
      redirect: z.literal('1').optional().openapi({
        description: 'Sends you to the store for it, where the operator allows that; else you get the bytes.',
      }),
    }),
    headers: fileHeaders,
  },
  responses: answers({
    ...fileResponses('Its bytes.', ['image/jpeg', 'image/png', 'image/webp']),
    302: { description: 'Where its bytes are, for a minute; without your key.' },
  }),
});

/** Pictures that are there: listed, and their bytes. */
export function addImages(api: Api, services: ApiServices): void {
  const { database, media, imageLinks } = services;

  api.openapi(listImages, async (context) => {
    const { cursor, limit } = context.req.valid('query');
    const { owner } = context.var.key;
    const after = cursorIn(cursor, uuid);
    const from = after === undefined ? {} : { from: { after } };
    const { images, next } = await services.listImages.execute(from, { owner, limit });
    const last = images.at(-1);
    return context.json(
      { images: images.map(keptImageView), next: next === null ? null : (last?.id ?? null) },
      200,
    );
  });

  api.openapi(readImage, async (context) => {
    const id = idIn(context.req.valid('param').id, 'image');
    const image = await ownImage(database.stores.gallery, context.var.key.owner, id);
    const byLink = imageLinks && context.req.valid('query').redirect !== undefined;
    return (await imageFile(context, { media, byLink }, image)) as never;
  });
}
