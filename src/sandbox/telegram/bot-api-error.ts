import type { ApiError } from 'grammy/types';

/** A refusal in Telegram's own words: what the bot gets as `{ ok: false, error_code, description }`. */
export class BotApiError extends Error {
  override readonly name = 'BotApiError';

  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: ApiError['parameters'],
    options?: ErrorOptions,
  ) {
    super(`${code}: ${description}`, options);
  }
}

/** `what` without the "Bad Request: " that Telegram puts in front of it. */
export const badRequest = (what: string): BotApiError => new BotApiError(400, `Bad Request: ${what}`);

export const tooManyRequests = (seconds: number): BotApiError =>
  new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
