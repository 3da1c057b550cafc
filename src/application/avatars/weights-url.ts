import type { Problem } from '../../domain/errors.js';
import { cut } from '../../domain/text/cut-text.js';
import { isPublicHost } from '../policy/public-address.js';

/** What is wrong with an address that fal will be asked to read weights from. `local` allows this machine. */
export function checkWeightsUrl(field: string, address: string, local: boolean): Problem[] {
  const received = cut(address, 60);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return [{ field, code: 'malformed', received, allowed: 'an https address' }];
  if (local && url.protocol === 'http:') return [];
  if (url.protocol !== 'https:') return [{ field, code: 'not_https', received, allowed: 'https' }];
  if (!local && !isPublicHost(url.hostname))
    return [{ field, code: 'private_address', received, allowed: 'a public https address' }];
  if (url.username !== '' || url.password !== '')
    return [{ field, code: 'malformed', allowed: 'an https address without a password in it' }];
  return [];
}
