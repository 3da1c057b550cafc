import { describe, expect, it, onTestFinished } from 'vitest';
import { CannotListen } from '../../../src/adapters/http/cannot-listen.js';
import { createHttpServer } from '../../../src/adapters/http/http-server.js';
import { isFromOwnMachine } from '../../../src/adapters/http/own-machine.js';
import { PrometheusMetrics } from '../../../src/adapters/observability/prometheus-metrics.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { freePort } from '../../support/free-port.js';
import { runningServer } from './running-server.js';

describe('GET /healthz', () => {
  it('answers as long as the process lives', async () => {
    const { url } = await runningServer({ readiness: async () => ['no database'] });
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('ok\n');
    expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('GET /healthz of a process that cannot recover', () => {
  it('asks to be started again, and tells only the log why', async () => {
    const { url, log } = await runningServer({ beyondRecovery: async () => ['the token is revoked'] });
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('restart me\n');
    expect(log.lines.at(-1)?.facts).toEqual({ reasons: ['the token is revoked'] });
  });
});

describe('a server that has nothing to answer yet', () => {
  it('is alive and not ready, and asks all others to come again', async () => {
    const server = createHttpServer({ port: 0, log: new RecordingLogger() });
    const { port } = await server.start();
    onTestFinished(() => server.stop());
    const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
    expect((await ask('/healthz')).status).toBe(200);
    expect(await (await ask('/readyz')).json()).toEqual({ ready: false, reasons: ['it is starting'] });
    expect((await ask('/readyz/database')).status).toBe(503);
    const early = await ask('/webhooks/telegram', 'POST');
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '5']);
    const nothing = async () => [];
    const metrics = async () => ({ contentType: 'a/b', body: '' });
    server.answer({ readiness: nothing, databaseReadiness: nothing, metrics });
    expect((await ask('/readyz')).status).toBe(200);
  });
});

describe('GET /readyz', () => {
  const answer = async (readiness: () => Promise<readonly string[]>, readinessMilliseconds = 5000) => {
    const { url, log } = await runningServer({ readiness, limits: { readinessMilliseconds } });
    const response = await fetch(`${url}/readyz`);
    return { status: response.status, body: await response.json(), log };
  };

  it('says 200 when nothing is in the way', async () => {
    expect(await answer(async () => [])).toMatchObject({ status: 200, body: { ready: true, reasons: [] } });
  });

  it('says 503 with all reasons', async () => {
    const reasons = ['no worker is alive', 'fal refuses the key'];
    expect(await answer(async () => reasons)).toMatchObject({ status: 503, body: { ready: false, reasons } });
  });

  it('is not ready when that cannot be found out, and tells only the log why', async () => {
    const { status, body, log } = await answer(async () => {
      throw new Error('password authentication failed for user "aisha"');
    });
    expect(status).toBe(503);
    expect(body).toEqual({ ready: false, reasons: ['the checks themselves failed, see the log'] });
    expect(log.at('error')).toHaveLength(1);
  });

  it('is not ready when the checks hang', async () => {
    const { status, body } = await answer(() => new Promise(() => undefined), 5);
    expect(status).toBe(503);
    expect(body).toEqual({ ready: false, reasons: ['the checks took longer than 0.005 s'] });
  });
});

describe('GET /readyz/database', () => {
  it('says 503 when this process does not reach it in time, whatever else there is to say', async () => {
    const { url } = await runningServer({
      readiness: async () => [],
      databaseReadiness: () => new Promise(() => undefined),
      limits: { readinessMilliseconds: 5 },
    });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const response = await fetch(`${url}/readyz/database`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      ready: false,
      reasons: ['the checks took longer than 0.005 s'],
    });
  });
});

describe('GET /metrics', () => {
  it('shows what was counted, for Prometheus to read', async () => {
    const metrics = new PrometheusMetrics({ log: new RecordingLogger() });
    metrics.accepted('telegram');
    const { url } = await runningServer({ metrics: () => metrics.scrape() });
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('\naisha_generations_accepted_total{transport="telegram"} 1\n');
  });
});

describe('who may see how the service is', () => {
  const status = async (url: string, headers: Record<string, string> = {}) =>
    (await fetch(url, { headers })).status;

  it('is a program on this machine that asks for itself; /healthz answers everybody', async () => {
    const { url } = await runningServer();
    const forwarded = { 'x-forwarded-for': '203.0.113.9' };
    for (const path of ['/readyz', '/readyz/database', '/metrics']) {
      expect(await status(url + path), path).toBe(200);
      expect(await status(url + path, forwarded), path).toBe(404);
      expect((await fetch(url + path, { method: 'POST', headers: forwarded })).status, path).toBe(404);
    }
    expect(await status(`${url}/healthz`, forwarded)).toBe(200);
  });

  it.each([
    ['127.0.0.1', {}, true],
    ['127.8.8.8', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['127.0.0.1', { host: 'localhost', accept: '*/*', 'user-agent': 'Prometheus/3.0' }, true],
    ['10.0.0.7', {}, false],
    ['::ffff:10.0.0.7', {}, false],
    ['fe80::1%eth0', {}, false],
    ['2001:4860:4860::8888', {}, false],
    [undefined, {}, false],
    ['127.0.0.1', { forwarded: 'for=203.0.113.9' }, false],
    ['127.0.0.1', { 'X-Forwarded-Proto': 'https' }, false],
    ['127.0.0.1', { 'X-Forwarded-Host': 'bot.example' }, false],
    ['127.0.0.1', { 'X-Real-IP': '203.0.113.9' }, false],
    ['127.0.0.1', { 'CF-Connecting-IP': '203.0.113.9' }, false],
    ['127.0.0.1', { 'True-Client-IP': '203.0.113.9' }, false],
    ['127.0.0.1', { via: '1.1 proxy' }, false],
  ] as const)('%s with %j asks on this machine: %s', (peer, headers, own) => {
    expect(isFromOwnMachine(peer, new Headers(headers))).toBe(own);
  });

  it('is everybody who reaches a listener of its own, and then nobody elsewhere', async () => {
    const { url, statusUrl } = await runningServer({ statusPort: 0, sandbox: undefined });
    for (const path of ['/readyz', '/readyz/database', '/metrics']) {
      expect(await status(url + path), path).toBe(404);
      expect(await status(statusUrl + path, { 'x-forwarded-for': '203.0.113.9' }), path).toBe(200);
    }
    for (const place of [url, statusUrl]) expect(await status(`${place}/healthz`)).toBe(200);
  });

  it('leaves nothing listening when the second port is taken, and names its setting', async () => {
    const { port: taken } = await runningServer();
    const port = await freePort();
    const second = runningServer({ port, statusPort: taken });
    await expect(second).rejects.toThrow(CannotListen);
    await expect(second).rejects.toThrow(/set STATUS_PORT to another one/);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });
});
