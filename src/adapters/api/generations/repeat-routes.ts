import { createRoute, z } from '@hono/zod-openapi';
import { ownImage } from '../../../application/gallery/own-image.js';
import { presetNames } from '../../../domain/generation/preset.js';
import { changeNames, changes } from '../../../domain/generation/variation.js';
import { askedBy } from '../api-origin.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { jsonBody } from '../json-body.js';
import { idIn } from '../named-id.js';
import { refusedBody } from '../refused-body.js';
import { idempotencyHeader, idParam, jsonRequest, mostCredits } from '../route-parts.js';
import { findGeneration, idNamed } from './find-generation.js';
import { placedOnce, placedOrder } from './placed-order.js';

const amounts = changeNames.map((name) => `${name} ${changes[name]}`).join(', ');
const upscaleBody = z.strictObject({ max_credits: mostCredits }).openapi('UpscaleRequest');
const variationBody = z
  .strictObject({
    change: z.enum(changeNames).openapi({
      example: 'more',
      description: `How much of the picture is made anew, 0-1: ${amounts}.`,
    }),
    max_credits: mostCredits,
  })
  .openapi('VariationRequest');
const repetitionBody = z
  .strictObject({
    preset: z.enum(presetNames).optional().openapi({
      description: 'Another preset with the same seed; without it the same order with a new seed.',
    }),
    max_credits: mostCredits,
  })
  .openapi('Repetition');

/** An order that starts from what was made before. */
const again = <Path extends string, Body extends z.ZodType>(path: Path, summary: string, schema: Body) =>
  createRoute({
    method: 'post',
    path,
    summary,
    middleware: [needs('generate'), jsonBody] as const,
    request: {
      params: idParam,
      headers: idempotencyHeader,
      ...jsonRequest(schema),
    },
    responses: placedOrder,
  });

const upscaleImage = again('/v1/images/{id}/upscale', 'Order a picture twice as large', upscaleBody);
export const varyImage = again('/v1/images/{id}/variations', 'Order one more like a picture', variationBody);
const repeatGeneration = again('/v1/generations/{id}/repeat', 'Order the same once more', repetitionBody);

/** Orders that start from a picture or from an earlier order. */
export function addRepeats(api: Api, services: ApiServices): void {
  const { requestUpscale, requestVariation, repeatGeneration: repeat, database } = services;

  // Before any body is read: what is not yours is not there.
  for (const path of ['/v1/images/:id/upscale', '/v1/images/:id/variations'])
    api.use(path, async (context, next) => {
      const id = idIn(context.req.param('id') ?? '', 'image');
      await ownImage(database.stores.gallery, context.var.key.owner, id);
      await next();
    });
  api.use('/v1/generations/:id/repeat', async (context, next) => {
    await findGeneration(services, context.var.key.owner, context.req.param('id'));
    await next();
  });

  api.openapi(
    upscaleImage,
    async (context) => {
      const image = idIn(context.req.valid('param').id, 'image');
      const by = { ...askedBy(context.var.key), agreed: context.req.valid('json').max_credits };
      const answer = await placedOnce(services, context, (requestKey) =>
        requestUpscale.execute({ image }, { ...by, requestKey }),
      );
      return answer as never;
    },
    refusedBody(),
  );

  api.openapi(
    varyImage,
    async (context) => {
      const image = idIn(context.req.valid('param').id, 'image');
      const { change, max_credits: agreed } = context.req.valid('json');
      const by = { ...askedBy(context.var.key), agreed };
      const answer = await placedOnce(services, context, (requestKey) =>
        requestVariation.execute({ image, change }, { ...by, requestKey }),
      );
      return answer as never;
    },
    refusedBody(),
  );

  api.openapi(
    repeatGeneration,
    async (context) => {
      const id = idNamed(context.req.valid('param').id);
      const { preset, max_credits: agreed } = context.req.valid('json');
      const by = { ...askedBy(context.var.key), agreed };
      const answer = await placedOnce(services, context, (requestKey) =>
        repeat.execute({ id, preset }, { ...by, requestKey }),
      );
      return answer as never;
    },
    refusedBody(),
  );
}
