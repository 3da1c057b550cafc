import { type BilledDay, type BillLine, daysBefore } from '../../domain/operator/bill.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { BilledWork, ProviderBill } from '../ports/operator/provider-bill.js';

/** Bills are not whole at midnight. */
const hourOfReading = 6;
/** What came late, or was corrected, is seen when the day is read again. */
const readAgain = 3;

type Parts = Needs<'bills', 'clock'> & {
  readonly policy: Pick<Policy, 'providerPrices'>;
  readonly providerBill: ProviderBill;
};

/** Once a day: puts what the provider billed beside what we reckoned, for each endpoint. */
export class CompareBill {
  constructor(private readonly parts: Parts) {}

  /** @throws Error when the bill cannot be read: nothing is kept, and it is asked for again */
  async execute(): Promise<void> {
    const { database, clock, providerBill } = this.parts;
    const now = clock.now();
    const days = daysBefore(now, readAgain);
    const [last = ''] = days;
    const [newest] = await database.stores.bills.latest(1);
    if (now.getUTCHours() < hourOfReading || (newest?.day ?? '') >= last) return;
    const billed = await providerBill.read(days.at(-1) ?? last, last);
    const compared: BilledDay[] = [];
    for (const day of days) compared.push({ day, lines: await this.linesOf(day, billed) });
    await database.transaction(({ bills }) => bills.keep(compared));
  }

  private async linesOf(day: string, billed: readonly BilledWork[]): Promise<BillLine[]> {
    const { database, policy } = this.parts;
    const from = new Date(`${day}T00:00:00Z`);
    const to = new Date(from.getTime() + 86_400_000);
    const reckoned = await database.stores.bills.reckoned(from, to);
    const ours = new Set([...policy.providerPrices, ...reckoned].map(({ endpoint }) => endpoint));
    const sums = new Map<string, number>();
    for (const work of billed.filter((each) => each.day === day)) {
      const endpoint = ours.has(work.endpoint) ? work.endpoint : '';
      sums.set(endpoint, (sums.get(endpoint) ?? 0) + work.billed);
    }
    const lineOf = (endpoint: string): BillLine => ({
      endpoint,
      reckoned: reckoned.find((each) => each.endpoint === endpoint)?.reckoned ?? 0,
      billed: sums.get(endpoint) ?? 0,
    });
    // The line of all that is not ours says that the day was read, also when it is nothing.
    return [
      ...[...ours].map(lineOf).filter(({ reckoned, billed }) => reckoned > 0 || billed > 0),
      lineOf(''),
    ];
  }
}
