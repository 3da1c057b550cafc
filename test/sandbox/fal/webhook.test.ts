import { afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../src/sandbox/fal/faults/fault-rule.js';
import { cancel, flux, resultOf, submit } from './queue-calls.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';
import { isGenuine, startReceiver } from './webhook-receiver.js';

type WebhookFault = Extract<FaultRule, { step: 'webhook' }>['fault'];
type Receiver = Awaited<ReturnType<typeof startReceiver>>;

let fal: TemporaryFal;
let receiver: Receiver;
afterEach(async () => {
  await receiver.close();
  await fal.remove();
});

async function prepare(statuses: number[] = [], faults: readonly FaultRule[] = []): Promise<void> {
  receiver = await startReceiver(statuses);
  fal = await startTemporaryFal({ webhookRetryMilliseconds: [5, 10, 20], faults });
}

const once = (fault: WebhookFault): readonly FaultRule[] => [{ step: 'webhook', fault, times: 1 }];

describe('webhooks of the local fal', () => {
  it('carry the output, signed so that the JWKS proves them', async () => {
    await prepare();
    const job = await submit(fal, { seed: 4 }, { webhook: receiver.url });
    const [webhook] = await receiver.webhooks(1);
    if (webhook === undefined) throw new Error('no webhook');
    const { body: payload } = await resultOf(job);
    expect(webhook.body).toEqual({
      request_id: job.request_id,
      gateway_request_id: job.request_id,
      status: 'OK',
      payload,
    });
    expect(await isGenuine(fal, webhook)).toBe(true);
    expect(Math.abs(Number(webhook.headers['x-fal-webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('carry the error of a failed job, as the result does', async () => {
    await prepare();
    const job = await submit(fal, { num_images: 9 }, { webhook: receiver.url });
    const [webhook] = await receiver.webhooks(1);
    const { body: payload } = await resultOf(job);
    expect(webhook?.body).toMatchObject({ status: 'ERROR', error: 'Invalid status code: 422', payload });
  });

  it('tell of a cancelled job at once', async () => {
    receiver = await startReceiver();
    fal = await startTemporaryFal({ imageMilliseconds: 60_000 });
    await cancel(await submit(fal, {}, { webhook: receiver.url }));
    const [webhook] = await receiver.webhooks(1);
    expect(webhook?.body).toMatchObject({ status: 'ERROR', payload: { error_type: 'client_cancelled' } });
  });

  it('come again until somebody takes them, then no more', async () => {
    await prepare([500, 404, 200]);
    const job = await submit(fal, {}, { webhook: receiver.url });
    const all = await receiver.webhooks(3);
    expect(new Set(all.map(({ body }) => body.request_id))).toEqual(new Set([job.request_id]));
    // A second job's webhook comes after every retry that the first could have had.
    await submit(fal, {}, { webhook: receiver.url });
    expect(await receiver.webhooks(4)).toHaveLength(4);
  });

  it('are given up after the last retry', async () => {
    await prepare([500, 500, 500, 500, 500, 500]);
    const first = await submit(fal, {}, { webhook: receiver.url });
    await receiver.webhooks(4);
    await submit(fal, {}, { webhook: receiver.url });
    // The second job's third attempt is later than a fifth one of the first would be.
    const all = await receiver.webhooks(7);
    expect(all.filter(({ body }) => body.request_id === first.request_id)).toHaveLength(4);
  });

  it('end at a redirect', async () => {
    await prepare([302, 500, 500, 500]);
    const first = await submit(fal, {}, { webhook: receiver.url });
    await receiver.webhooks(1);
    await submit(fal, {}, { webhook: receiver.url });
    // The second job's last attempt is later than a second one of the first would be.
    const all = await receiver.webhooks(5);
    expect(all.filter(({ body }) => body.request_id === first.request_id)).toHaveLength(1);
  });

  it('are signed with the new key after a rotation', async () => {
    await prepare();
    await submit(fal, {}, { webhook: receiver.url });
    const [old] = await receiver.webhooks(1);
    fal.rotateSigningKey();
    await submit(fal, {}, { webhook: receiver.url });
    const [, renewed] = await receiver.webhooks(2);
    if (old === undefined || renewed === undefined) throw new Error('no webhook');
    expect(await isGenuine(fal, old)).toBe(false);
    expect(await isGenuine(fal, renewed)).toBe(true);
  });
});

describe('scripted webhooks', () => {
  it.each<WebhookFault>([{ kind: 'forged' }, { kind: 'tampered' }, { kind: 'unsigned' }])(
    '%o does not verify, and the next attempt does',
    async (fault) => {
      await prepare([401], once(fault));
      await submit(fal, {}, { webhook: receiver.url });
      const [bad, good] = await receiver.webhooks(2);
      if (bad === undefined || good === undefined) throw new Error('no webhook');
      expect(await isGenuine(fal, bad)).toBe(false);
      expect(await isGenuine(fal, good)).toBe(true);
    },
  );

  it('a stale one is genuine but old', async () => {
    await prepare([], once({ kind: 'stale', seconds: 301 }));
    await submit(fal, {}, { webhook: receiver.url });
    const [webhook] = await receiver.webhooks(1);
    if (webhook === undefined) throw new Error('no webhook');
    expect(await isGenuine(fal, webhook)).toBe(true);
    expect(Date.now() / 1000 - Number(webhook.headers['x-fal-webhook-timestamp'])).toBeGreaterThan(300);
  });

  it('a foreign one is genuine but about a request of nobody', async () => {
    await prepare([401], once({ kind: 'foreign' }));
    const job = await submit(fal, {}, { webhook: receiver.url });
    const [foreign, own] = await receiver.webhooks(2);
    if (foreign === undefined) throw new Error('no webhook');
    expect(await isGenuine(fal, foreign)).toBe(true);
    expect(foreign.raw).not.toContain(job.request_id);
    expect(own?.body.request_id).toBe(job.request_id);
  });

  it('duplicates come with the same body', async () => {
    await prepare([], once({ kind: 'duplicate', copies: 2 }));
    await submit(fal, {}, { webhook: receiver.url });
    const all = await receiver.webhooks(3);
    expect(new Set(all.map(({ raw }) => raw)).size).toBe(1);
  });

  it('a missing one never comes', async () => {
    await prepare([], once({ kind: 'missing' }));
    await resultOf(await submit(fal, {}, { webhook: receiver.url }));
    const next = await submit(fal, {}, { webhook: receiver.url });
    const [first] = await receiver.webhooks(1);
    expect(first?.body.request_id).toBe(next.request_id);
  });

  it('overtakes the answer of the submit when that is held back', async () => {
    await prepare([], [{ step: 'submit', fault: { kind: 'delay', milliseconds: 60_000, when: 'after' } }]);
    const controller = new AbortController();
    const answer = fetch(`${fal.queueUrl}/${flux}?fal_webhook=${encodeURIComponent(receiver.url)}`, {
      method: 'POST',
      headers: { authorization: 'Key test' },
      body: '{"prompt":"a cat"}',
      signal: controller.signal,
    });
    const [webhook] = await receiver.webhooks(1);
    expect(webhook?.body.status).toBe('OK');
    controller.abort();
    await expect(answer).rejects.toThrow();
  });
});
