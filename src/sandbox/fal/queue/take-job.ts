import type { Context } from 'hono';
import { closedEndpoints, findEndpoint } from '../endpoints/catalogue.js';
import { isObject } from '../endpoints/input-fields.js';
import type { FaultScript } from '../faults/fault-script.js';
import type { Subject } from '../guard.js';
import type { JobIntake } from './job-intake.js';
import type { RequestRecord } from './request-record.js';

/** The largest body of a submit in bytes: a picture as a data URI fits. */
const largestBody = 40 * 2 ** 20;

export interface TakeParts {
  readonly intake: JobIntake;
  readonly faults: FaultScript;
  /** Too many are under way: a submit is refused then. */
  readonly full: () => boolean;
  /** Called after the job is on disk and before it is answered. */
  readonly accepted: (record: RequestRecord) => void;
  /** Image endpoints that this server was told to have. */
  readonly extraEndpoints: readonly string[];
}

/** What a body asks for, for the guard. The input is not judged here: fal does so when the job runs. */
export async function subjectOf(c: Context, endpoint: string): Promise<Subject & { body: unknown }> {
  const body = await readBody(c);
  const prompt = isObject(body) && typeof body.prompt === 'string' ? { prompt: body.prompt } : {};
  return { endpoint, input: body, body, ...prompt };
}

/** @returns the job as it was written down, or why fal takes none */
export async function takeJob(
  c: Context,
  parts: TakeParts,
  subject: Subject,
  name: string,
): Promise<RequestRecord | Response> {
  const endpoint = findEndpoint(name, parts.extraEndpoints);
  if (endpoint === undefined || parts.faults.retirement(name) === 'submit') {
    return c.json({ detail: closedEndpoints.get(name) ?? `Application '${name}' not found` }, 404);
  }
  const body = subject.input;
  if (body === undefined) return c.json({ detail: 'The body is not JSON, or is too large' }, 400);
  if (parts.full()) return tooMany(c);
  const webhookUrl = c.req.query('fal_webhook');
  const record = await parts.intake.take(endpoint, {
    input: isObject(body) ? body : { body },
    headers: ownHeaders(c),
    ...(webhookUrl === undefined ? {} : { webhookUrl }),
  });
  subject.requestId = record.id;
  parts.accepted(record);
  c.header('x-fal-request-id', record.id);
  return record;
}

export function tooMany(c: Context): Response {
  const detail = [{ loc: ['body'], msg: 'Too many requests under way', type: 'concurrent_requests_limit' }];
  return c.json({ detail }, 429);
}

async function readBody(c: Context): Promise<unknown> {
  if (Number(c.req.header('content-length') ?? 0) > largestBody) return undefined;
  const text = await c.req.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What steers the platform; the key and the rest stay out of the record. */
function ownHeaders(c: Context): Record<string, string> {
  return Object.fromEntries(Object.entries(c.req.header()).filter(([name]) => name.startsWith('x-')));
}
