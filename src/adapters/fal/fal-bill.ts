import type { BilledWork, ProviderBill } from '../../application/ports/operator/provider-bill.js';
import { withoutSlash } from './fal-client.js';
import { falFetch } from './fal-fetch.js';
import { isRecord, textOf } from './json.js';

export interface FalBillAccount {
  /** `https://api.fal.ai`, or a proxy in front of it. */
  readonly apiUrl: string;
  /** One of the scope "Admin": fal shows its bill to no other. */
  readonly adminKey: string;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const milliseconds = 30_000;
const linesAtOnce = 1000;
/** More than that is no bill of ours. */
const mostPages = 100;
const dayMilliseconds = 86_400_000;

/** The answer of fal's bill is not what fal documents. Its text says no secret. */
class UnreadableBill extends Error {
  override readonly name = 'UnreadableBill';
}

/** fal's usage records: what each day cost at each endpoint, after discounts. Of the whole account, whoever used it. */
export class FalBill implements ProviderBill {
  constructor(private readonly account: FalBillAccount) {}

  async read(first: string, last: string): Promise<BilledWork[]> {
    const found: BilledWork[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const body = await this.page(first, last, cursor);
      found.push(...linesIn(body));
      if (body.has_more !== true) return found.filter(({ day }) => day >= first && day <= last);
      cursor = textOf(body.next_cursor);
      if (cursor === null) throw new UnreadableBill('fal says that more comes, and not where');
    }
    throw new UnreadableBill(`fal's bill has more than ${mostPages} pages`);
  }

  private async page(first: string, last: string, cursor: string | null) {
    const { apiUrl, adminKey, fetch = globalThis.fetch } = this.account;
    const end = new Date(Date.parse(`${last}T00:00:00Z`) + dayMilliseconds);
    const query = new URLSearchParams({
      ...{ start: `${first}T00:00:00Z`, end: end.toISOString(), timezone: 'UTC', timeframe: 'day' },
      ...{ bound_to_timeframe: 'false', expand: 'time_series', limit: String(linesAtOnce) },
      ...(cursor === null ? {} : { cursor }),
    });
    const ask = falFetch(fetch, (url) => url, milliseconds);
    const headers = { authorization: `Key ${adminKey}`, accept: 'application/json' };
    const response = await ask(`${withoutSlash(apiUrl)}/v1/models/usage?${query}`, { headers });
    const body: unknown = await response.json().catch(() => null);
    if (!isRecord(body) || !Array.isArray(body.time_series))
      throw new UnreadableBill('something else than fal’s bill was answered');
    return body;
  }
}

/** Whatever is not as documented is no line, and no zero: it is refused. */
function linesIn({ time_series: buckets }: Readonly<Record<string, unknown>>): BilledWork[] {
  return (buckets as unknown[]).flatMap((bucket) => {
    const at = isRecord(bucket) ? Date.parse(textOf(bucket.bucket) ?? '') : Number.NaN;
    if (!isRecord(bucket) || Number.isNaN(at) || !Array.isArray(bucket.results))
      throw new UnreadableBill('a day of fal’s bill cannot be read');
    const day = new Date(at).toISOString().slice(0, 10);
    return bucket.results.map((line: unknown): BilledWork => {
      const { endpoint_id, cost_total, cost, currency } = isRecord(line) ? line : {};
      // `cost` is the older name of the same.
      const dollars = cost_total ?? cost;
      const endpoint = textOf(endpoint_id);
      if (endpoint === null || typeof dollars !== 'number' || !(dollars >= 0) || currency !== 'USD')
        throw new UnreadableBill('a line of fal’s bill has no endpoint, or no dollars');
      return { day, endpoint, billed: Math.round(dollars * 1_000_000) };
    });
  });
}
