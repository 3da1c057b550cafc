import { Hono } from 'hono';
import type { RequestFolder } from '../queue/request-folder.js';
import { endOf, isJobError, outcomeOf, type RequestRecord } from '../queue/request-record.js';
import { keyOf, pageOf, refused } from './platform-answer.js';
import { priceOf } from './price-list.js';

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
    const key = keyOf(c);
    if (key === undefined) return refused(c, 401, 'authorization_error', 'Authentication required');
    if (key !== adminKey) return refused(c, 403, 'authorization_error', 'An Admin API key is required');
    const { start, end, timeframe, timezone = 'UTC', expand = 'time_series' } = c.req.query();
    const [from, to] = [Date.parse(start ?? ''), Date.parse(end ?? '')];
    const isRight = from < to && timeframe === 'day' && timezone === 'UTC' && expand.includes('time_series');
    const lines = isRight ? linesOf(folder.all(), { from, to: Math.min(to, now()) }) : [];
    const page = pageOf(c, lines, linesAtOnce);
    if (!isRight || page === undefined)
      return refused(c, 400, 'validation_error', 'Invalid request parameters');
    const { items, ...more } = page;
    return c.json({
      time_series: [...new Set(items.map(([bucket]) => bucket))].map((bucket) => ({
        bucket,
        results: items.filter(([each]) => each === bucket).map(([, line]) => billed(line)),
      })),
      ...more,
    });
  });
}

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

/** `null`: nothing is to be paid. */
function workOf(record: RequestRecord): Omit<Line, 'endpoint_id'> | null {
  const quantity = quantityOf(record);
  return quantity === null ? null : { ...priceOf(record.endpoint), quantity };
}

function quantityOf(record: RequestRecord): number | null {
  const outcome = outcomeOf(record);
  if (isJobError(outcome)) return null;
  switch (outcome.kind) {
    case 'pictures': {
      const megapixels = Math.ceil((outcome.width * outcome.height) / begunMegapixel);
      return outcome.flagged.length * (priceOf(record.endpoint).unit === 'megapixel' ? megapixels : 1);
    }
    case 'upscaled':
      return (outcome.width * outcome.height) / 1_000_000;
    case 'weights':
      return outcome.steps;
    case 'text':
      return 1;
    default:
      return outcome satisfies never;
  }
}
