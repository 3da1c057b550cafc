import { createRoute, z } from '@hono/zod-openapi';
import { endpointWorks, type ListedEndpoint } from '../../../application/upkeep/list-endpoints.js';
import { endpointIds } from '../../../domain/generation/endpoint-catalogue.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { answers, json } from '../route-parts.js';

const endpointSchema = z
  .object({
    id: z.string().openapi({ example: endpointIds[0] }),
    work: z.enum(endpointWorks),
    state: z.enum(['open', 'away']).openapi({ description: 'away: nothing new is sent there.' }),
    since: z.iso.datetime().nullable().openapi({ description: 'Since when it is away.' }),
  })
  .openapi('Endpoint');

export const listEndpoints = createRoute({
  method: 'get',
  path: '/v1/endpoints',
  summary: 'Where work goes, and what is away just now',
  middleware: [needs('read')] as const,
  responses: answers({
    200: json(z.object({ endpoints: z.array(endpointSchema) }).openapi('EndpointList'), 'All of them.'),
  }),
});

/** The provider's endpoints, as far as they concern whoever orders. */
export function addEndpoints(api: Api, { listEndpoints: list }: ApiServices): void {
  api.openapi(listEndpoints, async (context) =>
    context.json({ endpoints: (await list.execute()).map(endpointView) }, 200),
  );
}

const endpointView = ({ endpoint, work, awaySince }: ListedEndpoint): z.infer<typeof endpointSchema> => ({
  ...{ id: endpoint, work },
  state: awaySince === null ? 'open' : 'away',
  since: awaySince?.toISOString() ?? null,
});
