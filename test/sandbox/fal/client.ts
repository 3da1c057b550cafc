import { createFalClient, type FalClient } from '@fal-ai/client';
import type { LocalFal } from '../../../src/sandbox/fal/local-fal-options.js';

/** The real client, with only the hosts rewritten. */
export function clientOf(fal: LocalFal, key = 'sandbox-key'): FalClient {
  return createFalClient({
    credentials: key,
    retry: { maxRetries: 0 },
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url
        .replace('https://queue.fal.run', fal.queueUrl)
        .replace('https://rest.fal.ai', fal.restUrl),
    }),
  });
}
