import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { logsUntil } from './job-logs.js';
import type { RequestFolder } from './request-folder.js';
import { type RequestRecord, stageOf } from './request-record.js';
import { statusBody } from './status-body.js';
import { waitFor } from './waiting.js';

/** Status as server-sent events: one when something changed, each with the new log lines only. */
export class StatusStream {
  constructor(
    private readonly folder: RequestFolder,
    private readonly queueUrl: () => string,
    private readonly now: () => number,
    private readonly ahead: (record: RequestRecord) => number,
  ) {}

  /** @param cutAfter a scripted fault: the connection ends after so many events */
  open(c: Context, begun: RequestRecord, cutAfter: number | undefined): Response {
    const withLogs = c.req.query('logs') === '1' || c.req.query('logs') === 'true';
    c.header('x-fal-request-id', begun.id);
    return streamSSE(c, async (events) => {
      let record = begun;
      let last = '';
      let logged = 0;
      for (let sent = 0; !events.aborted && sent !== cutAfter; ) {
        const now = this.now();
        const stage = stageOf(record, now);
        const ahead = this.ahead(record);
        const logs = withLogs && stage !== 'IN_QUEUE' ? logsUntil(record, now) : [];
        if (`${stage} ${ahead}` !== last || logs.length > logged) {
          const body = statusBody(record, { now, queueUrl: this.queueUrl(), ahead, withLogs: false });
          const fresh = withLogs && stage !== 'IN_QUEUE' ? { logs: logs.slice(logged) } : {};
          await events.writeSSE({ data: JSON.stringify({ ...body, ...fresh }) });
          last = `${stage} ${ahead}`;
          logged = logs.length;
          sent += 1;
        }
        if (stage === 'COMPLETED') return;
        await sleep(waitFor(record, now));
        record = this.folder.read(record.id) ?? record;
      }
    });
  }
}
