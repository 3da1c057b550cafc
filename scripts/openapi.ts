import { writeFileSync } from 'node:fs';
import type { ApiServices } from '../src/adapters/api/api-services.js';
import { createApi } from '../src/adapters/api/create-api.js';

export const openApiFile = 'docs/openapi.json';

/** What a document is made of is asked nothing. */
const nothing = { database: { stores: {} }, requestsPerMinute: 1 } as unknown as ApiServices;

/** The document of the HTTP API, as it stands in the repository. */
export async function openApiSource(): Promise<string> {
  const response = await createApi(nothing).request('/openapi.json');
  return `${JSON.stringify(await response.json(), null, 2)}\n`;
}

if (import.meta.filename === process.argv[1]) writeFileSync(openApiFile, await openApiSource());
