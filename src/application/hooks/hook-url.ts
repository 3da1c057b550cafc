import type { Problem } from '../../domain/errors.js';
import { cut } from '../../domain/text/cut-text.js';
import { isPublicHost } from '../policy/public-address.js';

const longest = 2000;
/** As `URL` writes them: 443 is no port of its own. What else listens at a public host is none of ours to knock at. */
const ports = ['', '8443'];
/** By name alone: a name that leads here is no name of this machine. */
const thisMachine = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address is one of this machine, which the sandbox may be told to send to. */
export const isThisMachine = ({ hostname }: URL): boolean => thisMachine.includes(hostname);

/** All that is wrong with an address that events shall be sent to. `local` allows this machine, by its name. */
export function checkHookUrl(field: string, address: string, local: boolean): Problem[] {
  if (address.length > longest)
    return [{ field, code: 'too_long', allowed: `at most ${longest} characters` }];
  const received = cut(address, 60);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return [{ field, code: 'malformed', received, allowed: 'an https address' }];
  const problems: Problem[] = [];
  if (url.username !== '' || url.password !== '')
    problems.push({ field, code: 'malformed', allowed: 'an https address without a password in it' });
  if (local && isThisMachine(url) && /^https?:$/.test(url.protocol)) return problems;
  if (url.protocol !== 'https:') problems.push({ field, code: 'not_https', received, allowed: 'https' });
  if (!isPublicHost(url.hostname))
    problems.push({ field, code: 'private_address', received, allowed: 'a public https address' });
  if (!ports.includes(url.port))
    problems.push({ field, code: 'out_of_range', received: url.port, allowed: 'port 443 or 8443' });
  return problems;
}
