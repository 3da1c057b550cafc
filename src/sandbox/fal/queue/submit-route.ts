import { type Context, Hono } from 'hono';
import { closedEndpoints, findEndpoint } from '../endpoints/catalogue.js';
import { isObject } from '../endpoints/input-fields.js';
import type { FaultScript } from '../faults/fault-script.js';
import type { Guard, Subject } from '../guard.js';
import type { JobIntake } from './job-intake.js';
import type { RequestRecord } from './request-record.js';
import { requestUrls } from './status-body.js';

/** The largest body of a submit in bytes: a picture as a data URI fits. */
const largestBody = 40 * 2 ** 20;

export interface SubmitParts {
  readonly intake: JobIntake;
  readonly faults: FaultScript;
  readonly guard: Guard;
  readonly queueUrl: () => string;
  /** Jobs waiting in front of this one. */
  readonly ahead: (record: RequestRecord) => number;
  /** Too many are under way: a submit is refused then. */
  readonly full: () => boolean;
  /** Called after the job is on disk and before it is answered. */
  readonly accepted: (record: RequestRecord) => void;
}

/** `POST /queue/<endpoint>[?fal_webhook=URL]`. The input is not looked at here: fal judges it when it runs. */
export function submitRoute(parts: SubmitParts) {
  return new Hono().post('/queue/:path{.+}', async (c) => {
    const endpoint = c.req.param('path');
    const body = await readBody(c);
    const subject: Subject = { endpoint, input: body };
    if (isObject(body) && typeof body.prompt === 'string') subject.prompt = body.prompt;
    return parts.guard.authorized(c, 'submit', subject, () => submitted(c, parts, subject, endpoint, body));
  });
}

async function submitted(
  c: Context,
  parts: SubmitParts,
  subject: Subject,
  name: string,
  body: unknown,
): Promise<Response> {
  const endpoint = findEndpoint(name);
  if (endpoint === undefined || parts.faults.retirement(name) === 'submit') {
    return c.json({ detail: closedEndpoints.get(name) ?? `Application '${name}' not found` }, 404);
  }
  if (body === undefined) return c.json({ detail: 'The body is not JSON, or is too large' }, 400);
  if (parts.full()) {
    const detail = [{ loc: ['body'], msg: 'Too many requests under way', type: 'concurrent_requests_limit' }];
    return c.json({ detail }, 429);
  }
  const webhookUrl = c.req.query('fal_webhook');
  const record = await parts.intake.take(endpoint, {
    input: isObject(body) ? body : { body },
    headers: ownHeaders(c),
    ...(webhookUrl === undefined ? {} : { webhookUrl }),
  });
  subject.requestId = record.id;
  parts.accepted(record);
  c.header('x-fal-request-id', record.id);
  return c.json({
    status: 'IN_QUEUE',
    request_id: record.id,
    gateway_request_id: record.id,
    ...requestUrls(record, parts.queueUrl()),
    queue_position: parts.ahead(record),
  });
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
