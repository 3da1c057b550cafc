import { createRoute, z } from '@hono/zod-openapi';
import { withDeadline } from '../../../application/policy/with-deadline.js';
import { isOpenGeneration } from '../../../domain/generation/generation.js';
import { askedBy } from '../api-origin.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { Followers } from '../followers.js';
import { jsonBody } from '../json-body.js';
import { refusedBody } from '../refused-body.js';
import { answers, idempotencyHeader, idParam, json, jsonRequest } from '../route-parts.js';
import { findGeneration, idNamed } from './find-generation.js';
import { asRequest, generationBody } from './generation-body.js';
import { streamGeneration } from './generation-events.js';
import { generationSchema } from './generation-view.js';
import { placedOnce, placedOrder } from './placed-order.js';

const longestWait = 30;

export const createGeneration = createRoute({
  method: 'post',
  path: '/v1/generations',
  summary: 'Order pictures',
  middleware: [needs('generate'), jsonBody] as const,
  request: {
    headers: idempotencyHeader,
    ...jsonRequest(generationBody),
  },
  responses: placedOrder,
});

export const readGeneration = createRoute({
  method: 'get',
  path: '/v1/generations/{id}',
  summary: 'How an order is',
  middleware: [needs('read')] as const,
  request: {
    params: idParam,
    query: z.strictObject({
      wait: z.coerce.number().int().min(0).max(longestWait).optional().openapi({
        description: 'Answer when it is over, or after so many seconds.',
      }),
    }),
  },
  responses: answers({ 200: json(generationSchema, 'As it is now.') }),
});

const cancelGeneration = createRoute({
  method: 'delete',
  path: '/v1/generations/{id}',
  summary: 'Call an order off',
  middleware: [needs('generate')] as const,
  request: { params: idParam },
  responses: answers({ 200: json(generationSchema, 'Called off; what was set aside is back.') }),
});

export const followGeneration = createRoute({
  method: 'get',
  path: '/v1/generations/{id}/events',
  summary: 'Follow an order',
  middleware: [needs('read')] as const,
  request: { params: idParam },
  responses: answers({
    200: {
      description:
        'Events queued, running and then done or failed, each with the order as it is. Last-Event-ID goes on.',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    204: { description: 'It is over, and Last-Event-ID says that you have all of it: come no more.' },
  }),
});

/** Pictures: ordered, waited for, followed, called off. */
export function addGenerations(api: Api, services: ApiServices): void {
  const { database, requestGeneration, follow } = services;
  const { stores } = database;
  const followers = new Followers();

  api.openapi(
    createGeneration,
    async (context) => {
      const body = context.req.valid('json');
      const { key } = context.var;
      const by = { ...askedBy(key), agreed: body.max_credits, sure: body.sure };
      const answer = await placedOnce(services, context, (requestKey) =>
        requestGeneration.execute(asRequest(body), { ...by, requestKey }),
      );
      return answer as never;
    },
    // Whatever its words are, nothing is accepted.
    refusedBody((rest, problems, key) =>
      requestGeneration.execute(asRequest({ prompt: 'any', ...rest }), { ...askedBy(key), problems }),
    ),
  );

  api.openapi(readGeneration, async (context) => {
    const { id } = context.req.valid('param');
    const { wait = 0 } = context.req.valid('query');
    const { owner } = context.var.key;
    const view = await findGeneration(services, owner, id);
    const isOver = view.status !== 'queued' && view.status !== 'running';
    if (wait === 0 || isOver) return context.json(view, 200);
    const leave = followers.enter(context.var.key.id);
    try {
      const generation = await stores.generations.findOwned(owner, idNamed(id));
      if (generation !== null && isOpenGeneration(generation)) {
        const first = { id: generation.id, status: generation.status, progress: null };
        await withDeadline(wait * 1000, context.req.raw.signal, async (over) => {
          // Every change on the way is let pass.
          for await (const _ of follow.execute(first, over));
        });
      }
    } finally {
      leave();
    }
    return context.json(await findGeneration(services, owner, id), 200);
  });

  api.openapi(cancelGeneration, async (context) => {
    const { id } = context.req.valid('param');
    const { owner } = context.var.key;
    await services.cancelGeneration.execute({ id: idNamed(id) }, { owner });
    return context.json(await findGeneration(services, owner, id), 200);
  });

  api.openapi(followGeneration, async (context) => {
    const id = idNamed(context.req.valid('param').id);
    const { owner } = context.var.key;
    await findGeneration(services, owner, id);
    const [found] = await stores.generations.withProgress([id]);
    if (found === undefined) throw new Error(`generation ${id} vanished`);
    const { generation, progress } = found;
    const first = { id, status: generation.status, progress };
    return streamGeneration({ ...services, followers }, context, first) as never;
  });
}
