import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Guard } from '../guard.js';
import type { ResultBody } from '../result-body.js';
import type { RequestFolder } from './request-folder.js';
import { isJobError, outcomeOf, type RequestRecord } from './request-record.js';
import { resultAnswer } from './result-answer.js';
import { subjectOf, type TakeParts, takeJob, tooMany } from './take-job.js';
import { untilEnded } from './waiting.js';

export interface RunParts extends TakeParts {
  readonly guard: Guard;
  readonly folder: RequestFolder;
  readonly resultBody: ResultBody;
  readonly now: () => number;
  /** All places are taken: who asks without the queue is refused then. */
  readonly busy: () => boolean;
  readonly cancelled: (record: RequestRecord) => void;
}

/**
 * `POST /run/<endpoint>[/stream]`, as `https://fal.run` has it: the job without the queue, answered in the same
 * exchange, at once or as server-sent events. Who leaves ends the job.
 */
export function runRoute(parts: RunParts) {
  return new Hono().post('/run/:path{.+}', async (c) => {
    const path = c.req.param('path');
    const endpoint = path.replace(/\/stream$/, '');
    const subject = await subjectOf(c, endpoint);
    return parts.guard.authorized(c, 'submit', subject, async () => {
      if (parts.busy()) return tooMany(c);
      const taken = await takeJob(c, parts, subject, endpoint);
      if (taken instanceof Response) return taken;
      return path === endpoint || isJobError(outcomeOf(taken))
        ? whole(c, parts, taken)
        : streamed(c, parts, taken);
    });
  });
}

async function whole(c: Context, parts: RunParts, taken: RequestRecord): Promise<Response> {
  const ended = await ending(taken, parts, c.req.raw.signal);
  return ended === undefined ? new Response(null, { status: 499 }) : resultAnswer(ended, parts.resultBody);
}

/** A text grows from event to event; pictures come in one. The last event is the whole output. */
function streamed(c: Context, parts: RunParts, taken: RequestRecord): Response {
  return streamSSE(c, async (events) => {
    const ended = await ending(taken, parts, c.req.raw.signal);
    if (ended === undefined) return;
    const outcome = outcomeOf(ended);
    if (isJobError(outcome)) return;
    const words = outcome.kind === 'text' ? outcome.output.split(/(?<=\s)/) : [];
    for (let count = 1; count < words.length && !events.aborted; count += 1) {
      await events.writeSSE({
        data: JSON.stringify({ output: words.slice(0, count).join(''), partial: true }),
      });
    }
    const body = (await parts.resultBody(ended, outcome)) as object;
    const said = outcome.kind === 'text' ? { ...body, partial: false } : body;
    await events.writeSSE({ data: JSON.stringify(said) });
  });
}

async function ending(
  taken: RequestRecord,
  { folder, now, intake, cancelled }: RunParts,
  signal: AbortSignal,
): Promise<RequestRecord | undefined> {
  const ended = await untilEnded(taken, folder, now, signal);
  if (ended === undefined) {
    const left = intake.cancel(taken);
    if (left !== undefined) cancelled(left);
  }
  return ended;
}
