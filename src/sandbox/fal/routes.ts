import { Hono } from 'hono';
import { endpointNames } from './endpoints/catalogue.js';
import { billRoute } from './platform/bill-route.js';
import { type ModelsParts, modelsRoutes } from './platform/models-routes.js';
import { type RequestParts, requestRoutes } from './queue/request-routes.js';
import { type RunParts, runRoute } from './queue/run-route.js';
import { type SubmitParts, submitRoute } from './queue/submit-route.js';
import { cdnRoutes } from './storage/cdn-routes.js';
import { fileRoutes } from './storage/file-routes.js';
import type { ServedFiles } from './storage/served-files.js';
import { storageRoutes } from './storage/storage-routes.js';
import type { UploadFolder } from './storage/upload-folder.js';
import type { SigningKey } from './webhooks/signing-key.js';

export interface RouteParts extends SubmitParts, RequestParts, RunParts, ModelsParts {
  readonly uploads: UploadFolder;
  readonly served: ServedFiles;
  readonly signingKey: SigningKey;
  readonly adminKey: string | undefined;
}

/** Every path of the local fal. */
export function routesOf(parts: RouteParts): Hono {
  const { uploads, served, guard, folder, signingKey, baseUrl, now } = parts;
  const app = new Hono()
    .get('/', (c) =>
      c.json({ what: 'The local fal of the sandbox', endpoints: endpointNames(parts.extraEndpoints) }),
    )
    .get('/rest/.well-known/jwks.json', (c) => guard.open(c, 'jwks', {}, () => c.json(signingKey.jwks())))
    .route('/', billRoute(folder, parts.adminKey, now))
    .route('/', modelsRoutes(parts))
    .route('/', requestRoutes(parts))
    .route('/', submitRoute(parts))
    .route('/', runRoute(parts))
    .route('/', storageRoutes(uploads, guard, baseUrl, now))
    .route('/', cdnRoutes(uploads, guard, baseUrl, now))
    .route('/', fileRoutes(served, folder, guard));
  // A sub-path between the application and `requests`: fal knows no such address.
  app.all('/queue/*', (c) => c.json({ detail: 'Method Not Allowed' }, 405));
  app.notFound((c) => c.json({ detail: 'Not Found' }, 404));
  app.onError((error, c) => c.json({ detail: `The local fal itself failed: ${error.message}` }, 500));
  return app;
}
