import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ImageChange } from '../../../application/gallery/change-image.js';
import type { GalleryItem } from '../../../application/ports/stores/gallery-store.js';
import type { Api, ApiEnv, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { idIn } from '../named-id.js';
import { answers, idParam, json } from '../route-parts.js';
import { keptImageSchema, keptImageView } from './image-view.js';

const request = { params: idParam };
const middleware = needs('generate');
const asItIs = answers({ 200: json(keptImageSchema, 'As it is now.') });

const favourImage = createRoute({
  method: 'put',
  path: '/v1/images/{id}/favourite',
  summary: 'Make it a favourite',
  middleware,
  request,
  responses: asItIs,
});

const unfavourImage = createRoute({
  method: 'delete',
  path: '/v1/images/{id}/favourite',
  summary: 'Make it no favourite',
  middleware,
  request,
  responses: asItIs,
});

export const deleteImage = createRoute({
  method: 'delete',
  path: '/v1/images/{id}',
  summary: 'Delete a picture',
  middleware,
  request,
  responses: answers({ 204: { description: 'Gone. For a day it can be restored.' } }),
});

const restoreImage = createRoute({
  method: 'post',
  path: '/v1/images/{id}/restore',
  summary: 'Bring a deleted picture back',
  middleware,
  request,
  responses: answers({ 200: json(keptImageSchema, 'There again.') }),
});

/** What its owner does with a picture that is there. */
export function addImageChanges(api: Api, { changeImage }: ApiServices): void {
  const change = (context: Context<ApiEnv>, what: ImageChange['change']): Promise<GalleryItem> => {
    const image = idIn(context.req.param('id') ?? '', 'image');
    return changeImage.execute({ image, change: what }, { owner: context.var.key.owner });
  };

  api.openapi(favourImage, async (context) =>
    context.json(keptImageView(await change(context, 'favour')), 200),
  );
  api.openapi(unfavourImage, async (context) =>
    context.json(keptImageView(await change(context, 'unfavour')), 200),
  );
  api.openapi(restoreImage, async (context) =>
    context.json(keptImageView(await change(context, 'restore')), 200),
  );
  api.openapi(deleteImage, async (context) => {
    await change(context, 'delete');
    return context.body(null, 204);
  });
}
