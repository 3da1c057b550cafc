import { createFalClient, type FalClient } from '@fal-ai/client';
import { falFetch } from './fal-fetch.js';

export interface FalAccount {
  readonly apiKey: string;
  /** `https://queue.fal.run`, or a proxy in front of it. */
  readonly queueUrl: string;
  /** `https://rest.fal.ai`, or a proxy in front of it. */
  readonly restUrl: string;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** An upload of 50 MB at 4 Mbit/s. */
const transferMilliseconds = 120_000;

/** fal's own client, turned to the account's hosts and with all of its retries off. */
export function createClient({ apiKey, queueUrl, restUrl, fetch = globalThis.fetch }: FalAccount): FalClient {
  const hosts = { 'https://queue.fal.run': queueUrl, 'https://rest.fal.ai': restUrl };
  return createFalClient({
    credentials: apiKey,
    // The queue's calls bring their own retry setting, which wins over this one; `falFetch` sees to those.
    retry: { maxRetries: 0 },
    // Here and not in `requestMiddleware`, by which uploads do not come.
    fetch: falFetch(fetch, (url) => rewritten(url, hosts), transferMilliseconds),
  });
}

function rewritten(url: string, hosts: Readonly<Record<string, string>>): string {
  for (const [from, to] of Object.entries(hosts)) {
    if (url.startsWith(`${from}/`)) return withoutSlash(to) + url.slice(from.length);
  }
  return url;
}

export const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
