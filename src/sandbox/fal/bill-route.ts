import { type Context, Hono } from 'hono';
import type { RequestFolder } from './queue/request-folder.js';
import { endOf, isJobError, outcomeOf, type RequestRecord } from './queue/request-record.js';

interface Line {
  readonly endpoint_id: string;
  readonly unit: string;
  readonly quantity: number;
  readonly unit_price: number;
}

const dayMilliseconds = 86_400_000;
const linesAtOnce = 50;

/**
 * `GET /v1/models/usage` of fal's platform: what each day cost at each endpoint. Shown to the Admin key alone, as fal does;
 * only days are offered as a timeframe. What failed is not billed here.
 */
export function billRoute(folder: RequestFolder, adminKey: string | undefined, now: () => number) {
  return new Hono().get('/api/v1/models/usage', (c) => {
    const [, key] = /^Key (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (key === undefined) return refused(c, 401, 'authorization_error', 'Authentication required');
    if (key !== adminKey) return refused(c, 403, 'authorization_error', 'An Admin API key is required');
    const { start, end, timeframe, timezone = 'UTC', expand = 'time_series', limit, cursor } = c.req.query();
    const [from, to] = [Date.parse(start ?? ''), Date.parse(end ?? '')];
    const size = Number(limit ?? linesAtOnce);
    const page = cursor === undefined ? 1 : Number(Buffer.from(cursor, 'base64').toString());
    const isRight =
      from < to &&
      timeframe === 'day' &&
      timezone === 'UTC' &&
      expand.includes('time_series') &&
      size >= 1 &&
      page >= 1;
    if (!isRight) return refused(c, 400, 'validation_error', 'Invalid request parameters');
    const lines = linesOf(folder.all(), { from, to: Math.min(to, now()) });
    const shown = lines.slice((page - 1) * size, page * size);
    const hasMore = lines.length > page * size;
    return c.json({
      time_series: [...new Set(shown.map(([bucket]) => bucket))].map((bucket) => ({
        bucket,
        results: shown.filter(([each]) => each === bucket).map(([, line]) => billed(line)),
      })),
      next_cursor: hasMore ? Buffer.from(String(page + 1)).toString('base64') : null,
      has_more: hasMore,
    });
  });
}

const refused = (c: Context, status: 400 | 401 | 403, type: string, message: string) =>
  c.json({ error: { type, message } }, status);

function billed({ endpoint_id, unit, quantity, unit_price }: Line) {
  const cost = Math.round(quantity * unit_price * 1e9) / 1e9;
  return {
    ...{ endpoint_id, unit, quantity, unit_price, percent_discount: null },
    ...{ cost_subtotal: cost, cost_discount: 0, cost_total: cost, cost, currency: 'USD' },
  };
}

/** Each day with each of its endpoints, in order. */
function linesOf(records: readonly RequestRecord[], { from, to }: { from: number; to: number }) {
  const sums = new Map<string, [string, Line]>();
  for (const record of records) {
    const ended = endOf(record);
    const work = workOf(record);
    if (ended === null || ended < from || ended >= to || work === null) continue;
    const bucket = new Date(Math.floor(ended / dayMilliseconds) * dayMilliseconds).toISOString();
    const key = `${bucket} ${record.endpoint}`;
    const quantity = work.quantity + (sums.get(key)?.[1].quantity ?? 0);
    sums.set(key, [bucket, { ...work, endpoint_id: record.endpoint, quantity }]);
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line);
}

const begunMegapixel = 1024 * 1024;
const perPicture: Readonly<Record<string, number>> = {
  'fal-ai/flux-pro/finetuned': 0.06,
  'fal-ai/flux-pro/v1.1-ultra-finetuned': 0.07,
};
const perStep: Readonly<Record<string, number>> = {
  'fal-ai/flux-lora-portrait-trainer': 0.0024,
  'fal-ai/flux-lora-fast-training': 0.002,
};

/** `null`: nothing is to be paid. */
function workOf(record: RequestRecord): Omit<Line, 'endpoint_id'> | null {
  const outcome = outcomeOf(record);
  if (isJobError(outcome)) return null;
  switch (outcome.kind) {
    case 'pictures': {
      const pictures = outcome.flagged.length;
      const each = perPicture[record.endpoint];
      if (each !== undefined) return { unit: 'image', quantity: pictures, unit_price: each };
      const megapixels = Math.ceil((outcome.width * outcome.height) / begunMegapixel);
      return { unit: 'megapixel', quantity: pictures * megapixels, unit_price: 0.035 };
    }
    case 'upscaled':
      return {
        unit: 'megapixel',
        quantity: (outcome.width * outcome.height) / 1_000_000,
        unit_price: 0.03,
      };
    case 'weights':
      return { unit: 'step', quantity: outcome.steps, unit_price: perStep[record.endpoint] ?? 0 };
    case 'text':
      return { unit: 'request', quantity: 1, unit_price: 0.0005 };
    default:
      return outcome satisfies never;
  }
}
