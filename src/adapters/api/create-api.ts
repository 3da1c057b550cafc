import { OpenAPIHono } from '@hono/zod-openapi';
import { DomainError, invalidInput } from '../../domain/errors.js';
import { addAccount } from './account/account-routes.js';
import { addHistory } from './account/history-routes.js';
import type { Api, ApiEnv, ApiServices } from './api-services.js';
import { authentication } from './authentication.js';
import { addAvatars } from './avatars/avatar-routes.js';
import { addFaces } from './avatars/face-routes.js';
import { addPhotos } from './avatars/photo-routes.js';
import { addProofs } from './avatars/proof-routes.js';
import { addTrainings } from './avatars/training-routes.js';
import { addDocsPage } from './docs-page.js';
import { addEndpoints } from './endpoints/endpoint-routes.js';
import { addGenerations } from './generations/generation-routes.js';
import { addRepeats } from './generations/repeat-routes.js';
import { addImageChanges } from './images/change-routes.js';
import { addImages } from './images/image-routes.js';
import { addPresets } from './presets/preset-routes.js';
import { answer, problemAnswer } from './problem-answer.js';
import { ApiProblem } from './problems.js';
import { requestLimit } from './request-limits.js';
import { addWebhooks } from './webhooks/webhook-routes.js';
import { problemsOf } from './wrong-fields.js';

/** Each adds the routes of a resource. */
const resources: readonly ((api: Api, services: ApiServices) => void)[] = [
  addGenerations,
  addRepeats,
  addImages,
  addImageChanges,
  addAvatars,
  addPhotos,
  addFaces,
  addTrainings,
  addProofs,
  addPresets,
  addAccount,
  addHistory,
  addEndpoints,
  addWebhooks,
];

const description = {
  openapi: '3.1.0',
  info: {
    title: 'Aisha',
    version: '1',
    description: 'Pictures of your avatars. Errors are application/problem+json with stable codes.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [{ key: [] }],
};

/** `/v1` and its description: everything that a key opens. */
export function createApi(services: ApiServices): Api {
  const api: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, context) => {
      if (result.success) return;
      const sent = result.target === 'query' ? sentInQuery(context.req.queries()) : undefined;
      throw invalidInput(problemsOf(result.error.issues, sent));
    },
  });
  api.onError((error, context) => {
    const told = problemAnswer(context, error);
    if (told !== null) return told;
    if (isBrokenOff(context.req.raw, error))
      return answer(context, 'malformed_request', { detail: 'The body broke off.' });
    const { method, path } = context.req;
    services.log.error('a request to the API could not be answered', { method, path, error });
    return answer(context, 'internal_error', { detail: 'Nothing is known of it here; try again.' });
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  api.doc31('/openapi.json', description);
  addDocsPage(api);
  api.use('/v1/*', authentication(services.authenticate), requestLimit(services.requestsPerMinute));
  for (const add of resources) add(api, services);
  nameOperations(api);
  api.all('/v1/*', (context) => {
    const allowed = methodsOf(api, context.req.path);
    if (allowed.length === 0) throw new DomainError({ code: 'not_found', what: 'path' });
    throw new ApiProblem('method_not_allowed', `Allowed: ${allowed.join(', ')}.`, {
      allow: allowed.join(', '),
    });
  });
  return api;
}

/** What is there twice is shown twice: alone, the first would be called wrong. */
const sentInQuery = (sent: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(sent).map(([name, values]) => [name, values.join(', ')]));

/** Whoever hangs up amid a body hears no answer. It is no fault of ours. */
const isBrokenOff = ({ signal }: Request, error: Error): boolean =>
  signal.aborted && 'code' in error && error.code === 'ECONNRESET';

/** As generators of clients call their functions: `getGenerationsIdEvents`; and by resource, as a page shows them. */
function nameOperations(api: Api): void {
  for (const each of api.openAPIRegistry.definitions) {
    if (each.type !== 'route') continue;
    const { method, path } = each.route;
    const words = path.replace(/^\/v1/, '').match(/\w+/g) ?? [];
    const [resource = ''] = words;
    each.route.tags ??= [resource];
    each.route.operationId ??= method + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
  }
}

/** Whatever can be read, its head can be read alone. */
const allowedBy = (method: string): string[] => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]);

function methodsOf(api: Api, path: string): string[] {
  return api.openAPIRegistry.definitions.flatMap((each) =>
    each.type === 'route' && new RegExp(`^${each.route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
      ? allowedBy(each.route.method)
      : [],
  );
}
