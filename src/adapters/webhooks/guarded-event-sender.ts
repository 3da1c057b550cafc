import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { withDeadline } from '../../application/policy/with-deadline.js';
import type { Clock } from '../../application/ports/clock.js';
import type { EventSender, HookAnswer } from '../../application/ports/hooks/event-sender.js';
import type { DueHookMessage } from '../../application/ports/stores/event-hook-store.js';
import { type HookTrouble, longestQuiet } from '../../domain/hooks/event-hook.js';
import { askDns, NotTaken, pinned, publicAddresses, type Resolve } from './public-addresses.js';
import { signedHeaders } from './signed-headers.js';

const timeoutMilliseconds = 10_000;
/** Of what is answered; only its status is of interest. */
const mostAnswerBytes = 65_536;

interface Settings {
  readonly clock: Clock;
  /** Whether this machine may be sent to, by its own name and over http, too. */
  readonly local: boolean;
  /** Asks DNS, unless given. */
  readonly resolve?: Resolve;
  /** Which addresses may be connected to: the public ones, unless given. */
  readonly isAllowed?: (address: string) => boolean;
  /** Whom to trust beside the known authorities: PEM. */
  readonly ca?: string;
  /** For all of it, DNS included. 10,000 unless given. */
  readonly milliseconds?: number;
}

/**
 * Posts events to addresses that strangers chose. Only to the public internet: the addresses of a name are checked, and
 * the connection is made to the very ones that were checked. A redirect is not followed, no proxy is asked, no connection
 * is kept, and of an answer only its status is read, and how long it asks for quiet.
 */
export class GuardedEventSender implements EventSender {
  constructor(private readonly settings: Settings) {}

  send(message: DueHookMessage, stopped: AbortSignal): Promise<HookAnswer> {
    const { milliseconds = timeoutMilliseconds } = this.settings;
    return withDeadline(milliseconds, stopped, async (over) => {
      try {
        const { status, quietFor } = await this.post(message, over);
        if (status >= 200 && status < 300) return { kind: 'taken' };
        if (status === 410) return { kind: 'gone' };
        const trouble = status >= 300 && status < 400 ? 'redirected' : (`answered_${status}` as const);
        return { kind: 'failed', trouble, ...(quietFor === null ? {} : { quietFor }) };
      } catch (error) {
        if (stopped.aborted) throw error;
        return { kind: 'failed', trouble: over.aborted ? 'timed_out' : troubleOf(error) };
      }
    });
  }

  private async post(
    { id, type, at, data, secret, hook }: DueHookMessage,
    over: AbortSignal,
  ): Promise<{ readonly status: number; readonly quietFor: number | null }> {
    const { clock, local, resolve = askDns, isAllowed, ca } = this.settings;
    const url = new URL(hook.url);
    const addresses = await publicAddresses(url, { resolve, local, isAllowed }, over);
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
    const options: RequestOptions = {
      method: 'POST',
      headers: {
        ...signedHeaders({ id, body, secret, now: clock.now() }),
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Aisha-Webhooks/1',
      },
      agent: false,
      lookup: pinned(addresses),
      signal: over,
      ...(ca === undefined ? {} : { ca }),
    };
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    const response = await answerTo(request, body);
    await readSome(response);
    const { statusCode: status = 0, headers } = response;
    const isBusy = status === 429 || status === 503;
    return { status, quietFor: isBusy ? quietFor(headers, clock.now()) : null };
  }
}

/** Seconds, from a number or from a date by the receiver's own clock. */
function quietFor({ 'retry-after': asked, date }: IncomingHttpHeaders, now: Date): number | null {
  if (asked === undefined || asked === '') return null;
  const answeredAt = Date.parse(date ?? '') || now.getTime();
  const seconds = Number.isNaN(Number(asked)) ? (Date.parse(asked) - answeredAt) / 1000 : Number(asked);
  return seconds > 0 ? Math.min(longestQuiet, seconds) : null;
}

/** Also an answer that is none, such as a change of protocol, is an end. */
const answerTo = (request: ClientRequest, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
    request.on('close', () => reject(new NotTaken('not_reached')));
    request.end(body);
  });

/** Lets whoever answers end in peace, as long as that is short. How it ends is of no interest. */
async function readSome(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes > mostAnswerBytes) return;
    }
  } catch {
    // Cut off: the status was there before.
  }
}

const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|TLS_/;

function troubleOf(error: unknown): HookTrouble {
  if (error instanceof NotTaken) return error.trouble;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return certificateCode.test(code) ? 'bad_certificate' : 'not_reached';
}
