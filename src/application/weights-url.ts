import { BlockList, isIP } from 'node:net';
import type { Problem } from '../domain/errors.js';

const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  privateAddresses.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateAddresses.addSubnet(network, prefix, 'ipv6');

/** Names that never lead outside. */
const privateName =
  /^(localhost|[^.]+|.+\.(localhost|local|internal|lan|home|home\.arpa|corp|intranet))\.?$/i;

/** What is wrong with an address that fal will be asked to read weights from. `local` allows this machine. */
export function checkWeightsUrl(field: string, address: string, local: boolean): Problem[] {
  const received = address.slice(0, 60);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return [{ field, code: 'malformed', received, allowed: 'an https address' }];
  if (local && url.protocol === 'http:') return [];
  if (url.protocol !== 'https:') return [{ field, code: 'not_https', received, allowed: 'https' }];
  if (!local && isPrivate(url.hostname))
    return [{ field, code: 'private_address', received, allowed: 'a public https address' }];
  if (url.username !== '' || url.password !== '')
    return [{ field, code: 'malformed', allowed: 'an https address without a password in it' }];
  return [];
}

function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(host);
  if (version === 0) return privateName.test(host);
  return privateAddresses.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
