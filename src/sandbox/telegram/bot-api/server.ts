import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isLoopbackHost, isOwnOrigin } from '../../loopback-guard.js';
import { BotApiError } from '../bot-api-error.js';
import type { CallAnswer, CallHandler } from './call-handler.js';
import { readCallBody } from './request-body.js';

export interface BotApiServerParts {
  readonly token: string;
  readonly handler: CallHandler;
  /** Answers `/file/bot<token>/<path>`; false when there is no such file. */
  readonly sendFile: (path: string, response: ServerResponse) => boolean;
  /** Everything else, e.g. the web chat. */
  readonly otherwise: (request: IncomingMessage, response: ServerResponse) => void;
}

/** `/bot<token>/<method>` and `/file/bot<token>/<path>` over HTTP, as api.telegram.org serves them. */
export function createBotApiServer(parts: BotApiServerParts): Server {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, isFile, token, rest] = /^(\/file)?\/bot([^/]*)\/(.*)$/.exec(decoded(url.pathname)) ?? [];
    if (token === undefined || rest === undefined) {
      parts.otherwise(request, response);
      return;
    }
    const refusal = callerProblem(request) ?? tokenProblem(token, parts.token);
    if (refusal !== undefined) sendJson(response, refusal);
    else if (isFile !== undefined) {
      if (!parts.sendFile(rest, response)) sendJson(response, problem(404, 'Not Found'));
    } else {
      answerCall(parts.handler, rest, url.searchParams, request, response).catch((error: unknown) => {
        // A fault of the sandbox itself: say so loudly instead of looking like Telegram.
        sendJson(
          response,
          problem(500, `Internal Server Error: ${error instanceof Error ? error.stack : error}`),
        );
      });
    }
  });
  // Long polling holds connections longer than Node's default patience.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 65_000;
  return server;
}

async function answerCall(
  handler: CallHandler,
  method: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const hungUp = new AbortController();
  response.once('close', () => hungUp.abort());
  try {
    const body = await readCallBody(request, query);
    const answer = await handler.answer(method, body, hungUp.signal);
    if (answer === 'dropped') request.socket.destroy();
    else sendJson(response, answer);
  } catch (error) {
    if (!(error instanceof BotApiError)) throw error;
    sendJson(response, problem(error.code, error.description));
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Programs on this machine only, not the pages in its browser. */
function callerProblem({ headers: { host = '', origin } }: IncomingMessage): CallAnswer | undefined {
  return isLoopbackHost(host) && isOwnOrigin(origin, host)
    ? undefined
    : problem(403, 'Forbidden: the local Telegram is for programs on this machine');
}

function tokenProblem(given: string, accepted: string): CallAnswer | undefined {
  if (isSame(given, accepted)) return undefined;
  return /^\d+:[\w-]+$/.test(given) ? problem(401, 'Unauthorized') : problem(404, 'Not Found');
}

/** In a time that says nothing about where they differ. */
function isSame(given: string, accepted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(accepted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const problem = (code: number, description: string): CallAnswer => ({
  ok: false,
  error_code: code,
  description,
});

function sendJson(response: ServerResponse, answer: CallAnswer): void {
  if (answer === 'dropped' || response.headersSent || response.destroyed) return;
  const body = JSON.stringify(answer);
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  if (!answer.ok && answer.parameters?.retry_after !== undefined) {
    headers['retry-after'] = answer.parameters.retry_after;
  }
  response.writeHead(answer.ok ? 200 : answer.error_code, headers).end(body);
}
