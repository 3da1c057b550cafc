const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** A page of somebody else cannot make its own name lead to this machine and then ask under it (DNS rebinding). */
export const isLoopbackHost = (host: string): boolean =>
  loopbackNames.includes(host.replace(/:\d+$/, '').toLowerCase());

/** Programs say no origin; pages of others say theirs. */
export const isOwnOrigin = (origin: string | undefined, host: string): boolean =>
  origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
