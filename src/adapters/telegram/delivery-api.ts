import { autoRetry } from '@grammyjs/auto-retry';
import { Api, type Transformer } from 'grammy';
import type { SendRateLimiter } from './delivery/send-rate-limiter.js';

export interface ApiOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** Right before each call of a delivery. */
  readonly beforeSend?: Transformer | undefined;
}

/**
 * For the pictures of a job: the caller keeps to the rate limit. A 429 is thrown at once, so that the job is tried
 * later.
 */
export function plainApi({ token, apiUrl, beforeSend }: ApiOptions): Api {
  const api = new Api(token, { apiRoot: apiUrl, timeoutSeconds: 120 });
  if (beforeSend !== undefined) api.config.use(beforeSend);
  return api;
}

/** For all other deliveries: keeps to the rate limit itself. A 429 is thrown at once. */
export function deliveryApi(options: ApiOptions, limiter: SendRateLimiter): Api {
  const api = plainApi(options);
  api.config.use(keepingTo(limiter));
  return api;
}

/** For what follows a delivery that must not be repeated: waits and tries again itself. */
export function patientApi(options: ApiOptions, limiter: SendRateLimiter): Api {
  const api = deliveryApi(options, limiter);
  api.config.use(autoRetry({ maxRetryAttempts: 5, maxDelaySeconds: 60 }));
  return api;
}

/** For progress and tidying up: never waits, never tries twice. */
export const bestEffortApi = ({ token, apiUrl }: ApiOptions): Api =>
  new Api(token, { apiRoot: apiUrl, timeoutSeconds: 10 });

const keepingTo =
  (limiter: SendRateLimiter): Transformer =>
  async (previous, method, payload, signal) => {
    if (method.startsWith('send')) await limiter.turn('chat_id' in payload ? String(payload.chat_id) : '');
    return previous(method, payload, signal);
  };
