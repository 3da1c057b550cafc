/**
 * What we reckoned that an endpoint would ask for one day, and what the provider says it billed; millionths of a dollar.
 * The endpoint is empty for all together that this bot does not order from: other programs of the same account, and what
 * is free here.
 */
export interface BillLine {
  readonly endpoint: string;
  readonly reckoned: number;
  readonly billed: number;
}

/** Lines of one day in UTC: `2026-11-27`. */
export interface BilledDay {
  readonly day: string;
  readonly lines: readonly BillLine[];
}

/** Of a dollar, which is what sums are kept in. */
export const millionths = 1_000_000;

const dayMilliseconds = 86_400_000;

/** The last so many days that are over, the newest first. */
export const daysBefore = (now: Date, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(now.getTime() - (index + 1) * dayMilliseconds).toISOString().slice(0, 10),
  );

/** Jobs that fal took on one side of midnight and billed on the other even out over some days. */
export function billOf(days: readonly BilledDay[]): BillLine[] {
  const sums = new Map<string, BillLine>();
  for (const { endpoint, reckoned, billed } of days.flatMap(({ lines }) => lines)) {
    const sum = sums.get(endpoint) ?? { endpoint, reckoned: 0, billed: 0 };
    sums.set(endpoint, { endpoint, reckoned: sum.reckoned + reckoned, billed: sum.billed + billed });
  }
  return [...sums.values()];
}

const tolerated = 0.1;
const tooLittleToSay = millionths;

/** Whether the two differ by more than a tenth, and by more than a dollar. Of what is not ours nothing was reckoned. */
export function differs({ endpoint, reckoned, billed }: BillLine): boolean {
  const difference = Math.abs(billed - reckoned);
  return (
    endpoint !== '' && difference > tooLittleToSay && difference > tolerated * Math.max(billed, reckoned)
  );
}
