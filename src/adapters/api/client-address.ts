import { BlockList, isIPv6 } from 'node:net';

/** Where a proxy of the operator's stands. */
const near = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  near.addSubnet(net, bits, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Who asks, for counting. What a proxy in front wrote last is believed, since it wrote it itself; what a stranger sends
 * along is not. Of IPv6 the network: one person has more addresses than can be counted.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined): string {
  const direct = plain(peer ?? '');
  const isNear = direct !== '' && near.check(direct, isIPv6(direct) ? 'ipv6' : 'ipv4');
  const last = plain(forwardedFor?.split(',').at(-1) ?? '');
  const address = isNear && last !== '' ? last : direct;
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('%', 1)[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0');
  return [...groups, ...(address.includes('::') ? zeros : []), ...after].slice(0, 4).join(':');
}
