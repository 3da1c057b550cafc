import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isThisMachine } from '../../application/hooks/hook-url.js';
import { isPublicAddress } from '../../application/policy/public-address.js';
import type { HookTrouble } from '../../domain/hooks/event-hook.js';

/** An event was not taken, for this reason. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';

  constructor(readonly trouble: HookTrouble) {
    super(trouble);
  }
}

/** The IP addresses of a name, none when there are none. Gives up when stopped. */
export type Resolve = (name: string, stopped: AbortSignal) => Promise<readonly string[]>;

/**
 * Asks DNS itself: the lookup of the operating system would read names of this network from its files, and whoever has
 * slow name servers would block the threads that also read our files.
 */
export const askDns: Resolve = async (name, stopped) => {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  const giveUp = () => resolver.cancel();
  stopped.addEventListener('abort', giveUp);
  try {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  } finally {
    stopped.removeEventListener('abort', giveUp);
  }
};

/** A name with a thousand addresses makes nobody knock at a thousand doors. */
const mostAddresses = 4;

interface Rules {
  readonly resolve: Resolve;
  /** Whether this machine may be sent to, by its own name. */
  readonly local: boolean;
  /** `isPublicAddress`, unless a test has only loopback. */
  readonly isAllowed?: ((address: string) => boolean) | undefined;
}

/**
 * Which addresses a host may be connected to, asked once for each connection. One that is private refuses them all: a
 * name that leads inside and outside is none of ours to choose from.
 * @throws NotTaken
 */
export async function publicAddresses(url: URL, rules: Rules, stopped: AbortSignal): Promise<string[]> {
  const { resolve, local, isAllowed = isPublicAddress } = rules;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (local && isThisMachine(url)) return [isIP(host) === 0 ? '127.0.0.1' : host];
  const addresses = isIP(host) === 0 ? await resolve(host, stopped) : [host];
  if (addresses.length === 0) throw new NotTaken('no_address');
  if (!addresses.every((address) => isAllowed(address))) throw new NotTaken('private_address');
  return addresses.slice(0, mostAddresses);
}

/** For a connection: these addresses and no others, whatever DNS says by now. */
export const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_name, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    // Node asks for all of them where it may try several; in the older form it takes one.
    if (all === true) callback(null, found);
    else callback(null, first?.address ?? '', first?.family ?? 0);
  };
