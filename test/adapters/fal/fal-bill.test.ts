import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FalBill } from '../../../src/adapters/fal/fal-bill.js';
import { type LocalFal, startLocalFal } from '../../../src/sandbox/fal/local-fal.js';

const key = 'fal-admin-key';
const first = Date.parse('2026-11-25T10:00:00Z');
const day = 86_400_000;
const lora = 'fal-ai/flux-lora';
const weights = [{ path: 'https://v3.fal.media/files/weights.safetensors', scale: 1 }];

let folder: string;
let fal: LocalFal;
let now = first;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-bill-'));
  fal = await startLocalFal({ folder, adminKey: key, now: () => now, imageMilliseconds: 0 });
});
afterAll(async () => {
  await fal.close();
  await rm(folder, { recursive: true, force: true });
});

const order = (endpoint: string, input: object) =>
  fetch(`${fal.queueUrl}/${endpoint}`, {
    method: 'POST',
    headers: { authorization: 'Key any', 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
const bill = (changes: Partial<ConstructorParameters<typeof FalBill>[0]> = {}) =>
  new FalBill({ apiUrl: fal.apiUrl, adminKey: key, ...changes });
/** As fal's platform answers, or something between. */
const answering = (body: unknown, status = 200) =>
  bill({ fetch: async () => new Response(JSON.stringify(body), { status }) });

describe('fal’s bill', () => {
  it('says what each day cost at each endpoint', async () => {
    const square = { width: 1024, height: 1024 };
    await order(lora, { prompt: 'a knight', loras: weights, num_images: 2, image_size: square });
    await order(lora, { prompt: 'a queen', loras: weights, image_size: { width: 1024, height: 1536 } });
    now = first + day;
    await order('fal-ai/flux-pro/finetuned', {
      ...{ prompt: 'a king', finetune_id: '0d5e1f9a-0000-4000-8000-000000000000', finetune_strength: 1 },
    });
    // Refused by the model: nothing is to be paid.
    await order(lora, { loras: weights });
    now = first + 2 * day;
    expect(await bill().read('2026-11-25', '2026-11-26')).toEqual([
      { day: '2026-11-25', endpoint: lora, billed: 4 * 35_000 },
      { day: '2026-11-26', endpoint: 'fal-ai/flux-pro/finetuned', billed: 60_000 },
    ]);
    expect(await bill().read('2026-11-26', '2026-11-26')).toHaveLength(1);
    expect(await bill().read('2026-11-27', '2026-11-27')).toEqual([]);
  });

  it('is read to its last page', async () => {
    const pages: string[] = [];
    const oneLineAtOnce: typeof fetch = (input, init) => {
      const url = String(input).replace(/limit=\d+/, 'limit=1');
      pages.push(url);
      return fetch(url, init);
    };
    expect(await bill({ fetch: oneLineAtOnce }).read('2026-11-25', '2026-11-26')).toHaveLength(2);
    expect(pages).toHaveLength(2);
  });

  it('is shown to the Admin key alone, which no error names', async () => {
    const error = await bill({ adminKey: 'an-api-key' })
      .read('2026-11-25', '2026-11-26')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'FalRefusal', status: 403 });
    expect(String(error)).not.toContain('an-api-key');
  });

  const line = { endpoint_id: lora, cost_total: 1, currency: 'USD' };
  const bucket = '2026-11-25T00:00:00Z';
  it.each([
    ['a page of a proxy', 'hello'],
    ['no days', { has_more: false }],
    ['a day without a time', { time_series: [{ bucket: 'soon', results: [line] }] }],
    ['a line without dollars', { time_series: [{ bucket, results: [{ ...line, cost_total: null }] }] }],
    ['a cost below nothing', { time_series: [{ bucket, results: [{ ...line, cost_total: -1 }] }] }],
    ['another currency', { time_series: [{ bucket, results: [{ ...line, currency: 'EUR' }] }] }],
    ['more without a place', { time_series: [], has_more: true, next_cursor: null }],
  ])('is never taken for nothing where it is %s', async (_, body) => {
    await expect(answering(body).read('2026-11-25', '2026-11-25')).rejects.toMatchObject({
      name: 'UnreadableBill',
    });
  });

  it('is read after discounts, in the older name too, and only of the days that were asked for', async () => {
    const other = { ...line, cost_total: undefined, cost: 0.25 };
    const body = {
      time_series: [
        { bucket: '2026-11-24T00:00:00+00:00', results: [line] },
        { bucket, results: [{ ...line, cost_subtotal: 2 }, other] },
      ],
      has_more: false,
    };
    expect(await answering(body).read('2026-11-25', '2026-11-25')).toEqual([
      { day: '2026-11-25', endpoint: lora, billed: 1_000_000 },
      { day: '2026-11-25', endpoint: lora, billed: 250_000 },
    ]);
  });
});
