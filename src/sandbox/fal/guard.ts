import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { ExchangeFault, FaultAt, FaultStep, FileFault, StreamFault } from './faults/fault-rule.js';
import type { FaultScript } from './faults/fault-script.js';
import type { LocalFalLogLine } from './local-fal-options.js';

/** What an exchange is about. A handler adds what it finds out, for the log. */
export interface Subject {
  endpoint?: string;
  requestId?: string;
  prompt?: string;
  input?: unknown;
}

type HttpStep = Exclude<FaultStep, 'webhook' | 'job'>;
/** A fault that only the handler can carry out: a cut stream, a broken file. */
type HandlerFault = StreamFault | FileFault;
type Handler = (fault: HandlerFault | undefined) => Response | Promise<Response>;

/** Stands before every handler: asks for the key, lets scripted faults strike, writes the log. */
export class Guard {
  constructor(
    private readonly faults: FaultScript,
    private readonly key: string | undefined,
    private readonly log: ((line: LocalFalLogLine) => void) | undefined,
    private readonly now: () => number,
  ) {}

  async authorized(c: Context, step: HttpStep, subject: Subject, handle: Handler): Promise<Response> {
    return this.open(c, step, subject, (fault) =>
      this.#mayEnter(c.req.header('authorization'))
        ? handle(fault)
        : Response.json(
            { detail: 'Authentication is required to access this application.' },
            { status: 401 },
          ),
    );
  }

  async open(c: Context, step: HttpStep, subject: Subject, handle: Handler): Promise<Response> {
    const begun = performance.now();
    const fault = this.faults.strike(step, subject);
    const note = (status: number, error?: unknown) => {
      const { endpoint, requestId, input } = subject;
      this.log?.({
        at: new Date(this.now()),
        step,
        method: c.req.method,
        path: c.req.path,
        status,
        milliseconds: performance.now() - begun,
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(requestId === undefined ? {} : { requestId }),
        ...(input === undefined ? {} : { input }),
        ...(fault === undefined ? {} : { fault: fault.kind }),
        ...(error === undefined ? {} : { error: String(error) }),
      });
    };
    try {
      const response = await this.#under(c, fault, handle);
      note(response === RESPONSE_ALREADY_SENT ? 0 : response.status);
      return response;
    } catch (error) {
      note(500, error);
      throw error;
    }
  }

  async #under(c: Context, fault: FaultAt<HttpStep> | undefined, handle: Handler): Promise<Response> {
    if (fault === undefined || !isExchangeFault(fault)) return handle(fault);
    const response = fault.when === 'after' ? await handle(undefined) : undefined;
    // What was made and will never be sent must not wait for a reader.
    if (fault.kind !== 'delay') await response?.body?.cancel();
    switch (fault.kind) {
      case 'delay':
        await sleep(fault.milliseconds);
        return response ?? handle(undefined);
      case 'drop':
        (c.env as HttpBindings).incoming.socket.destroy();
        return RESPONSE_ALREADY_SENT;
      case 'answer':
        return scripted(fault);
      default:
        return fault satisfies never;
    }
  }

  #mayEnter(authorization: string | undefined): boolean {
    const [, key] = /^Key (\S+)$/i.exec(authorization ?? '') ?? [];
    return key !== undefined && (this.key === undefined || key === this.key);
  }
}

function scripted({
  status,
  body,
  text,
  headers = {},
}: Extract<ExchangeFault, { kind: 'answer' }>): Response {
  if (text === undefined)
    return Response.json(body === undefined ? { detail: `Scripted ${status}` } : body, { status, headers });
  return new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
}

function isExchangeFault(fault: FaultAt<HttpStep>): fault is ExchangeFault {
  return fault.kind === 'answer' || fault.kind === 'drop' || fault.kind === 'delay';
}
