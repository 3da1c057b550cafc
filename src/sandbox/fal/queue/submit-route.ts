import { type Context, Hono } from 'hono';
import type { Guard } from '../guard.js';
import type { RequestRecord } from './request-record.js';
import { requestUrls } from './status-body.js';
import { subjectOf, type TakeParts, takeJob } from './take-job.js';

export interface SubmitParts extends TakeParts {
  readonly guard: Guard;
  readonly queueUrl: () => string;
  /** Jobs waiting in front of this one. */
  readonly ahead: (record: RequestRecord) => number;
}

/** `POST /queue/<endpoint>[?fal_webhook=URL]`. */
export function submitRoute(parts: SubmitParts) {
  return new Hono().post('/queue/:path{.+}', async (c) => {
    const endpoint = c.req.param('path');
    const subject = await subjectOf(c, endpoint);
    return parts.guard.authorized(c, 'submit', subject, async () => {
      const taken = await takeJob(c, parts, subject, endpoint);
      return taken instanceof Response ? taken : accepted(c, parts, taken);
    });
  });
}

function accepted(c: Context, { queueUrl, ahead }: SubmitParts, record: RequestRecord): Response {
  return c.json({
    status: 'IN_QUEUE',
    request_id: record.id,
    gateway_request_id: record.id,
    ...requestUrls(record, queueUrl()),
    queue_position: ahead(record),
  });
}
