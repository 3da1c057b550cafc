import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StandardWebhook } from '../../../src/adapters/webhooks/standard-webhook.js';
import type { Alert } from '../../../src/application/ports/operator/alert-channel.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { isSigned, openReceiver } from '../../support/alert-receiver.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = '0190b6f0-0000-4000-8000-000000000001';
const begunAt = new Date('2026-01-01T12:00:00Z');
const alert: Alert = {
  ...{ id, event: 'begun', begunAt, clearedAt: null },
  trouble: { kind: 'endpoint_gone', subject: 'fal-ai/flux-lora', facts: { standIn: null } },
};
const never = new AbortController().signal;

describe('StandardWebhook', () => {
  const clock = new FakeClock(begunAt);
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  beforeEach(async () => {
    receiver = await openReceiver(secret, () => clock.now());
  });
  afterEach(() => receiver.close());
  const webhook = (changes = {}) => new StandardWebhook({ url: receiver.url, secret, clock, ...changes });

  it('is judged by the example of the specification', () => {
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v2,another',
    };
    const at = new Date(1_614_265_330_000);
    expect(isSigned(headers, '{"test": 2432232314}', secret, at)).toBe(true);
    expect(isSigned(headers, '{"test": 2432232315}', secret, at)).toBe(false);
    expect(isSigned(headers, '{"test": 2432232314}', secret, new Date())).toBe(false);
  });

  it('posts what begins and what is over, signed, each under its own id', async () => {
    await webhook().send(alert, never);
    const clearedAt = new Date('2026-01-01T13:00:00Z');
    await webhook().send({ ...alert, event: 'cleared', clearedAt }, never);
    expect(receiver.refused).toEqual([]);
    const data = {
      alert: id,
      kind: 'endpoint_gone',
      subject: 'fal-ai/flux-lora',
      summary: 'fal takes no jobs for fal-ai/flux-lora',
      begunAt: begunAt.toISOString(),
      facts: { standIn: null },
    };
    expect(receiver.received).toEqual([
      {
        id: `msg_${id}_begun`,
        type: 'alert.begun',
        timestamp: begunAt.toISOString(),
        data: { ...data, clearedAt: null },
      },
      {
        id: `msg_${id}_cleared`,
        type: 'alert.cleared',
        timestamp: clearedAt.toISOString(),
        data: { ...data, clearedAt: clearedAt.toISOString() },
      },
    ]);
  });

  it('has sent nothing that was refused, sent elsewhere or not answered in time, and names no address then', async () => {
    const wrong = webhook({ secret: `whsec_${Buffer.alloc(24).toString('base64')}` });
    const failures: unknown[] = [await wrong.send(alert, never).catch((error: unknown) => error)];
    receiver.troubles.push(
      (response) => response.writeHead(500).end(),
      (response) => response.writeHead(307, { location: receiver.url }).end(),
      () => undefined,
    );
    for (const milliseconds of [10_000, 10_000, 50])
      failures.push(
        await webhook({ milliseconds })
          .send(alert, never)
          .catch((error: unknown) => error),
      );
    expect(failures.map((failure) => failure instanceof Error)).toEqual([true, true, true, true]);
    expect(failures.map((failure) => String(failure)).join()).toMatch(/401.*500.*307.*timeout/i);
    expect(failures.map((failure) => String(failure)).join()).not.toContain('of-the-receiver');
    expect(receiver.received).toEqual([]);
  });

  it('gives up what is under way when the process stops', async () => {
    const stopping = new AbortController();
    receiver.troubles.push(() => stopping.abort(new Error('this process stops')));
    await expect(webhook().send(alert, stopping.signal)).rejects.toThrow('this process stops');
  });
});
