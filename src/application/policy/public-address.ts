import { BlockList, isIP } from 'node:net';

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
  // Looks public: what machines of Azure ask about themselves.
  ['168.63.129.16', 32],
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

/** Whether an IP address, without brackets, is one of the public internet. What is no IP address is not. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  if (version === 4) return !privateIpv4.check(address, 'ipv4');
  return publicIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
}

/** Whether the host of an address, as `URL` writes it, can lead outside. A name still has to be looked up. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? !privateName.test(host) : isPublicAddress(host);
}
