import type { Finding } from '../adapters/cli/cli-host.js';
import type { Clock } from '../application/ports/clock.js';
import type { Composed } from '../composition/composition-root.js';
import { services } from '../composition/identifiers.js';
import { type BilledDay, type BillLine, billOf, daysBefore, differs } from '../domain/operator/bill.js';

/** Jobs around midnight are reckoned on one day and billed on another: over a week they even out. */
const daysCompared = 7;
/** A day is read in the morning after it, and a worker may have been away for one. */
const lateAfterDays = 3;

/** What fal billed beside what we reckoned, as far as a worker has read it. */
export async function checkBill({ container, resources: { config } }: Composed): Promise<Finding> {
  const days = await container.get(services.database).stores.bills.latest(daysCompared);
  return billFinding(
    days,
    config.fal.adminKey !== null || config.mode === 'sandbox',
    container.get(services.clock),
  );
}

export function billFinding(
  days: readonly BilledDay[],
  isAsked: boolean,
  clock: Pick<Clock, 'now'>,
): Finding {
  const subject = 'fal’s bill';
  const [newest] = days;
  const oldest = days.at(-1);
  if (!isAsked)
    return { subject, ok: true, detail: 'not compared: fal shows it to an Admin key alone (FAL_ADMIN_KEY)' };
  if (newest === undefined || oldest === undefined)
    return { subject, ok: true, detail: 'not read yet: a worker does so every morning from 6:00 UTC on' };
  const lines = billOf(days);
  const all = `${oldest.day} to ${newest.day}: ${lines.map(named).join('; ')}`;
  if (newest.day < (daysBefore(clock.now(), lateAfterDays).at(-1) ?? ''))
    return {
      subject,
      ok: false,
      detail: `not read since ${newest.day}; ${all}`,
      advice: 'See the log for fal’s answer: FAL_ADMIN_KEY must be a key of the scope Admin.',
    };
  const apart = lines.filter(differs);
  return {
    subject,
    ok: true,
    isWarning: apart.length > 0,
    detail: apart.length === 0 ? all : `it differs from our estimates; ${all}`,
    advice: 'Put what fal asks into FAL_PRICES_FILE: margins and budgets reckon with it from then on.',
  };
}

const named = ({ endpoint, reckoned, billed }: BillLine): string =>
  endpoint === ''
    ? `other endpoints ${dollars(billed)} billed`
    : `${endpoint} ${dollars(reckoned)} reckoned, ${dollars(billed)} billed`;

const dollars = (millionths: number): string => `$${(millionths / 1_000_000).toFixed(2)}`;
