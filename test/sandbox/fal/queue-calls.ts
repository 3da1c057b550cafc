import type { LocalFal } from '../../../src/sandbox/fal/local-fal-options.js';

export const flux = 'fal-ai/flux-lora';
export const weights = { path: 'https://example.com/weights/tok.safetensors', scale: 1 };

export interface Submitted {
  readonly request_id: string;
  readonly status_url: string;
  readonly response_url: string;
  readonly cancel_url: string;
  readonly queue_position: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** The queue without the client's comforts, for facts that the client hides. */
export async function call(url: string, init: RequestInit = {}, key = 'Key test'): Promise<Answer> {
  const response = await fetch(url, { ...init, headers: { authorization: key, ...init.headers } });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

export function post(fal: LocalFal, endpoint: string, input: unknown, headers: Record<string, string> = {}) {
  return call(`${fal.queueUrl}/${endpoint}`, { method: 'POST', body: JSON.stringify(input), headers });
}

export async function submit(
  fal: LocalFal,
  input: Record<string, unknown> = {},
  { endpoint = flux, headers = {}, webhook = '' } = {},
): Promise<Submitted> {
  const query = webhook === '' ? '' : `?fal_webhook=${encodeURIComponent(webhook)}`;
  const { status, body } = await post(fal, `${endpoint}${query}`, { prompt: 'a cat', ...input }, headers);
  if (status !== 200) throw new Error(`submit answered ${status}: ${JSON.stringify(body)}`);
  return submitted(body);
}

/** Waits on the status stream, as clients do, then fetches the result. */
export async function resultOf(job: Submitted): Promise<Answer> {
  const stream = await fetch(`${job.status_url}/stream`, { headers: { authorization: 'Key test' } });
  await stream.text();
  return call(job.response_url);
}

export const cancel = (job: Submitted) => call(job.cancel_url, { method: 'PUT' });

function submitted(body: Record<string, unknown>): Submitted {
  return {
    request_id: String(body.request_id),
    status_url: String(body.status_url),
    response_url: String(body.response_url),
    cancel_url: String(body.cancel_url),
    queue_position: Number(body.queue_position),
  };
}
