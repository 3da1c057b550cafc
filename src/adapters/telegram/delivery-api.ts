import { autoRetry } from '@grammyjs/auto-retry';
import { Api, type Transformer } from 'grammy';
import type { FloodWaits } from './delivery/flood-waits.js';

export interface ApiOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly floodWaits: FloodWaits;
  /** Right before each call of a delivery. */
  readonly beforeSend?: Transformer | undefined;
}

/** Waits until a message may be sent to this chat. */
type Turn = (chat: string) => Promise<void>;

/**
 * For deliveries that come in the lane of their chat, which keeps to the rate limit. A 429 is thrown at once, so that
 * the job is tried later.
 */
export function plainApi({ token, apiUrl, floodWaits, beforeSend }: ApiOptions): Api {
  const api = new Api(token, { apiRoot: apiUrl, timeoutSeconds: 120 });
  if (beforeSend !== undefined) api.config.use(beforeSend);
  api.config.use(floodWaits.transformer);
  return api;
}

/** For everything else that is sent: waits for its turn before each message. A 429 is thrown at once. */
export function deliveryApi(options: ApiOptions, turn: Turn): Api {
  const api = plainApi(options);
  api.config.use(waitingFor(turn));
  return api;
}

/** For what follows a delivery that must not be repeated: waits and tries again itself. */
export function patientApi(options: ApiOptions, turn: Turn): Api {
  const api = deliveryApi(options, turn);
  api.config.use(autoRetry({ maxRetryAttempts: 5, maxDelaySeconds: 60 }));
  return api;
}

/** For progress and tidying up: never waits, never tries twice. */
export function bestEffortApi({ token, apiUrl, floodWaits }: ApiOptions): Api {
  const api = new Api(token, { apiRoot: apiUrl, timeoutSeconds: 10 });
  api.config.use(floodWaits.transformer);
  return api;
}

const waitingFor =
  (turn: Turn): Transformer =>
  async (previous, method, payload, signal) => {
    if (method.startsWith('send')) await turn('chat_id' in payload ? String(payload.chat_id) : '');
    return previous(method, payload, signal);
  };
