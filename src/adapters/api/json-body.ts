import { bodyLimit } from 'hono/body-limit';
import { every } from 'hono/combine';
import { createMiddleware } from 'hono/factory';
import { storableData } from '../../domain/text/storable-text.js';
import type { ApiEnv } from './api-services.js';
import { plainBody } from './plain-body.js';
import { ApiProblem } from './problems.js';

const mostBytes = 65_536;

const limited = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new ApiProblem('body_too_large', `At most ${mostBytes} bytes.`);
  },
});

/** Of a body in another encoding, letters would be lost in silence, and paid for. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiProblem('malformed_request', 'The body is no UTF-8.');
  }
}

/** Keeps what columns and logs can hold, before any schema sees it. */
const storable = createMiddleware<ApiEnv>(async (context, next) => {
  const { req } = context;
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(req.header('content-type') ?? ''))
    throw new ApiProblem('media_type_not_supported', 'Send application/json.');
  const text = textOf(await req.arrayBuffer());
  try {
    const kept = JSON.stringify(storableData(JSON.parse(text)));
    // What it caches are promises, whatever its type says.
    Object.assign(req.bodyCache, { text: Promise.resolve(kept) });
  } catch {
    throw new ApiProblem('malformed_request', 'The body is no JSON.');
  }
  await next();
});

/** For a route with a body of JSON. Whoever takes files limits them in another way. */
export const jsonBody = every(plainBody, limited, storable);
