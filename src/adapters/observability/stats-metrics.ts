import { Gauge, Registry } from 'prom-client';
import type { StatsSnapshot } from '../../application/ports/system-stats.js';
import { type BilledDay, millionths } from '../../domain/operator/bill.js';
import { type StarTotals, thousandths } from '../../domain/payments/star-books.js';
import { statusWord, trainingStatuses } from '../../domain/training/training.js';

/**
 * The database's own numbers in Prometheus' text format. Made anew for each scrape: without a snapshot they are
 * left out, for no numbers are better than old ones that look new.
 */
export function statsMetrics(snapshot: StatsSnapshot | null): Promise<string> {
  const registry = new Registry();
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge<Label>({ name: `aisha_${name}`, help, labelNames, registers: [registry] });
  // Its name is that of dashboards and alerts, so it stays.
  gauge('census_up', '1 if the numbers of the database could be read for this scrape').set(
    snapshot === null ? 0 : 1,
  );
  if (snapshot === null) return registry.metrics();

  const generations = gauge('generations', 'Generations by state; ended ones are counted once a minute', [
    'state',
  ]);
  for (const [state, count] of Object.entries(snapshot.generations))
    if (count !== null) generations.set({ state }, count);
  gauge(
    'generations_unannounced',
    'Generations that ended without images and whose people were not told yet',
  ).set(snapshot.unannounced);

  const trainings = gauge('trainings', 'Trainings by state; ended ones are counted once a minute', ['state']);
  for (const status of trainingStatuses) {
    const count = snapshot.trainings[status];
    if (count !== null) trainings.set({ state: statusWord(status) }, count);
  }

  const dead = gauge('dead_letters', 'Given up after too many tries, and not tried again since', ['what']);
  for (const [what, count] of Object.entries(snapshot.dead)) dead.set({ what }, count);

  const waiting = gauge('payments_waiting', 'Payments that wait for an operator: refunds, unknown offers', [
    'what',
  ]);
  for (const [what, { payments }] of Object.entries(snapshot.waitingPayments))
    waiting.set({ what }, payments);

  const { lateSeconds, ...events } = snapshot.waitingEvents;
  const toSend = gauge(
    'webhook_events_waiting',
    'Events that people’s webhooks have not taken yet: of well ones, and of failing ones',
    ['hook'],
  );
  for (const [hook, count] of Object.entries(events)) toSend.set({ hook }, count);
  gauge(
    'webhook_events_late_seconds',
    'For how long the oldest event of a well webhook could have been sent',
  ).set(lateSeconds);

  const jobs = gauge('queue_jobs', 'Jobs in the queue: ready, planned, running, dead (failed too often)', [
    'task',
    'state',
  ]);
  for (const { task, state, count } of snapshot.jobs) jobs.set({ task, state }, count);
  gauge('queue_oldest_ready_seconds', 'How long the oldest job that may run has been waiting').set(
    snapshot.oldestReadySeconds,
  );

  // All of it or nothing: an alert adds it up.
  if (snapshot.ledger !== null && snapshot.balance !== null && snapshot.held !== null) {
    const ledger = gauge('ledger_credits', 'Credits ever written to the ledger, counted once a minute', [
      'kind',
    ]);
    for (const [kind, credits] of Object.entries(snapshot.ledger)) ledger.set({ kind }, credits);
    gauge('ledger_balance_credits', 'Credits that all users together can spend').set(snapshot.balance);
    gauge('ledger_held_credits', 'Credits set aside for open jobs').set(snapshot.held);
  }
  if (snapshot.stars !== null) showStars(snapshot.stars, gauge);
  if (snapshot.bill !== null) showBill(snapshot.bill, gauge);
  gauge('workers_alive', 'Worker processes that are alive').set(snapshot.workersAlive);
  const { retiredEndpoints } = snapshot;
  gauge('endpoints_retired', 'Endpoints that fal takes no jobs for').set(retiredEndpoints.length);
  const retired = gauge('endpoint_retired', '1 for each endpoint that fal takes no jobs for', ['endpoint']);
  for (const endpoint of retiredEndpoints) retired.set({ endpoint }, 1);
  return registry.metrics();
}

/** Of the newest day that was read; `other` is what this bot does not order from. */
function showBill(
  { day, lines }: BilledDay,
  gauge: (name: string, help: string, labelNames?: 'endpoint'[]) => Gauge<'endpoint'>,
) {
  gauge('fal_bill_day_timestamp_seconds', 'Begin of the newest day of fal’s bill that was read').set(
    Date.parse(day) / 1000,
  );
  const billed = gauge('fal_billed_dollars', 'What fal billed on that day', ['endpoint']);
  const apart = gauge('fal_bill_difference_dollars', 'How much more that is than we reckoned', ['endpoint']);
  for (const { endpoint, ...line } of lines) {
    billed.set({ endpoint: endpoint || 'other' }, line.billed / millionths);
    if (endpoint !== '') apart.set({ endpoint }, (line.billed - line.reckoned) / millionths);
  }
}

/** What nobody has read or said is left out: it is not 0. */
function showStars(
  stars: StarTotals,
  gauge: (name: string, help: string, labelNames?: 'what'[]) => Gauge<'what'>,
) {
  const { paid, refunded, commission, differing, differingStars, endAt, balance, unexplained } = stars;
  const sums = gauge('stars', 'Stars paid, given back or taken away, and got by others, by our books', [
    'what',
  ]);
  sums.set({ what: 'paid' }, paid);
  sums.set({ what: 'refunded' }, refunded);
  sums.set({ what: 'commission' }, commission / thousandths);
  if (endAt === null) return;
  gauge('star_books_read_timestamp_seconds', 'When the end of Telegram’s books was read last').set(
    endAt.getTime() / 1000,
  );
  gauge('star_books_differing_payments', 'Payments that differ between Telegram’s books and ours').set(
    differing,
  );
  gauge('star_books_differing_stars', 'Stars of those payments').set(differingStars);
  if (balance !== null)
    gauge('star_balance', 'Stars that we have, as Telegram says').set(balance / thousandths);
  if (unexplained !== null)
    gauge('star_balance_unexplained', 'How much of them Telegram’s books do not explain').set(
      unexplained / thousandths,
    );
}
