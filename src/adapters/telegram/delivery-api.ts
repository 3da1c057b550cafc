import { autoRetry } from '@grammyjs/auto-retry';
import { Api, type Transformer } from 'grammy';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** About one message a second in each chat, and a few at once. Telegram's own figure. */
const perChat = { points: 5, duration: 5 };

export interface ApiOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** What all sends of this process together keep below. Telegram allows 30 to a bot that does not pay for more. */
  readonly messagesPerSecond: number;
}

/**
 * For deliveries: sends keep below Telegram's limits, and a 429 is thrown at once, because the job that delivers is
 * put off rather than kept waiting.
 */
export function deliveryApi({ token, apiUrl, messagesPerSecond }: ApiOptions): Api {
  const api = new Api(token, { apiRoot: apiUrl, timeoutSeconds: 120 });
  api.config.use(keepingBelow(messagesPerSecond));
  return api;
}

/** For what belongs to a delivery that must not be made again: waits and tries again by itself. */
export function patientApi(options: ApiOptions): Api {
  const api = deliveryApi(options);
  api.config.use(autoRetry({ maxRetryAttempts: 5, maxDelaySeconds: 60 }));
  return api;
}

/** For progress and tidying up: never waits, never tries twice. */
export const courtesyApi = ({ token, apiUrl }: Omit<ApiOptions, 'messagesPerSecond'>): Api =>
  new Api(token, { apiRoot: apiUrl, timeoutSeconds: 10 });

/** Sends wait for their turn, first in their chat, then among all. */
function keepingBelow(messagesPerSecond: number): Transformer {
  const chats = new RateLimiterMemory(perChat);
  const all = new RateLimiterMemory({ points: messagesPerSecond, duration: 1 });
  return async (previous, method, payload, signal) => {
    if (method.startsWith('send')) {
      if ('chat_id' in payload) await turn(chats, String(payload.chat_id));
      await turn(all, 'all');
    }
    return previous(method, payload, signal);
  };
}

async function turn(limiter: RateLimiterMemory, key: string): Promise<void> {
  for (;;) {
    try {
      await limiter.consume(key);
      return;
    } catch (busy) {
      if (!(busy instanceof RateLimiterRes)) throw busy;
      await new Promise((resolve) => setTimeout(resolve, busy.msBeforeNext));
    }
  }
}
