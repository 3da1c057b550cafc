import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Glance } from '../../../application/ports/stores/generation-store.js';
import type { ApiEnv, ApiServices } from '../api-services.js';
import type { Followers } from '../followers.js';
import { findGeneration } from './find-generation.js';
import { type ApiStatus, statusOf } from './generation-view.js';

/** The id of the last event. */
const end = 3;

/** What events are called, and their place: each has the same id whenever it is sent, so nothing has to be kept. */
const events: Readonly<Record<ApiStatus, { readonly event: string; readonly id: number }>> = {
  queued: { event: 'queued', id: 1 },
  running: { event: 'running', id: 2 },
  done: { event: 'done', id: end },
  blocked: { event: 'failed', id: end },
  failed: { event: 'failed', id: end },
  cancelled: { event: 'failed', id: end },
};

/** What a program has of them, as it says itself; what never was an id of ours names nothing. */
const seenBy = (lastEventId: string | undefined): number =>
  /^[1-3]$/.test(lastEventId ?? '') ? Number(lastEventId) : 0;

/** Of a quiet stream, for proxies that end what is silent. */
const heartbeatMilliseconds = 15_000;

type Parts = Pick<ApiServices, 'database' | 'follow' | 'log'> & {
  readonly followers: Followers;
};

/** Tells of a job as it goes on, and ends when it does. @throws ApiProblem `too_many_followers` */
export function streamGeneration(services: Parts, context: Context<ApiEnv>, first: Glance): Response {
  const { key } = context.var;
  const seen = seenBy(context.req.header('last-event-id'));
  // An EventSource comes back whenever a stream ends, for ever. This tells it that there is no more (HTML, 9.2.3).
  if (events[statusOf(first)].id === end && seen === end) return context.body(null, 204);
  // Proxies would keep it until they have enough.
  context.header('x-accel-buffering', 'no');
  // Nobody would read the stream: it would be followed for ever.
  if (context.req.method === 'HEAD')
    return context.body(null, { headers: { 'content-type': 'text/event-stream' } });
  const leave = services.followers.enter(key.id);
  return streamSSE(context, async (stream) => {
    const ended = new AbortController();
    stream.onAbort(() => ended.abort());
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), heartbeatMilliseconds);
    try {
      let last = seen;
      for await (const glance of services.follow.execute(first, ended.signal)) {
        const { event, id } = events[statusOf(glance)];
        if (id <= last) continue;
        last = id;
        const view = await findGeneration(services, key.owner, first.id);
        await stream.writeSSE({ event, id: String(id), data: JSON.stringify(view) });
      }
    } catch (error) {
      // It ends here; whoever listens comes again and goes on.
      services.log.warn('a stream of events ended early', { generation: first.id, error });
    } finally {
      clearInterval(heartbeat);
      leave();
    }
  });
}
