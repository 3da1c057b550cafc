import type { MiddlewareHandler } from 'hono';
import { isLoopbackHost, isOwnOrigin } from '../../loopback-guard.js';

/**
 * The chat has no login: whoever reaches it is everybody in it. So it only answers under a loopback name
 * (a foreign page cannot rebind its own name to this machine), and changes nothing for another site's page.
 */
export const onlyThisMachine: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  if (!isLoopbackHost(host)) {
    return context.text('The sandbox chat can only be opened as localhost or 127.0.0.1.', 403);
  }
  const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
  if (
    !isReading &&
    !isFromOwnPage(context.req.header('origin'), host, context.req.header('x-sandbox-chat'))
  ) {
    return context.text('Only the sandbox chat itself may do this.', 403);
  }
  return next();
};

/** The header makes a browser ask before it sends the request for another site; a form cannot set it. */
function isFromOwnPage(origin: string | undefined, host: string, mark: string | undefined): boolean {
  return mark !== undefined && isOwnOrigin(origin, host);
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Nothing but the chat's own files runs in it, whatever somebody writes in a message. */
export const strictHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('content-security-policy', policy);
  context.header('x-content-type-options', 'nosniff');
  context.header('referrer-policy', 'no-referrer');
  context.header('cross-origin-resource-policy', 'same-origin');
};
