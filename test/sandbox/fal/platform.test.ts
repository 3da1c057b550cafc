import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, post, resultOf, submit } from './queue-calls.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';

let fal: TemporaryFal;
beforeAll(async () => {
  fal = await startTemporaryFal({ key: 'test', adminKey: 'admin', endpoints: ['my-team/model'] });
});
afterAll(() => fal.remove());

const models = (query = '') => call(`${fal.apiUrl}/v1/models${query}`, {}, '');
const prices = (query: string, key?: string) => call(`${fal.apiUrl}/v1/models/pricing${query}`, {}, key);
const idsOf = ({ body }: { body: Record<string, unknown> }) =>
  (body.models as { endpoint_id: string }[]).map(({ endpoint_id }) => endpoint_id);

describe('the models of the local fal', () => {
  it('are listed page by page, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await models(`?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...idsOf(page));
      expect(page.body.has_more).toBe(page.body.next_cursor !== null);
      cursor = String(page.body.next_cursor ?? '');
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(
      expect.arrayContaining(['fal-ai/flux-lora', 'fal-ai/flux/schnell', 'my-team/model']),
    );
  });

  it('say what they are, and which of them are closed', async () => {
    const { body } = await models(
      '?endpoint_id=fal-ai/flux-lora&endpoint_id=fal-ai/flux-pro-trainer&expand=openapi-3.0',
    );
    expect(body.models).toMatchObject([
      {
        endpoint_id: 'fal-ai/flux-lora',
        metadata: {
          category: 'text-to-image',
          status: 'active',
          is_favorited: null,
          display_name: 'Flux Lora',
        },
        openapi: { error: { code: 'expansion_failed' } },
      },
      { endpoint_id: 'fal-ai/flux-pro-trainer', metadata: { category: 'training', status: 'deprecated' } },
    ]);
  });

  it('are found by words, category and state', async () => {
    expect(idsOf(await models('?q=flux+schnell'))).toContain('fal-ai/flux/schnell');
    expect(idsOf(await models('?category=training&status=active'))).toEqual([
      'fal-ai/flux-lora-portrait-trainer',
      'fal-ai/flux-lora-fast-training',
    ]);
  });

  it.each([
    ['?endpoint_id=fal-ai/nothing', 404, 'not_found'],
    ['?limit=0', 400, 'validation_error'],
    ['?cursor=oops', 400, 'validation_error'],
    ['?status=gone', 400, 'validation_error'],
  ])('refuse %s', async (query, status, type) => {
    expect(await models(query)).toMatchObject({ status, body: { error: { type } } });
  });
});

describe('the prices of the local fal', () => {
  it('are told for several endpoints at once', async () => {
    const { body } = await prices('?endpoint_id=fal-ai/flux-lora,fal-ai/flux/dev');
    expect(body).toEqual({
      prices: [
        { endpoint_id: 'fal-ai/flux-lora', unit: 'megapixel', unit_price: 0.035, currency: 'USD' },
        { endpoint_id: 'fal-ai/flux/dev', unit: 'image', unit_price: 0.025, currency: 'USD' },
      ],
      next_cursor: null,
      has_more: false,
    });
  });

  it('are what the bill asks for', async () => {
    for (const endpoint of ['fal-ai/flux-lora', 'fal-ai/flux/dev'])
      await resultOf(await submit(fal, { image_size: 'square' }, { endpoint }));
    expect((await post(fal, 'fal-ai/nothing', {})).status).toBe(404);
    const days = `start=2020-01-01T00:00:00Z&end=2100-01-01T00:00:00Z&timeframe=day`;
    const { body } = await call(`${fal.apiUrl}/v1/models/usage?${days}`, {}, 'Key admin');
    const [{ results }] = body.time_series as [{ results: { endpoint_id: string; cost: number }[] }];
    const billed = Object.fromEntries(results.map(({ endpoint_id, cost }) => [endpoint_id, cost]));
    expect(billed).toEqual({ 'fal-ai/flux-lora': 0.035, 'fal-ai/flux/dev': 0.025 });
  });

  it('need the key, at least one name, and only names that are there', async () => {
    expect(await prices('?endpoint_id=fal-ai/flux/dev', '')).toMatchObject({ status: 401 });
    expect(await prices('?endpoint_id=fal-ai/flux/dev', 'Key other')).toMatchObject({ status: 401 });
    expect(await prices('')).toMatchObject({ status: 400, body: { error: { type: 'validation_error' } } });
    expect(await prices('?endpoint_id=fal-ai/flux/dev,fal-ai/nothing')).toMatchObject({ status: 404 });
  });
});
