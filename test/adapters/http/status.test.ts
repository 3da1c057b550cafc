import { describe, expect, it } from 'vitest';
import { PrometheusMetrics } from '../../../src/adapters/observability/prometheus-metrics.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
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
