import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Pending } from '../../../src/application/ports/image-generator.js';
import { falGenerator } from './fal-generator.js';
import { type Answer, deadAddress, json, type LoopbackServer, loopbackServer } from './loopback-server.js';

let server: LoopbackServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
  vi.useRealTimers();
});

const isStream = (path: string) => path.includes('/status/stream');
const isStatus = (path: string) => path.split('?')[0]?.endsWith('/status') ?? false;

/** A fal whose stream is `stream` and which otherwise says that the job is done. */
async function fal(
  stream: (response: ServerResponse) => void,
  otherwise: Answer = done,
): Promise<LoopbackServer> {
  server = await loopbackServer((request, response, raw) => {
    if (!isStream(request.path)) return otherwise(request, response, raw);
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    return stream(response);
  });
  return server;
}

const done: Answer = ({ path }, response) =>
  isStatus(path)
    ? json(response, 200, { status: 'COMPLETED' })
    : json(response, 200, { images: [{ url: 'https://fal.media/a' }] });

const event = (body: unknown) => `data: ${JSON.stringify(body)}\n\n`;
const queued = (position: number) => event({ status: 'IN_QUEUE', queue_position: position, logs: null });
const running = event({ status: 'IN_PROGRESS', logs: [] });
const completed = event({ status: 'COMPLETED', logs: null, metrics: {} });

const ticket = 'fal-ai/flux-pro/finetuned/requests/r-1';
const never = new AbortController().signal;

async function all(items: AsyncIterable<Pending>): Promise<string[]> {
  const list: string[] = [];
  for await (const { phase, position } of items) list.push(`${phase} ${position}`);
  return list;
}

describe('watching a job by its stream', () => {
  it('tells what changes, until it is over', async () => {
    const { url, requests } = await fal((response) =>
      response.end([': hello\n\n', queued(2), queued(2), queued(1), running, running, completed].join('')),
    );
    expect(await all(falGenerator(url).watch(ticket, never))).toEqual([
      'queued 2',
      'queued 1',
      'running null',
    ]);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      path: '/queue/fal-ai/flux-pro/requests/r-1/status/stream?logs=0',
      headers: { authorization: 'Key test-key', accept: 'text/event-stream' },
    });
  });

  it('reads events that come in pieces, with any line end', async () => {
    const bytes = Buffer.from([queued(1), running.replaceAll('\n', '\r\n'), completed].join(''));
    const { url } = await fal(async (response) => {
      for (const byte of bytes) if (!response.write(Buffer.from([byte]))) await once(response, 'drain');
      response.end();
    });
    expect(await all(falGenerator(url).watch(ticket, never))).toEqual(['queued 1', 'running null']);
  });

  it('ends at COMPLETED though the stream stays open', async () => {
    const { url } = await fal((response) => response.write(completed));
    expect(await all(falGenerator(url).watch(ticket, never))).toEqual([]);
  });

  it('saves the next check a question, but once only', async () => {
    const { url, requests } = await fal((response) => response.end(completed));
    const generator = falGenerator(url);
    await all(generator.watch(ticket, never));
    expect(await generator.check(ticket)).toMatchObject({ kind: 'done' });
    expect(requests.filter(({ path }) => isStatus(path))).toHaveLength(0);
    expect(await generator.check(ticket)).toMatchObject({ kind: 'done' });
    expect(requests.filter(({ path }) => isStatus(path))).toHaveLength(1);
  });

  it('needs no question at all when the stream said how the platform ended the job', async () => {
    const over = event({ status: 'COMPLETED', error: 'x', error_type: 'request_timeout' });
    const { url, requests } = await fal((response) => response.end(over));
    const generator = falGenerator(url);
    await all(generator.watch(ticket, never));
    expect(await generator.check(ticket)).toMatchObject({ failure: { kind: 'timeout' } });
    expect(requests).toHaveLength(1);
  });

  it('asks for the status all the same when fal then calls it too early for the result', async () => {
    const { url } = await fal(
      (response) => response.end(completed),
      ({ path }, response) =>
        isStatus(path)
          ? json(response, 200, { status: 'IN_PROGRESS' })
          : json(response, 400, { detail: 'x' }),
    );
    const generator = falGenerator(url);
    await all(generator.watch(ticket, never));
    expect(await generator.check(ticket)).toEqual({ kind: 'pending', phase: 'running', position: null });
  });

  it('ends without an error when the connection is lost', async () => {
    const { url } = await fal((response) => response.write(running, () => response.socket?.destroy()));
    expect(await all(falGenerator(url).watch(ticket, never))).toEqual(['running null']);
  });

  it('ends without an error at what is no status', async () => {
    const { url } = await fal((response) => response.write(`${running}data: {\n\n`));
    expect(await all(falGenerator(url).watch(ticket, never))).toEqual(['running null']);
  });

  it('ends when the stream falls silent, which comments prevent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const chunks = [running, ...Array.from({ length: 15 }, () => ': still here\n\n'), queued(1)];
    // Each comes 1.9 s after the one before was read; then nothing does.
    let isClosed = () => false;
    const fetch = async (_: unknown, { signal }: RequestInit = {}) => {
      isClosed = () => signal?.aborted ?? false;
      const pull = async (stream: ReadableStreamDefaultController<Uint8Array>) => {
        const chunk = chunks.shift();
        vi.advanceTimersByTime(chunk === undefined ? 2000 : 1900);
        if (isClosed()) stream.error(new Error('the connection was closed'));
        else if (chunk === undefined) stream.close();
        else stream.enqueue(Buffer.from(chunk));
      };
      const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    };
    const settings = { silenceMilliseconds: 2000, pollMilliseconds: 1, fetch };
    expect(await all(falGenerator('http://127.0.0.1', settings).watch(ticket, never))).toEqual([
      'running null',
      'queued 1',
    ]);
    expect(isClosed()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['ends', (response) => void response.end()],
    ['is cut', (response) => void response.write(': here\n\n', () => response.socket?.destroy())],
  ])('a stream that %s is not asked for again without a pause', async (_, stream) => {
    const { url, requests } = await fal(stream);
    const generator = falGenerator(url, { pollMilliseconds: 60 });
    const startedAt = performance.now();
    for (let times = 0; times < 3; times++) await all(generator.watch(ticket, never));
    expect(requests).toHaveLength(3);
    // Timers are true to a millisecond.
    expect(performance.now() - startedAt).toBeGreaterThan(3 * 59);
  });

  it('does not wait for its pause to pass when told to stop', async () => {
    const { url } = await fal((response) => {
      response.end();
      response.once('close', () => stop.abort());
    });
    const stop = new AbortController();
    expect(await all(falGenerator(url, { pollMilliseconds: 600_000 }).watch(ticket, stop.signal))).toEqual(
      [],
    );
  });

  it('closes the connection when told to stop, and when nobody listens any more', async () => {
    const closed: Promise<unknown>[] = [];
    const { url } = await fal((response) => {
      closed.push(once(response, 'close'));
      response.write(running);
    });
    const generator = falGenerator(url);
    const stop = new AbortController();
    for await (const _ of generator.watch(ticket, stop.signal)) stop.abort();
    for await (const _ of generator.watch(ticket, never)) break;
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
  });

  it('does not begin when told to stop before', async () => {
    expect(await all(falGenerator(await deadAddress()).watch(ticket, AbortSignal.abort()))).toEqual([]);
  });
});

