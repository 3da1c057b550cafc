import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../application/ports/logger.js';
import { AnswerTooLong, maximumAnswerBytes } from './bounded-body.js';
import { type FalAccount, withoutSlash } from './fal-client.js';
import { type FalStatus, readStatus } from './fal-status.js';
import type { FalJob } from './fal-ticket.js';
import { readJson } from './json.js';

export interface FalStatusWatchSettings extends FalAccount {
  readonly logger: Logger;
  /** 45 s: fal sends a comment every 15 s, so a stream that is silent for longer is dead. */
  readonly silenceMilliseconds?: number;
  /** 500 ms, where there is no stream. */
  readonly pollMilliseconds?: number;
}

/**
 * Follows one job: by fal's status stream, or by asking again and again where that cannot be opened.
 *
 * The stream is read here and not by the client's `FalStream`: that one wakes 60 times a second for each
 * stream, keeps every event, hides fal's comments (the only sign of life of a waiting job) and leaves a rejected
 * promise behind when the connection breaks.
 */
export class FalStatusWatch {
  constructor(
    private readonly settings: FalStatusWatchSettings,
    private readonly ask: (job: FalJob) => Promise<FalStatus>,
  ) {}

  /**
   * Ends after `over`, when `signal` aborts, and, after a pause, when the connection is lost: who follows again at once
   * must not storm fal where a proxy breaks every stream off. Never throws.
   */
  async *follow(job: FalJob, signal: AbortSignal): AsyncGenerator<FalStatus, void, undefined> {
    if (signal.aborted) return;
    const connection = new AbortController();
    const close = () => connection.abort();
    signal.addEventListener('abort', close, { once: true });
    const silence = setTimeout(close, this.settings.silenceMilliseconds ?? 45_000);
    try {
      const body = await this.#open(job, connection.signal);
      if (body === null) return yield* this.#poll(job, signal);
      else if (yield* untilOver(statusesIn(body, () => silence.refresh()))) return;
    } catch (error) {
      if (!signal.aborted) this.settings.logger.debug('lost a status stream of fal', { ...job, error });
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', close);
    }
    await this.#pause(signal);
  }

  /** `null` when there is no stream to be had: a proxy may not let it through. */
  async #open({ endpoint, requestId }: FalJob, signal: AbortSignal) {
    const { queueUrl, apiKey, fetch = globalThis.fetch, logger } = this.settings;
    // fal drops everything after owner and alias; a full path would be an error.
    const app = endpoint.split('/').slice(0, 2).join('/');
    const url = `${withoutSlash(queueUrl)}/${app}/requests/${requestId}/status/stream?logs=0`;
    const headers = { Authorization: `Key ${apiKey}`, Accept: 'text/event-stream' };
    const response = await fetch(url, { headers, signal, redirect: 'manual' }).catch((error: unknown) => {
      logger.debug('fal gave no status stream', { endpoint, requestId, error });
      return null;
    });
    if (response?.ok && response.headers.get('content-type')?.startsWith('text/event-stream'))
      return response.body;
    await response?.body?.cancel();
    return null;
  }

  async *#poll(job: FalJob, signal: AbortSignal): AsyncGenerator<FalStatus, void, undefined> {
    for (;;) {
      // First the pause: whoever watches has just asked.
      await this.#pause(signal);
      if (signal.aborted) return;
      const status = await this.ask(job);
      yield status;
      if (status.kind === 'over') return;
    }
  }

  /** Cut short by `signal`. */
  async #pause(signal: AbortSignal): Promise<void> {
    const milliseconds = this.settings.pollMilliseconds ?? 500;
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** Returns whether it came to `over`. */
async function* untilOver(statuses: AsyncIterable<FalStatus>): AsyncGenerator<FalStatus, boolean, undefined> {
  for await (const status of statuses) {
    yield status;
    if (status.kind === 'over') return true;
  }
  return false;
}

/** Server-sent events: fal puts each status on one `data:` line. */
async function* statusesIn(
  body: AsyncIterable<Uint8Array>,
  alive: () => void,
): AsyncGenerator<FalStatus, void, undefined> {
  const decoder = new TextDecoder();
  let unfinished = '';
  for await (const chunk of body) {
    alive();
    const lines = (unfinished + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r/);
    unfinished = lines.pop() ?? '';
    if (unfinished.length > maximumAnswerBytes) throw new AnswerTooLong(maximumAnswerBytes);
    for (const line of lines) {
      if (line.startsWith('data:')) yield readStatus(readJson(line.slice('data:'.length)));
    }
  }
}
