import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ProviderWebhooks } from '../../../src/application/ports/provider-webhooks.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { runningServer } from './running-server.js';

/** A server that keeps the bodies it was asked to judge, and refuses them; of a stranger it reads none. */
async function judging(
  webhookBody = { maximum: 1_000_000, milliseconds: 10_000 },
  limits: { bytesInFlight?: number } = {},
  judge: () => Promise<void> = async () => undefined,
) {
  const judged: Uint8Array[] = [];
  const metrics = new RecordingMetrics();
  const webhooks = {
    verify: async ({ header, body }: Parameters<ProviderWebhooks['verify']>[0]) => {
      if (header('x-stranger') === undefined) {
        judged.push(await body());
        await judge();
      }
      return { accepted: false as const, reason: 'unsigned' };
    },
  };
  const receive = { execute: async () => true };
  const falWebhook = { webhooks, receive, metrics, log: new RecordingLogger() };
  const server = await runningServer({ falWebhook, limits: { webhookBody, ...limits } });
  return { ...server, judged, metrics, address: `${server.url}/webhooks/fal` };
}

/** A POST whose body is written bit by bit, without its length. */
function begin(address: string) {
  const call = request(address, { method: 'POST' });
  // The server may hang up on what it refused.
  call.on('error', () => undefined);
  const status = new Promise<number | undefined>((resolve) => {
    call.on('response', (response) => resolve(response.resume().statusCode));
  });
  return { call, status };
}

describe('the body of a webhook', () => {
  it('is judged as the bytes that came', async () => {
    const { address, judged } = await judging();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect((await fetch(address, { method: 'POST', body: bytes })).status).toBe(401);
    expect(judged.map((body) => [...body])).toEqual([[...bytes]]);
  });

  it('may be empty, and as large as the limit', async () => {
    const { address, judged } = await judging();
    for (const size of [0, 1_000_000])
      expect((await fetch(address, { method: 'POST', body: 'x'.repeat(size) })).status).toBe(401);
    expect(judged.map(({ byteLength }) => byteLength)).toEqual([0, 1_000_000]);
  });

  it('is refused by its announced length, before it is read', async () => {
    const { address, judged, metrics } = await judging();
    const call = request(address, { method: 'POST', headers: { 'content-length': 1_000_001 } });
    call.on('error', () => undefined);
    call.flushHeaders();
    const [response] = await once(call, 'response');
    expect(response.statusCode).toBe(413);
    call.destroy();
    expect(judged).toEqual([]);
    expect(metrics.refusedWebhooks).toEqual(['too_large']);
  });

  it('is refused while it is read, when it does not say its length', async () => {
    const { address, judged, metrics } = await judging();
    const { call, status } = begin(address);
    const piece = 'x'.repeat(100_000);
    for (let count = 0; count < 11; count += 1) call.write(piece);
    expect(await status).toBe(413);
    call.destroy();
    expect(judged).toEqual([]);
    expect(metrics.refusedWebhooks).toEqual(['too_large']);
  });

  it('is not waited for longer than its time', async () => {
    const { address, judged, metrics } = await judging({ maximum: 1000, milliseconds: 30 });
    const { call, status } = begin(address);
    call.write('{');
    expect(await status).toBe(408);
    call.destroy();
    expect(judged).toEqual([]);
    expect(metrics.refusedWebhooks).toEqual(['too_slow']);
  });

  it('does not keep others waiting while it comes slowly', async () => {
    const { address, url } = await judging();
    const { call } = begin(address);
    call.write('{');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    call.destroy();
  });

  it('is forgotten when its sender goes away', async () => {
    const { address, judged, metrics } = await judging();
    const { call } = begin(address);
    call.write('{', () => call.destroy());
    await expect.poll(() => metrics.refusedWebhooks).toEqual(['cut_off']);
    expect(judged).toEqual([]);
  });

  it('of a stranger is not waited for', async () => {
    const { address, judged, metrics } = await judging();
    const headers = { 'x-stranger': 'yes', 'content-length': 1_000_000 };
    const call = request(address, { method: 'POST', headers });
    call.on('error', () => undefined);
    call.write('{');
    const [response] = await once(call, 'response');
    expect([response.statusCode, response.headers.connection]).toEqual([401, 'close']);
    call.destroy();
    expect(judged).toEqual([]);
    expect(metrics.refusedWebhooks).toEqual(['unsigned']);
  });

  it('has to wait where others fill the memory there is for all, and has room once they are judged', async () => {
    let finish: () => void = () => undefined;
    const judge = () => new Promise<void>((resolve) => (finish = resolve));
    const { address, judged, metrics } = await judging(undefined, { bytesInFlight: 1000 }, judge);
    const first = fetch(address, { method: 'POST', body: 'x'.repeat(900) });
    await expect.poll(() => judged.length).toBe(1);
    const second = await fetch(address, { method: 'POST', body: 'x'.repeat(101) });
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '15']);
    expect(metrics.refusedWebhooks).toEqual(['busy']);
    finish();
    expect((await first).status).toBe(401);
    const third = fetch(address, { method: 'POST', body: 'x'.repeat(1000) });
    await expect.poll(() => judged.length).toBe(2);
    finish();
    expect((await third).status).toBe(401);
  });

  it('comes with POST only', async () => {
    const { address } = await judging();
    const response = await fetch(address);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
