import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openRelay } from './relay.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server that says back what it hears, behind a relay. */
async function behindRelay() {
  const accepted: Socket[] = [];
  const server = createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const relay = await openRelay({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  closing.push(
    () => server.close(),
    () => relay.close(),
  );
  const enter = () => {
    const socket = connect(relay.port, '127.0.0.1').on('error', () => undefined);
    closing.push(() => socket.destroy());
    return socket;
  };
  return { relay, accepted, enter };
}

const hear = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

/** Long enough for what could arrive over loopback; nothing else tells that something does not come. */
const nothingFor = (socket: Socket, milliseconds = 100) =>
  Promise.race([hear(socket), new Promise((resolve) => setTimeout(resolve, milliseconds, 'nothing'))]);

it('passes on what both sides say, also after it was cut for a while', async () => {
  const { relay, enter } = await behindRelay();
  const socket = enter();
  socket.write('one');
  expect(await hear(socket)).toBe('one');
  relay.cut();
  socket.write('two');
  expect(await nothingFor(socket)).toBe('nothing');
  relay.mend();
  expect(await hear(socket)).toBe('two');
});

it('lets nobody through who comes while it is cut, and refuses nobody', async () => {
  const { relay, enter } = await behindRelay();
  relay.cut();
  const socket = enter();
  await once(socket, 'connect');
  socket.write('hello');
  expect(await nothingFor(socket)).toBe('nothing');
  relay.mend();
  expect(await hear(socket)).toBe('hello');
});

it('leaves the server with connections of which nobody tells it that they are dead', async () => {
  const { relay, accepted, enter } = await behindRelay();
  const socket = enter();
  socket.write('one');
  await hear(socket);
  relay.abandon();
  await once(socket, 'close');
  expect(await nothingFor(accepted[0] as Socket)).toBe('nothing');
  expect(accepted.map(({ destroyed, readableEnded }) => destroyed || readableEnded)).toEqual([false]);
});
