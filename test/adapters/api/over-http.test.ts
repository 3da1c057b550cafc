import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import { FollowGenerations } from '../../../src/application/generation/follow-generations.js';
import { services as s } from '../../../src/composition/identifiers.js';
import { generationId } from '../../../src/domain/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { productionWithFakes } from '../../support/production.js';
import { runningServer } from '../http/running-server.js';
import { type ApiWorld, apiWorld } from './api-world.js';
import { type EventReader, eventReader } from './event-reader.js';

let opened: MigratedDatabase;
let web: ApiWorld;
let url: string;
let key: string;
let worker: Awaited<ReturnType<typeof productionWithFakes>>;

/** Two compositions over one database, as two processes have it: one answers, the other works. */
beforeEach(async () => {
  opened = await openMigratedDatabase();
  web = await apiWorld({ database: opened.database, credits: 1000 });
  worker = await productionWithFakes({ database: new PostgresDatabase(opened.pool), media: web.media });
  ({ url } = await runningServer({ api: web.api }));
  key = (await web.program()).key;
});
afterEach(async () => {
  vi.useRealTimers();
  web.container.get(FollowGenerations).close();
  await opened.close();
});

const send = (
  path: string,
  { headers, ...request }: RequestInit & { headers?: Record<string, string> } = {},
) => fetch(`${url}${path}`, { ...request, headers: { authorization: `Bearer ${key}`, ...headers } });

