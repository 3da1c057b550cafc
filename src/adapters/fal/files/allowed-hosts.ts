/**
 * Whether `url` may be read: https from a listed host, or http from a listed loopback host with its port.
 * The names decide, so an address behind them that changes (DNS rebinding) gains nothing: whoever owns the
 * listed names is trusted. Of a host where anybody may keep files, such as a store with a bucket for each customer,
 * the first parts of the path are listed too.
 *
 * @param places `host[:port][/first/parts/of/the/path]` each; `*.host` stands for every name below it
 */
export function isAllowed(url: URL, places: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '') return false;
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !(url.protocol === 'http:' && isLoopback(url.hostname) && url.port !== '')) return false;
  return places.some((place) => {
    const slash = place.indexOf('/');
    const host = (slash < 0 ? place : place.slice(0, slash)).toLowerCase();
    const isHost = isSecure ? isAt(url, host) : url.host === host;
    return isHost && (slash < 0 || isBelow(url.pathname, place.slice(slash)));
  });
}

/** `url.host` has no port when it is the usual one. */
function isAt(url: URL, host: string): boolean {
  if (host.startsWith('*.')) return url.port === '' && url.hostname.endsWith(host.slice(1));
  return url.host === host || (url.port === '' && `${url.hostname}:443` === host);
}

/**
 * `URL` has resolved dot segments, `%2e` among them. Slashes, backslashes and per cent signs that are encoded are for
 * the server to resolve: nobody knows where such a path ends up.
 */
function isBelow(path: string, beginning: string): boolean {
  const folder = beginning.replace(/\/*$/, '/');
  return path.startsWith(folder) && !/%(2e|2f|5c|25)/i.test(path);
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
