import { Hono } from 'hono';
import { billRoute } from './bill-route.js';
import { endpointNames } from './endpoints/catalogue.js';
import { type RequestParts, requestRoutes } from './queue/request-routes.js';
import { type SubmitParts, submitRoute } from './queue/submit-route.js';
import { fileRoutes } from './storage/file-routes.js';
import type { ServedFiles } from './storage/served-files.js';
import { storageRoutes } from './storage/storage-routes.js';
import type { UploadFolder } from './storage/upload-folder.js';
import type { SigningKey } from './webhooks/signing-key.js';

export interface RouteParts extends SubmitParts, RequestParts {
  readonly uploads: UploadFolder;
  readonly served: ServedFiles;
  readonly key: SigningKey;
  readonly baseUrl: () => string;
  readonly adminKey: string | undefined;
}

/** Every path of the local fal. */
export function routesOf(parts: RouteParts): Hono {
  const { uploads, served, guard, folder, key, baseUrl, now } = parts;
  const app = new Hono()
    .get('/', (c) => c.json({ what: 'The local fal of the sandbox', endpoints: endpointNames() }))
    .get('/rest/.well-known/jwks.json', (c) => guard.open(c, 'jwks', {}, () => c.json(key.jwks())))
    .route('/', billRoute(folder, parts.adminKey, now))
    .route('/', requestRoutes(parts))
    .route('/', submitRoute(parts))
    .route('/', storageRoutes(uploads, guard, baseUrl, now))
    .route('/', fileRoutes(served, folder, guard));
  // A sub-path between the application and `requests`: fal knows no such address.
  app.all('/queue/*', (c) => c.json({ detail: 'Method Not Allowed' }, 405));
  app.notFound((c) => c.json({ detail: 'Not Found' }, 404));
  app.onError((error, c) => c.json({ detail: `The local fal itself failed: ${error.message}` }, 500));
  return app;
}
