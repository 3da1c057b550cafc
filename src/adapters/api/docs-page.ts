import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { secureHeaders } from 'hono/secure-headers';
import type { Api } from './api-services.js';

const require = createRequire(import.meta.url);

/** Nothing comes from another host. Swagger UI writes styles into its elements. */
const headers = secureHeaders({
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

/** Addresses are relative, so that it works below a path of a proxy, too. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Aisha: the HTTP API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
`;

const start = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // It would ask another host about the document.
  validatorUrl: null,
});
`;

const files = {
  'swagger-ui.css': { type: 'text/css', path: () => require.resolve('swagger-ui-dist/swagger-ui.css') },
  'swagger-ui-bundle.js': {
    type: 'text/javascript',
    path: () => require.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
} as const;

/** `/docs`: the document, for people to read and try. */
export function addDocsPage(api: Api): void {
  api.use('/docs', headers);
  api.use('/docs/*', headers);
  api.get('/docs', (context) => context.html(page));
  api.get('/docs/start.js', (context) => context.body(start, 200, { 'content-type': 'text/javascript' }));
  for (const [name, { type, path }] of Object.entries(files))
    api.get(`/docs/${name}`, async (context) =>
      context.body(await readFile(path()), 200, {
        'content-type': type,
        'cache-control': 'public, max-age=86400',
      }),
    );
}
