import { createFalClient, type FalClient } from '@fal-ai/client';
import type { LocalFal } from '../../../../src/sandbox/fal/local-fal-options.js';

/** fal's own client as any program has it, only that its hosts lead to this machine: docs/sandbox.md shows the same lines. */
export function strangersClient(fal: LocalFal, key = 'a-strangers-key'): FalClient {
  const hosts: Readonly<Record<string, string>> = {
    'https://queue.fal.run': fal.queueUrl,
    'https://fal.run': fal.runUrl,
    'https://rest.fal.ai': fal.restUrl,
  };
  return createFalClient({
    credentials: key,
    requestMiddleware: async (request) => {
      const { origin } = new URL(request.url);
      return { ...request, url: (hosts[origin] ?? origin) + request.url.slice(origin.length) };
    },
  });
}
