import { accessSync, constants } from 'node:fs';

const sslModes = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];
const files = ['sslrootcert', 'sslcert', 'sslkey'];

/** What is wrong with an address of a database, each a sentence that begins with the name of its setting. */
export function problemsOfDatabaseUrl(name: string, url: string): string[] {
  const parameters = parametersOf(url);
  const mode = parameters.get('sslmode');
  const unknown =
    mode === null || sslModes.includes(mode)
      ? []
      : [`${name} has sslmode "${mode}", which is unknown; allowed: ${sslModes.join(', ')}`];
  const unreadable = files.flatMap((file) => {
    const path = parameters.get(file);
    return path === null || isReadable(path)
      ? []
      : [`${name} has ${file}=${path}, and there is no such file that can be read`];
  });
  return [...unknown, ...unreadable];
}

/**
 * The same address in words that mean one thing: the driver takes `prefer`, `require` and `verify-ca` for
 * `verify-full`, and warns at each start that this will change. Whoever wants what libpq does with them says
 * `uselibpqcompat=true`.
 */
export function plainDatabaseUrl(url: string): string {
  if (parametersOf(url).get('uselibpqcompat') === 'true') return url;
  return url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|#|$)/, '$1verify-full');
}

/** The driver takes addresses without a host, which are none by the standard. */
function parametersOf(url: string): URLSearchParams {
  return new URLSearchParams(url.split('#', 1)[0]?.split('?').slice(1).join('?') ?? '');
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
