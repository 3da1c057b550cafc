import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { storableData } from '../../domain/text/storable-text.js';
import type { ApiEnv } from './api-services.js';
import { ApiProblem } from './problems.js';

const mostBytes = 65_536;

/** Of a request that is JSON. Whoever takes files limits them by himself. */
export const limitedBody = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new ApiProblem('body_too_large', `At most ${mostBytes} bytes.`);
  },
});

/** Reads a body of JSON as columns and logs can hold it, before any schema sees it. */
export const jsonBody = createMiddleware<ApiEnv>(async (context, next) => {
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
