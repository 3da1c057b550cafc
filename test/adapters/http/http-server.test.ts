import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Hono } from 'hono';
import { stream, streamSSE } from 'hono/streaming';
import { describe, expect, it } from 'vitest';
import { CannotListen } from '../../../src/adapters/http/cannot-listen.js';
import { createHttpServer } from '../../../src/adapters/http/http-server.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { runningServer } from './running-server.js';

describe('the HTTP server', () => {
  it('answers 404 and 405 plainly', async () => {
    const { url } = await runningServer();
    const unknown = await fetch(`${url}/admin?token=1`);
    expect([unknown.status, await unknown.text()]).toEqual([404, 'Not found\n']);
    const wrong = await fetch(`${url}/healthz`, { method: 'DELETE' });
    expect([wrong.status, await wrong.text()]).toEqual([405, 'Method not allowed\n']);
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
    for (const path of ['/webhooks/fal', '/webhooks/telegram', '/sandbox'])
      expect((await fetch(url + path, { method: 'POST' })).status, path).toBe(404);
  });

  it('tells a caller nothing about a fault of ours', async () => {
    const sandbox = new Hono().get('/broken', () => {
      throw new Error('secret detail');
    });
    const { url, log } = await runningServer({ sandbox });
    const response = await fetch(`${url}/sandbox/broken`);
    expect([response.status, await response.text()]).toEqual([500, 'Internal error\n']);
    expect(log.lines).toMatchObject([{ level: 'error', facts: { path: '/sandbox/broken' } }]);
  });

  it('sends security headers with everything, and leaves a page its own policy', async () => {
    const policy = "default-src 'self'";
    const sandbox = new Hono().get('/', (context) => {
      context.header('content-security-policy', policy);
      return context.html('<p>chat</p>');
    });
    const { url } = await runningServer({ sandbox });
    for (const path of ['/healthz', '/nowhere', '/sandbox']) {
      const { headers } = await fetch(url + path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('x-frame-options'), path).toMatch(/^(DENY|SAMEORIGIN)$/);
      expect(headers.get('x-powered-by'), path).toBeNull();
      expect(headers.get('content-security-policy'), path).toBe(
        path === '/sandbox' ? policy : "default-src 'none'; frame-ancestors 'none'",
      );
    }
  });

  it('leaves the globals of the process alone', async () => {
    const { Request, Response } = globalThis;
    await runningServer();
    expect(globalThis.Request === Request && globalThis.Response === Response).toBe(true);
  });

  it('names a taken port and the way out', async () => {
    const { port } = await runningServer();
    const second = runningServer({ port });
    await expect(second).rejects.toThrow(CannotListen);
    await expect(second).rejects.toThrow(
      new RegExp(`port ${port} of 127\\.0\\.0\\.1: another program has it.*HTTP_PORT`),
    );
  });

  it('listens where it is told to', async () => {
    const { url } = await runningServer({ host: '127.0.0.2' });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect((await fetch(`${url.replace('127.0.0.1', '127.0.0.2')}/healthz`)).status).toBe(200);
  });

  it('listens on this machine alone unless told otherwise', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
    const { port } = await runningServer({ host: undefined });
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    if (outside === undefined) return;
    await expect(fetch(`http://${outside}:${port}/healthz`)).rejects.toThrow();
    const open = await runningServer({ host: null });
    expect((await fetch(`http://${outside}:${open.port}/healthz`)).status).toBe(200);
    // Whoever comes in from outside sees no more than that.
    for (const path of ['/readyz', '/metrics'])
      expect((await fetch(`http://${outside}:${open.port}${path}`)).status, path).toBe(404);
  });

  it.each([
    '/webhooks/fal/../../metrics',
    '/webhooks/fal/..%2f..%2fmetrics',
    '/webhooks/fal/%2e%2E/.%2e/metrics',
    '/webhooks/fal/..\\..\\metrics',
    '/webhooks/fal/..%5c..%5cmetrics',
    '/./metrics',
    '/metrics/.?x=1',
    'http://127.0.0.1/webhooks/../metrics',
  ])('answers nothing at %s, which leads elsewhere than it seems to', async (path) => {
    const { port } = await runningServer();
    const socket = connect(port, '127.0.0.1');
    socket.end(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*connection: close/is);
  });

  it('minds no dots elsewhere', async () => {
    const { url } = await runningServer();
    for (const target of ['/healthz?next=/../x', '/healthz?x=%2e%2e%2f'])
      expect((await fetch(url + target)).status, target).toBe(200);
    expect((await fetch(`${url}/files/a..b/.well-known`)).status).toBe(404);
  });

  it('takes so many connections at once and hangs up on more', async () => {
    const { port } = await runningServer({ limits: { connections: 2 } });
    const sockets = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const third = connect(port, '127.0.0.1');
    third.on('error', () => undefined);
    await once(third, 'close');
    for (const socket of sockets) socket.destroy();
  });

  it('may be stopped without having been started, and twice', async () => {
    const server = createHttpServer({ port: 0, log: new RecordingLogger() });
    await server.stop();
    const running = await runningServer();
    await running.stop();
    await running.stop();
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow();
  });
});

