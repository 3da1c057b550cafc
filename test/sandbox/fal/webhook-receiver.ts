import { createHash, createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalFal } from '../../../src/sandbox/fal/local-fal-options.js';

export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: { request_id: string; status: string; payload: Record<string, unknown>; error?: string };
}

/** A server of our own that takes webhooks, answering each with the next of the given statuses (then 200). */
export async function startReceiver(statuses: number[] = []) {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const raw = (await request.toArray()).join('');
    received.push({ headers: request.headers, raw, body: JSON.parse(raw) });
    const status = statuses.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    server.emit('webhook');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/fal`,
    received,
    /** Waits until so many have come in all. */
    async webhooks(count: number): Promise<ReceivedWebhook[]> {
      while (received.length < count) await once(server, 'webhook');
      return received;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Checks a webhook exactly as fal documents it, with nothing but node:crypto. */
export async function isGenuine(fal: LocalFal, { headers, raw }: ReceivedWebhook): Promise<boolean> {
  const response = await fetch(`${fal.restUrl}/.well-known/jwks.json`);
  const { keys } = (await response.json()) as { keys: { kty: string; crv: string; x: string }[] };
  const message = [
    headers['x-fal-webhook-request-id'],
    headers['x-fal-webhook-user-id'],
    headers['x-fal-webhook-timestamp'],
    createHash('sha256').update(raw).digest('hex'),
  ].join('\n');
  const signature = Buffer.from(String(headers['x-fal-webhook-signature']), 'hex');
  return keys.some((key) =>
    verify(null, Buffer.from(message), createPublicKey({ key, format: 'jwk' }), signature),
  );
}
