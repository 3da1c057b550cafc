import { type Context, Hono } from 'hono';
import type { Guard, Subject } from '../guard.js';
import type { ResultBody } from '../result-body.js';
import type { JobIntake } from './job-intake.js';
import type { RequestFolder } from './request-folder.js';
import { applicationOf, type RequestRecord, stageOf } from './request-record.js';
import { answerAbout, resultAnswer } from './result-answer.js';
import { statusBody } from './status-body.js';
import type { StatusStream } from './status-stream.js';

export interface RequestParts {
  readonly intake: JobIntake;
  readonly folder: RequestFolder;
  readonly guard: Guard;
  readonly stream: StatusStream;
  readonly resultBody: ResultBody;
  readonly queueUrl: () => string;
  readonly now: () => number;
  readonly ahead: (record: RequestRecord) => number;
  readonly cancelled: (record: RequestRecord) => void;
}

/** `/queue/<owner>/<alias>/requests/<id>…`; a sub-path between alias and `requests` is refused, as at fal. */
export function requestRoutes(parts: RequestParts) {
  const routes = new Hono();
  const base = '/queue/:owner/:alias/requests/:id';

  routes.get(`${base}/status`, (c) => {
    const { record, subject } = find(c, parts.folder);
    return parts.guard.authorized(c, 'status', subject, () => {
      if (record === undefined) return notFound();
      const now = parts.now();
      const withLogs = c.req.query('logs') === '1' || c.req.query('logs') === 'true';
      const body = statusBody(record, {
        now,
        queueUrl: parts.queueUrl(),
        ahead: parts.ahead(record),
        withLogs,
      });
      return answerAbout(record, body, stageOf(record, now) === 'COMPLETED' ? 200 : 202);
    });
  });

  routes.get(`${base}/status/stream`, (c) => {
    const { record, subject } = find(c, parts.folder);
    return parts.guard.authorized(c, 'stream', subject, (fault) =>
      record === undefined
        ? notFound()
        : parts.stream.open(c, record, fault?.kind === 'cut' ? fault.afterEvents : undefined),
    );
  });

  routes.get(base, (c) => {
    const { record, subject } = find(c, parts.folder);
    return parts.guard.authorized(c, 'result', subject, async () => {
      if (record === undefined) return notFound();
      if (stageOf(record, parts.now()) !== 'COMPLETED') {
        return answerAbout(record, { detail: 'Request is still in progress' }, 400);
      }
      return resultAnswer(record, parts.resultBody);
    });
  });

  routes.put(`${base}/cancel`, (c) => {
    const { record, subject } = find(c, parts.folder);
    return parts.guard.authorized(c, 'cancel', subject, () => {
      if (record === undefined) return Response.json({ status: 'NOT_FOUND' }, { status: 404 });
      const cancelled = parts.intake.cancel(record);
      if (cancelled === undefined) return answerAbout(record, { status: 'ALREADY_COMPLETED' }, 400);
      parts.cancelled(cancelled);
      return answerAbout(record, { status: 'CANCELLATION_REQUESTED' }, 202);
    });
  });

  return routes;
}

function find(c: Context, folder: RequestFolder): { record?: RequestRecord; subject: Subject } {
  const id = c.req.param('id') ?? '';
  const record = folder.read(id);
  const asked = `${c.req.param('owner')}/${c.req.param('alias')}`;
  if (record === undefined || applicationOf(record.endpoint) !== asked) return { subject: { requestId: id } };
  const { prompt } = record.input;
  return {
    record,
    subject: {
      requestId: id,
      endpoint: record.endpoint,
      ...(typeof prompt === 'string' ? { prompt } : {}),
    },
  };
}

function notFound(): Response {
  return Response.json({ detail: 'Request not found' }, { status: 404 });
}