describe('stopping the HTTP server', () => {
  it('finishes what it is answering, and takes nothing new', async () => {
    let asked: () => void = () => undefined;
    let finish: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const sandbox = new Hono().get('/slow', async (context) => {
      asked();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return context.text('done');
    });
    const { url, stop } = await runningServer({ sandbox });
    const answer = fetch(`${url}/sandbox/slow`);
    await arrived;
    const stopped = stop();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    finish();
    const response = await answer;
    expect([await response.text(), response.headers.get('connection')]).toEqual(['done', 'close']);
    await stopped;
  });

  it('finishes what is half sent, and does not keep its connection alive', async () => {
    let finish: () => void = () => undefined;
    const sandbox = new Hono().get('/half', (context) =>
      stream(context, async (answer) => {
        await answer.write('half ');
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        await answer.write('whole');
      }),
    );
    const { port, stop } = await runningServer({ sandbox, limits: { stopMilliseconds: 60_000 } });
    const agent = new Agent({ keepAlive: true });
    const call = request({ port, path: '/sandbox/half', agent, host: '127.0.0.1' }).end();
    const [response] = await once(call, 'response');
    let text = '';
    response.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    await once(response, 'data');
    const ended = once(response, 'end');
    const stopped = stop();
    finish();
    await Promise.all([stopped, ended]);
    agent.destroy();
    expect(text).toBe('half whole');
  });

  it('ends event streams, and tells those who write to them', async () => {
    let aborted: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    const sandbox = new Hono().get('/events', (context) =>
      streamSSE(context, async (events) => {
        events.onAbort(aborted);
        await events.writeSSE({ data: 'hello' });
        await gone;
      }),
    );
    const { url, stop } = await runningServer({ sandbox, limits: { stopMilliseconds: 60_000 } });
    const response = await fetch(`${url}/sandbox/events`);
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('hello');
    await stop();
    await gone;
    await expect(reader?.read()).rejects.toThrow();
  });

  it('does not wait for connections that are only kept alive', async () => {
    const { port, stop } = await runningServer({ limits: { stopMilliseconds: 60_000 } });
    const agent = new Agent({ keepAlive: true });
    const call = request({ port, path: '/healthz', agent, host: '127.0.0.1' }).end();
    const [response] = await once(call, 'response');
    response.resume();
    await once(response, 'end');
    await stop();
    agent.destroy();
  });

  it('cuts what does not end by itself', async () => {
    const { port, stop } = await runningServer({ limits: { stopMilliseconds: 20 } });
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.resume();
    await stop();
    await closed;
  });
});

it('whoever opens the address itself is led to the chat, or told what runs here', async () => {
  const sandbox = new Hono().get('/', (context) => context.text('the chat'));
  const { url } = await runningServer({ sandbox });
  expect(await (await fetch(url)).text()).toBe('the chat');
  const live = await runningServer();
  const answer = await fetch(live.url);
  expect({ status: answer.status, text: await answer.text() }).toEqual({
    status: 200,
    text: expect.stringContaining('Aisha runs here'),
  });
  expect((await fetch(live.url, { method: 'POST' })).status).toBe(405);
});