let orders = 0;
async function ordered(): Promise<string> {
  orders += 1;
  const response = await send('/v1/generations', {
    method: 'POST',
    body: JSON.stringify({ prompt: 'in medieval armor' }),
    headers: { 'content-type': 'application/json', 'idempotency-key': `over-http-${orders}` },
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { id: string }).id;
}

const follow = async (id: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  eventReader(
    await send(`/v1/generations/${id}/events`, { headers, ...(signal === undefined ? {} : { signal }) }),
  );

/** What the other process does. */
const submit = () => worker.container.get(s.handlers)['submit-next']({ task: 'submit-next' });
const run = (id: string) =>
  worker.container
    .get(s.database)
    .stores.generations.reportProgress(generationId(id), { phase: 'running', position: null });
async function finish(id: string): Promise<void> {
  const [bought] = worker.generator.bought.slice(-1);
  worker.generator.finish(bought?.ticket ?? '');
  await worker.container.get(s.handlers).collect({ task: 'collect', generation: generationId(id) });
}

/** How many are told by the process that answers. */
function countFollowers(): () => number {
  const following = web.container.get(FollowGenerations);
  const execute = following.execute.bind(following);
  let open = 0;
  following.execute = async function* (...asked) {
    open += 1;
    try {
      yield* execute(...asked);
    } finally {
      open -= 1;
    }
  };
  return () => open;
}

describe('an order over HTTP that another process works on', () => {
  it('goes from a key to the bytes of a picture', async () => {
    const id = await ordered();
    const events = await follow(id);
    await submit();
    await finish(id);
    const end = (await events.rest()).at(-1);
    expect(end).toMatchObject({ event: 'done', data: { images: [{ id: expect.any(String) }] } });
    const { images: [image] = [] } = (end?.data ?? {}) as { images?: { id: string; bytes: number }[] };
    const response = await send(`/v1/images/${image?.id}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.byteLength).toBe(image?.bytes);
    expect(response.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
  });

  it('tells queued, running and done, and goes on after the last that was seen', async () => {
    const id = await ordered();
    const events = await follow(id);
    expect(await events.next()).toMatchObject({ event: 'queued', id: '1' });
    await submit();
    await run(id);
    expect(await events.next()).toMatchObject({ event: 'running', id: '2' });
    const again = await follow(id, { 'last-event-id': '1' });
    const onlyTheEnd = await follow(id, { 'last-event-id': '2' });
    await finish(id);
    const names = async (reader: EventReader) => (await reader.rest()).map(({ event }) => event);
    expect(await names(events)).toEqual(['done']);
    expect(await names(again)).toEqual(['running', 'done']);
    expect(await names(onlyTheEnd)).toEqual(['done']);
    expect((await follow(id, { 'last-event-id': '3' })).status).toBe(204);
  });

  it('is waited for until it is over, and no longer than was asked', async () => {
    const id = await ordered();
    const followers = countFollowers();
    const late = await send(`/v1/generations/${id}?wait=1`);
    expect(await late.json()).toMatchObject({ status: 'queued' });
    const waiting = send(`/v1/generations/${id}?wait=30`);
    await expect.poll(followers).toBe(1);
    await submit();
    await finish(id);
    expect(await (await waiting).json()).toMatchObject({ status: 'done', images: [{}] });
    expect(followers()).toBe(0);
  });
});

describe('who follows an order', () => {
  it('hears every 15 seconds that the line still stands', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const events = await follow(await ordered());
    expect(await events.next()).toMatchObject({ event: 'queued' });
    vi.advanceTimersByTime(14_999);
    vi.advanceTimersByTime(1);
    expect(await events.block()).toBe(': still here');
    vi.advanceTimersByTime(15_000);
    expect(await events.block()).toBe(': still here');
  });

  it('leaves nothing behind by hanging up, nor by asking for the head alone', async () => {
    const id = await ordered();
    const followers = countFollowers();
    const hangUp = new AbortController();
    const [events] = await Promise.all([
      follow(id, {}, hangUp.signal),
      ...Array.from({ length: 9 }, () => follow(id, {}, hangUp.signal)),
    ]);
    const waiting = send(`/v1/generations/${id}?wait=30`, { signal: hangUp.signal });
    await events?.next();
    await expect.poll(followers).toBe(11);
    hangUp.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(followers).toBe(0);

    const head = await send(`/v1/generations/${id}/events`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(followers()).toBe(0);
  });

  it('follows a hundred orders at once with one key', async () => {
    const id = await ordered();
    const hangUp = new AbortController();
    const all = await Promise.all(Array.from({ length: 100 }, () => follow(id, {}, hangUp.signal)));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    for (const path of [`/v1/generations/${id}/events`, `/v1/generations/${id}?wait=30`]) {
      const refused = await send(path);
      expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too_many_followers' }]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const other = await web.program();
    const theirs = await send(`/v1/generations/${id}?wait=1`, {
      headers: { authorization: `Bearer ${other.key}` },
    });
    expect(theirs.status).toBe(200);
    hangUp.abort();
    await expect
      .poll(async () => (await send(`/v1/generations/${id}?wait=1`)).status, { interval: 50 })
      .toBe(200);
  });
});

/** A connection that is kept, as programs keep theirs. */
function keptConnection() {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let text = '';
  let isClosed = false;
  socket.on('data', (bytes) => {
    text += bytes;
  });
  socket
    .on('error', () => {})
    .on('close', () => {
      isClosed = true;
    });
  return {
    say: (said: string) => socket.write(said),
    statuses: () => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status)),
    isClosed: () => isClosed,
  };
}

describe('a connection that a program keeps', () => {
  const spaces = ' '.repeat(1000);
  const chunks = `${`3e8\r\n${spaces}\r\n`.repeat(2000)}0\r\n\r\n`;
  const head = (...lines: string[]) =>
    `${['POST /v1/generations HTTP/1.1', 'Host: here', `Authorization: Bearer ${key}`, 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`;

  it.each([
    ['of unknown length', () => `${head('Transfer-Encoding: chunked')}${chunks}`],
    ['that says how long it is', () => `${head('Content-Length: 2000000')}${spaces.repeat(2000)}`],
  ])('still serves after a body was too large %s', async (_, tooLarge) => {
    const kept = keptConnection();
    kept.say(tooLarge());
    await expect.poll(kept.statuses).toEqual([413]);
    kept.say(`GET /v1/account HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    await expect.poll(kept.statuses).toEqual([413, 200]);
    expect(kept.isClosed()).toBe(false);
  });

  it('may name no host in HTTP/1.0, as load balancers do', async () => {
    const old = keptConnection();
    old.say(`GET /v1/account HTTP/1.0\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    await expect.poll(old.statuses).toEqual([200]);
    const health = keptConnection();
    health.say('GET /healthz HTTP/1.0\r\n\r\n');
    await expect.poll(health.statuses).toEqual([200]);
    const modern = keptConnection();
    modern.say('GET /healthz HTTP/1.1\r\n\r\n');
    await expect.poll(modern.statuses).toEqual([400]);
  });
});

describe('what every answer carries', () => {
  const routes = (id: string) =>
    [
      ['GET', '/v1/generations/none', 404],
      ['GET', `/v1/generations/${id}`, 200],
      ['HEAD', `/v1/generations/${id}`, 200],
      ['GET', '/v1/images?limit=0', 422],
      ['GET', '/v1/nothing', 404],
      ['OPTIONS', '/v1/generations', 405],
      ['POST', '/v1/generations', 415],
      ['GET', '/openapi.json', 200],
    ] as const;

  it('lets no page of another site in, and is safe to open', async () => {
    const id = await ordered();
    for (const [method, path, status] of routes(id)) {
      const origin = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' };
      const response = await send(path, { method, headers: origin });
      const said = `${method} ${path}`;
      expect(response.status, said).toBe(status);
      const names = [...response.headers.keys()];
      expect(
        names.filter((name) => name.startsWith('access-control-')),
        said,
      ).toEqual([]);
      expect(response.headers.get('x-content-type-options'), said).toBe('nosniff');
      expect(response.headers.get('x-frame-options'), said).toBe('DENY');
      expect(response.headers.get('referrer-policy'), said).toBe('no-referrer');
      if (method === 'HEAD') expect(await response.text()).toBe('');
    }
    const preflight = await fetch(`${url}/v1/generations`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(401);
  });
});
