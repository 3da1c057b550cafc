import { createServer } from 'node:net';

/** Systems hand out ports above these to whoever asks for any, and other tests do all the time. */
const first = 10_000;
const count = 20_000;

/** A port of 127.0.0.1 that nobody had a moment ago, for what must know its own address before it listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * count);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) =>
      'code' in error && error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
