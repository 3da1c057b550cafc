import { bodyLimit } from 'hono/body-limit';
import { every } from 'hono/combine';
import { createMiddleware } from 'hono/factory';
import { storableData } from '../../domain/text/storable-text.js';
import type { ApiEnv } from './api-services.js';
import { ApiProblem } from './problems.js';

const mostBytes = 65_536;

const limited = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new ApiProblem('body_too_large', `At most ${mostBytes} bytes.`);
  },
});

/** Keeps what columns and logs can hold, before any schema sees it. */
const storable = createMiddleware<ApiEnv>(async (context, next) => {
  const { req } = context;
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(req.header('content-type') ?? ''))
    throw new ApiProblem('media_type_not_supported', 'Send application/json.');
  const text = await req.text();
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
export const jsonBody = every(limited, storable);