describe('watching a job without a stream', () => {
  /** No stream, and a status that changes with each question. */
  async function polled(refuse: (response: ServerResponse) => void, statuses: readonly unknown[]) {
    const left = [...statuses];
    server = await loopbackServer(({ path }, response) => {
      if (isStream(path)) return refuse(response);
      const status = left.shift();
      return status === undefined ? json(response, 503, {}) : json(response, 200, status);
    });
    return falGenerator(server.url, { pollMilliseconds: 5 });
  }

  const statuses = [
    { status: 'IN_QUEUE', queue_position: 0 },
    { status: 'IN_PROGRESS' },
    { status: 'COMPLETED' },
  ];

  it.each<[string, (response: ServerResponse) => void]>([
    ['405', (response) => json(response, 405, {})],
    ['503', (response) => json(response, 503, {})],
    ['a redirect', (response) => void response.writeHead(302, { location: '/' }).end()],
    ['JSON', (response) => json(response, 200, { status: 'IN_QUEUE' })],
    ['a hang-up', (response) => void response.socket?.destroy()],
  ])('asks again and again when the stream is refused with %s', async (_, refuse) => {
    const generator = await polled(refuse, statuses);
    expect(await all(generator.watch(ticket, never))).toEqual(['queued 0', 'running null']);
  });

  it('ends without an error when a question gets no answer', async () => {
    const generator = await polled((response) => json(response, 405, {}), statuses.slice(0, 2));
    expect(await all(generator.watch(ticket, never))).toEqual(['queued 0', 'running null']);
  });

  it('stops at once when told to', async () => {
    const refuse = (response: ServerResponse) => json(response, 405, {});
    const generator = await polled(refuse, Array(100).fill({ status: 'IN_PROGRESS' }));
    const stop = new AbortController();
    for await (const _ of generator.watch(ticket, stop.signal)) stop.abort();
    expect(server?.requests).toHaveLength(2);
  });
});
