import { nearlySpent } from '../../domain/budget.js';
import { standInFor } from '../../domain/generation/endpoint-catalogue.js';
import { differenceOfBooks, type Trouble } from '../../domain/operator/trouble.js';
import { payWaits } from '../../domain/payments/waiting-payment.js';
import type { Policy } from '../policy/policy.js';
import type { Stores } from '../ports/stores/stores.js';
import type { StatsSnapshot } from '../ports/system-stats.js';

const kindOfWaiting = { refund: 'refund_unanswered', offer: 'payment_unknown' } as const;

/** Budgets that are nearly spent, as the rows tell of them. */
export async function spendingTroubles(
  { quotas: store }: Pick<Stores, 'quotas'>,
  { quotas: { budgets } }: Pick<Policy, 'quotas'>,
  now: Date,
): Promise<Trouble[]> {
  const spent = await store.spent(now);
  return nearlySpent(spent, { budgets }).map((period) => ({
    kind: 'budget_nearly_spent',
    subject: period,
    facts: { spent: spent[period] / 1_000_000, budget: (budgets[period] ?? 0) / 1_000_000 },
  }));
}

/** What the rows of the whole installation tell; whoever asks sees the same. */
export function troublesInRows(snapshot: StatsSnapshot): Trouble[] {
  const { dead, retiredEndpoints, ledger, balance, stars, waitingPayments } = snapshot;
  const found: Trouble[] = [];
  for (const [what, count] of Object.entries(dead))
    if (count > 0) found.push({ kind: 'dead_letters', subject: what, facts: { count } });
  const retired = new Set(retiredEndpoints);
  for (const endpoint of retiredEndpoints)
    found.push({
      kind: 'endpoint_gone',
      subject: endpoint,
      facts: { standIn: standInFor(endpoint, retired) },
    });
  const difference = ledger === null || balance === null ? 0 : differenceOfBooks(ledger, balance);
  if (difference !== 0) found.push({ kind: 'books_differ', subject: '', facts: { credits: difference } });
  if (stars !== null && stars.differing > 0)
    found.push({
      ...{ kind: 'star_books_differ', subject: '' },
      facts: { payments: stars.differing, stars: stars.differingStars },
    });
  for (const waits of payWaits) {
    const { payments, stars: theirs } = waitingPayments[waits];
    if (payments > 0)
      found.push({ kind: kindOfWaiting[waits], subject: '', facts: { payments, stars: theirs } });
  }
  return found;
}
