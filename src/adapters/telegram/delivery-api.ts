import { apiThrottler } from '@grammyjs/transformer-throttler';
import { Api, type Transformer } from 'grammy';

/** Telegram's own figures: 30 messages a second for one bot (unless it pays for more), about one in each chat. */
const perSecond = (messages: number) => ({
  reservoir: messages,
  reservoirRefreshAmount: messages,
  reservoirRefreshInterval: 1000,
});
const perChat = { reservoir: 5, reservoirRefreshAmount: 5, reservoirRefreshInterval: 5000 };

export interface ApiOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** What all sends of this process together keep below. */
  readonly messagesPerSecond: number;
}

/**
 * For deliveries: sends keep below Telegram's limits, and a 429 is thrown at once, because the job that delivers is
 * put off rather than kept waiting.
 */
export function deliveryApi({ token, apiUrl, messagesPerSecond }: ApiOptions): Api {
  const api = new Api(token, { apiRoot: apiUrl, timeoutSeconds: 120 });
  api.config.use(
    sendsOnly(apiThrottler({ global: perSecond(messagesPerSecond), out: perChat, group: perChat })),
  );
  return api;
}

/** For progress and tidying up: never waits, never tries twice. */
export const courtesyApi = ({ token, apiUrl }: Omit<ApiOptions, 'messagesPerSecond'>): Api =>
  new Api(token, { apiRoot: apiUrl, timeoutSeconds: 10 });

const sendsOnly =
  (throttle: Transformer): Transformer =>
  (previous, method, payload, signal) =>
    method.startsWith('send')
      ? throttle(previous, method, payload, signal)
      : previous(method, payload, signal);
