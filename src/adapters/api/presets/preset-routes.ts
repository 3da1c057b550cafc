import { createRoute, z } from '@hono/zod-openapi';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { answers, json } from '../route-parts.js';
import { presetSchema, presetView } from './preset-view.js';

export const listPresets = createRoute({
  method: 'get',
  path: '/v1/presets',
  summary: 'The presets that can be had just now with one of your avatars',
  middleware: [needs('read')] as const,
  responses: answers({
    200: json(z.object({ presets: z.array(presetSchema) }).openapi('PresetList'), 'All of them.'),
  }),
});

/** The presets, as the menus of the chat have them. */
export function addPresets(api: Api, { describePresets, texts }: ApiServices): void {
  api.openapi(listPresets, async (context) => {
    const described = await describePresets.execute(context.var.key.owner);
    const presets = described.map((each) => presetView(each, texts.preset(each.preset.name)));
    return context.json({ presets }, 200);
  });
}
