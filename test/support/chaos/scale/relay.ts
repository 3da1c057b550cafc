import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** From now on nothing passes, and nobody is told: what is sent lies in buffers, as behind a cable that was pulled. */
  cut(): void;
  /** What lay there passes. */
  mend(): void;
  /** Its clients are gone and the server behind never hears of it, as when a host loses its power. */
  abandon(): void;
  close(): Promise<void>;
}

/** The way from one host to a server of TCP, which can be cut without a word to either side. */
export async function openRelay(target: { readonly host: string; readonly port: number }): Promise<Relay> {
  const pairs = new Set<readonly [client: Socket, server: Socket]>();
  let isCut = false;
  const forward = ([client, server]: readonly [Socket, Socket]) => {
    client.pipe(server);
    server.pipe(client);
  };
  const hold = ([client, server]: readonly [Socket, Socket]) => {
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.unpipe(other);
      one.pause();
    }
  };
  const relay = createServer({ allowHalfOpen: true }, (client) => {
    const pair = [client, connect({ ...target, allowHalfOpen: true })] as const;
    pairs.add(pair);
    for (const [one, other] of [pair, [pair[1], pair[0]]] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        // Behind a cut nobody hears that the other one has gone.
        if (isCut) return;
        pairs.delete(pair);
        other.destroy();
      });
    }
    if (isCut) hold(pair);
    else forward(pair);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return {
    port: (relay.address() as AddressInfo).port,
    cut() {
      isCut = true;
      pairs.forEach(hold);
    },
    mend() {
      if (!isCut) return;
      isCut = false;
      for (const pair of pairs) {
        if (pair.some((side) => side.destroyed)) for (const side of pair) side.destroy();
        else forward(pair);
      }
    },
    abandon() {
      isCut = true;
      pairs.forEach(hold);
      for (const [client] of pairs) client.destroy();
    },
    async close() {
      for (const side of [...pairs].flat()) side.destroy();
      relay.close();
      await once(relay, 'close');
    },
  };
}
