import { BlockList } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { plainAnswer } from './plain-answers.js';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** What proxies write when they pass on what somebody else asked. */
const forwarding =
  /^(forwarded|via|(true-)?client-ip|(x-forwarded|x-real|x-client|x-cluster|x-original|cf-|fly-).*)$/;

/** Whether a request was made on this machine: by a program here, and for nobody behind it. */
export function isFromOwnMachine(peer: string | undefined, headers: Headers): boolean {
  // How a socket for both families shows an IPv4 address.
  const address = peer?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  if (!loopback.check(address, address.includes(':') ? 'ipv6' : 'ipv4')) return false;
  return ![...headers.keys()].some((name) => forwarding.test(name));
}

/** To all others the path does not exist. */
export const onlyFromOwnMachine: MiddlewareHandler = (context, next) => {
  const { address } = getConnInfo(context).remote;
  return isFromOwnMachine(address, context.req.raw.headers)
    ? next()
    : Promise.resolve(plainAnswer(context, 404));
};
