import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from './api-services.js';
import { ApiProblem } from './problems.js';

/** Refuses a compressed body by its name: nothing here unpacks one, and nobody would find out from "no JSON". */
export const plainBody = createMiddleware<ApiEnv>(async ({ req }, next) => {
  const coding = req.header('content-encoding')?.trim() ?? '';
  if (!/^(identity)?$/i.test(coding))
    throw new ApiProblem('media_type_not_supported', 'Send the body as it is, without Content-Encoding.', {
      'accept-encoding': 'identity',
    });
  await next();
});
