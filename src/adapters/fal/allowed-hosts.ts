/**
 * Whether `url` may be read: https from a listed host, or http from a listed loopback host with its port.
 * The names decide, so an address behind them that changes (DNS rebinding) gains nothing: whoever owns the
 * listed names is trusted.
 *
 * @param hosts `host` or `host:port` each; `*.host` stands for every name below it
 */
export function isAllowed(url: URL, hosts: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return hosts.some((host) => matches(url, host.toLowerCase()));
  return url.protocol === 'http:' && isLoopback(url.hostname) && url.port !== '' && hosts.includes(url.host);
}

/** `url.host` has no port when it is the usual one. */
function matches(url: URL, host: string): boolean {
  if (host.startsWith('*.')) return url.port === '' && url.hostname.endsWith(host.slice(1));
  return url.host === host || (url.port === '' && `${url.hostname}:443` === host);
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
