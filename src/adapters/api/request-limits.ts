import type { MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ApiEnv } from './api-services.js';
import { ApiProblem } from './problems.js';

const minute = 60;
/** Keys that are wrong, from one address. */
const guessesAMinute = 20;

const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.max(1, Math.ceil(msBeforeNext / 1000));

/** Counts wrong keys by address: strangers shall not keep the database busy. */
export class GuessLimit {
  private readonly limiter = new RateLimiterMemory({ points: guessesAMinute, duration: minute });

  /** @throws ApiProblem when this address has guessed too often; then its key is not even looked at */
  async refuseGuessers(address: string): Promise<void> {
    const counted = await this.limiter.get(address);
    if (counted !== null && counted.remainingPoints <= 0) throw tooMany(secondsUntil(counted));
  }

  async note(address: string): Promise<void> {
    await this.limiter.penalty(address);
  }
}

const tooMany = (seconds: number) =>
  new ApiProblem('too_many_requests', `Try again in ${seconds} s.`, { 'retry-after': String(seconds) });

/** So many requests a minute for each key, told in the headers of `draft-ietf-httpapi-ratelimit-headers`. */
export function requestLimit(requestsPerMinute: number): MiddlewareHandler<ApiEnv> {
  const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: minute });
  const policy = `"minute";q=${requestsPerMinute};w=${minute}`;
  return async (context, next) => {
    const counted = await limiter.consume(context.var.key.id).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    const seconds = secondsUntil(counted);
    context.header('ratelimit-policy', policy);
    context.header('ratelimit', `"minute";r=${Math.max(0, counted.remainingPoints)};t=${seconds}`);
    if (counted.consumedPoints > requestsPerMinute) throw tooMany(seconds);
    await next();
  };
}
