import { createRoute, z } from '@hono/zod-openapi';
import type { HookInState } from '../../../application/hooks/list-hooks.js';
import { hookEventNames, hookStates } from '../../../domain/hooks/event-hook.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { jsonBody } from '../json-body.js';
import { idIn } from '../named-id.js';
import { refusedBody } from '../refused-body.js';
import { answers, idParam, json, jsonRequest } from '../route-parts.js';

const webhookBody = z
  .strictObject({
    url: z.string().openapi({ example: 'https://example.com/aisha' }),
    events: z
      .array(z.string())
      .optional()
      .openapi({ description: `Left out: all. ${hookEventNames.join(', ')}` }),
  })
  .openapi('WebhookRequest');

const webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.string()),
  created_at: z.iso.datetime(),
  state: z.enum(hookStates).openapi({
    description:
      'failing: its address does not take events now. quiet: it asked to be left alone for a while.',
  }),
  waiting: z.int().openapi({ description: 'So many events wait to be sent to it.' }),
  failing_since: z.iso.datetime().nullable().openapi({ description: 'Since when it has taken nothing.' }),
  last_trouble: z.string().nullable().openapi({ example: 'timed_out' }),
  quiet_until: z.iso
    .datetime()
    .nullable()
    .openapi({ description: 'As its address asked; null: no longer, or it did not.' }),
  switched_off_at: z.iso.datetime().nullable().openapi({ description: 'Nothing is sent to it since.' }),
});
const webhookSchema = webhook.openapi('Webhook');
const addedSchema = webhook
  .extend({ secret: z.string().openapi({ description: 'Shown this once.', example: 'whsec_…' }) })
  .openapi('AddedWebhook');

const addWebhook = createRoute({
  method: 'post',
  path: '/v1/webhooks',
  summary: 'Be told at an address',
  middleware: [needs('generate'), jsonBody] as const,
  request: jsonRequest(webhookBody),
  responses: answers({ 201: json(addedSchema, 'It hears of what ends from now on.') }),
});

const listWebhooks = createRoute({
  method: 'get',
  path: '/v1/webhooks',
  summary: 'Where you are told',
  middleware: [needs('read')] as const,
  responses: answers({
    200: json(z.object({ webhooks: z.array(webhookSchema) }).openapi('Webhooks'), 'Oldest first.'),
  }),
});

const testWebhook = createRoute({
  method: 'post',
  path: '/v1/webhooks/{id}/test',
  summary: 'Send a test',
  middleware: [needs('generate')] as const,
  request: { params: idParam },
  responses: answers({
    202: json(
      z.object({ webhook_id: z.string().openapi({ description: 'Its header `webhook-id`.' }) }),
      'On its way.',
    ),
  }),
});

const removeWebhook = createRoute({
  method: 'delete',
  path: '/v1/webhooks/{id}',
  summary: 'Be told there no more',
  middleware: [needs('generate')] as const,
  request: { params: idParam },
  responses: answers({ 204: { description: 'Gone, with what waited for it.' } }),
});

/** Addresses that are told of what becomes of orders. */
export function addWebhooks(api: Api, services: ApiServices): void {
  const { addHook, listHooks, removeHook, testHook } = services;

  api.openapi(
    addWebhook,
    async (context) => {
      const { owner } = context.var.key;
      const { secret, ...added } = await addHook.execute(context.req.valid('json'), { owner });
      return context.json({ ...webhookView({ ...added, state: 'working', waiting: 0 }), secret }, 201);
    },
    refusedBody((rest, problems, { owner }) => addHook.execute(rest, { owner, problems })),
  );

  api.openapi(listWebhooks, async (context) => {
    const { owner } = context.var.key;
    return context.json({ webhooks: (await listHooks.execute({ owner })).map(webhookView) }, 200);
  });

  api.openapi(testWebhook, async (context) => {
    const { owner } = context.var.key;
    const hook = idIn(context.req.valid('param').id, 'webhook');
    return context.json({ webhook_id: await testHook.execute({ hook }, { owner }) }, 202);
  });

  api.openapi(removeWebhook, async (context) => {
    const { owner } = context.var.key;
    await removeHook.execute({ hook: idIn(context.req.valid('param').id, 'webhook') }, { owner });
    return context.body(null, 204);
  });
}

const webhookView = (hook: HookInState): z.infer<typeof webhookSchema> => ({
  id: hook.id,
  url: hook.url,
  events: [...hook.events],
  created_at: hook.createdAt.toISOString(),
  state: hook.state,
  waiting: hook.waiting,
  failing_since: hook.failingSince?.toISOString() ?? null,
  last_trouble: hook.lastTrouble,
  quiet_until: hook.state === 'quiet' ? (hook.quietUntil?.toISOString() ?? null) : null,
  switched_off_at: hook.switchedOffAt?.toISOString() ?? null,
});
