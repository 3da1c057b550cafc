import type { MiddlewareHandler } from 'hono';
import type { AuthenticateApiKey } from '../../application/account/keys/authenticate-api-key.js';
import type { KeyScope } from '../../domain/api-key.js';
import type { ApiEnv } from './api-services.js';
import { clientAddress } from './client-address.js';
import { ApiProblem } from './problems.js';
import { GuessLimit } from './request-limits.js';

const challenge = { 'www-authenticate': 'Bearer realm="aisha"' };

/** Lets nobody in without a key. Missing, wrong, over and revoked ones look alike. */
export function authentication(authenticate: AuthenticateApiKey): MiddlewareHandler<ApiEnv> {
  const guesses = new GuessLimit();
  return async (context, next) => {
    const [, text] = context.req.header('authorization')?.match(/^Bearer +(\S+) *$/i) ?? [];
    const refused = new ApiProblem('key_required', 'Send Authorization: Bearer aisha_…', challenge);
    if (text === undefined) throw refused;
    const peer = context.env?.incoming?.socket.remoteAddress;
    const address = clientAddress(peer, context.req.header('x-forwarded-for'));
    await guesses.refuseGuessers(address);
    const key = await authenticate.execute(text);
    if (key === null) {
      await guesses.note(address);
      throw refused;
    }
    context.set('key', key);
    await next();
  };
}

/** For a route that not every key may use. */
export const needs =
  (scope: KeyScope): MiddlewareHandler<ApiEnv> =>
  async (context, next) => {
    if (!context.var.key.scopes.includes(scope))
      throw new ApiProblem('scope_missing', `This needs a key with the scope ${scope}.`);
    await next();
  };
