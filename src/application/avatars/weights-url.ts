import { BlockList, isIP } from 'node:net';
import type { Problem } from '../../domain/errors.js';
import { cut } from '../../domain/text/cut-text.js';

const privateIpv4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  privateIpv4.addSubnet(network, prefix, 'ipv4');

/**
 * The only IPv6 addresses of the public internet begin like this. What is left out has an IPv4 address in it, as
 * `::127.0.0.1`, `::ffff:10.0.0.1` and `64:ff9b::10.0.0.1` do, or leads nowhere outside.
 */
const publicIpv6 = new BlockList();
publicIpv6.addSubnet('2000::', 3, 'ipv6');
/** Tunnels over IPv4 (`2001::` Teredo, `2002::` 6to4), and addresses of protocols and of books. */
const specialIpv6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  specialIpv6.addSubnet(network, prefix, 'ipv6');

/** Names that never lead outside. */
const privateName =
  /^(localhost|[^.]+|.+\.(localhost|local|localdomain|internal|lan|home|home\.arpa|corp|intranet))\.?$/i;

/** What is wrong with an address that fal will be asked to read weights from. `local` allows this machine. */
export function checkWeightsUrl(field: string, address: string, local: boolean): Problem[] {
  const received = cut(address, 60);
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
  if (version === 4) return privateIpv4.check(host, 'ipv4');
  return !publicIpv6.check(host, 'ipv6') || specialIpv6.check(host, 'ipv6');
}
