import { describe, expect, it } from 'vitest';
import { PrometheusMetrics } from '../../../src/adapters/observability/prometheus-metrics.js';
import type { StatsSnapshot } from '../../../src/application/ports/system-stats.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';

const snapshot: StatsSnapshot = {
  generations: {
    accepted: 4,
    submitting: 1,
    submitted: 2,
    collected: 0,
    delivered: 100,
    blocked: 3,
    failed: 5,
    cancelled: 6,
  },
  trainings: { accepted: 1, submitting: 0, training: 2, ready: 30, failed: 4, cancelled: 5 },
  unannounced: 1,
  dead: { generation: 1, training: 0, update: 2 },
  waitingPayments: { refund: { payments: 1, stars: 75 }, offer: { payments: 2, stars: 150 } },
  waitingEvents: { well: 3, failing: 2, lateSeconds: 1.5 },
  jobs: [{ task: 'submit-next', state: 'ready', count: 9 }],
  oldestReadySeconds: 0.5,
  ledger: {
    ...{ grant: 1000, hold: 60, capture: 40, release: 50, refund: 5 },
    ...{ purchase: 120, payback: 20, chargeback: 0, expiry: 0 },
  },
  balance: 955,
  held: 10,
  workersAlive: 2,
  stars: {
    ...{ paid: 900, refunded: 100, commission: 12_500, differing: 2, differingStars: 150 },
    ...{ endAt: new Date(1_800_000_000_000), balance: -20_000, unexplained: -500 },
  },
  bill: {
    day: '2026-11-27',
    lines: [
      { endpoint: '', reckoned: 0, billed: 20_000 },
      { endpoint: 'fal-ai/flux-lora', reckoned: 1_000_000, billed: 1_250_000 },
    ],
  },
  retiredEndpoints: ['fal-ai/flux-lora'],
};

const lines = async (metrics: PrometheusMetrics) =>
  (await metrics.scrape()).body.split('\n').filter((line) => line.startsWith('aisha_'));

describe('PrometheusMetrics', () => {
  const log = new RecordingLogger();

  it('shows the free bytes of the disk, and nothing where they cannot be found out', async () => {
    let free: number | null = 123_456_789;
    const metrics = new PrometheusMetrics({ log, disk: { freeBytes: async () => free } });
    expect(await lines(metrics)).toContain('aisha_disk_free_bytes 123456789');
    free = null;
    expect((await lines(metrics)).filter((line) => line.startsWith('aisha_disk'))).toEqual([]);
  });

  it('counts what the use cases report', async () => {
    const metrics = new PrometheusMetrics({ log });
    metrics.accepted('telegram');
    metrics.accepted('telegram');
    metrics.accepted('cli');
    metrics.failed('timeout');
    metrics.ambiguousSubmit();
    metrics.boughtAgain();
    metrics.foundAfterAll();
    metrics.webhookRefused('forged');
    metrics.deliveryRetried('telegram');
    metrics.left('submitted', 31);
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'aisha_generations_accepted_total{transport="telegram"} 2',
        'aisha_generations_accepted_total{transport="cli"} 1',
        'aisha_generations_failed_total{kind="timeout"} 1',
        'aisha_generations_failed_total{kind="lost"} 0',
        'aisha_submits_ambiguous_total 1',
        'aisha_submits_bought_again_total 1',
        'aisha_submits_found_after_all_total 1',
        'aisha_webhooks_refused_total{reason="forged"} 1',
        'aisha_delivery_retries_total{transport="telegram"} 1',
        'aisha_generation_state_seconds_bucket{le="30",state="submitted"} 0',
        'aisha_generation_state_seconds_bucket{le="45",state="submitted"} 1',
        'aisha_generation_state_seconds_sum{state="submitted"} 31',
        'aisha_generation_state_seconds_count{state="submitted"} 1',
      ]),
    );
  });

  it('shows the numbers of the database', async () => {
    const metrics = new PrometheusMetrics({ log, stats: { count: async () => snapshot } });
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'aisha_census_up 1',
        'aisha_generations{state="accepted"} 4',
        'aisha_generations{state="delivered"} 100',
        'aisha_generations_unannounced 1',
        'aisha_dead_letters{what="update"} 2',
        'aisha_payments_waiting{what="refund"} 1',
        'aisha_payments_waiting{what="offer"} 2',
        'aisha_webhook_events_waiting{hook="well"} 3',
        'aisha_webhook_events_waiting{hook="failing"} 2',
        'aisha_webhook_events_late_seconds 1.5',
        'aisha_trainings{state="training"} 2',
        'aisha_trainings{state="submitting"} 0',
        'aisha_trainings{state="ready"} 30',
        'aisha_queue_jobs{task="submit-next",state="ready"} 9',
        'aisha_queue_oldest_ready_seconds 0.5',
        'aisha_ledger_credits{kind="grant"} 1000',
        'aisha_ledger_balance_credits 955',
        'aisha_ledger_held_credits 10',
        'aisha_stars{what="paid"} 900',
        'aisha_stars{what="commission"} 12.5',
        'aisha_star_books_differing_payments 2',
        'aisha_star_books_differing_stars 150',
        'aisha_star_balance -20',
        'aisha_star_balance_unexplained -0.5',
        'aisha_star_books_read_timestamp_seconds 1800000000',
        'aisha_fal_billed_dollars{endpoint="other"} 0.02',
        'aisha_fal_billed_dollars{endpoint="fal-ai/flux-lora"} 1.25',
        'aisha_fal_bill_difference_dollars{endpoint="fal-ai/flux-lora"} 0.25',
        'aisha_fal_bill_day_timestamp_seconds 1795737600',
        'aisha_workers_alive 2',
        'aisha_endpoints_retired 1',
        'aisha_endpoint_retired{endpoint="fal-ai/flux-lora"} 1',
      ]),
    );
  });

  it('explains every metric, and speaks of the process too', async () => {
    const metrics = new PrometheusMetrics({ log, stats: { count: async () => snapshot } });
    const { contentType, body } = await metrics.scrape();
    expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    const explained = new Set([...body.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name));
    const named = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(named.filter((name) => !explained.has(name))).toEqual([]);
    expect(named).toContain('process_resident_memory_bytes');
    expect(named.length).toBe(new Set(named).size);
  });

  it('leaves the numbers of the database out rather than show old ones', async () => {
    const own = new RecordingLogger();
    let works = true;
    const count = async () => {
      if (!works) throw new Error('terminating connection');
      return snapshot;
    };
    const metrics = new PrometheusMetrics({ log: own, stats: { count } });
    await metrics.scrape();
    works = false;
    const after = await lines(metrics);
    expect(after).toContain('aisha_census_up 0');
    expect(after.filter((line) => /workers_alive|ledger|generations\{|trainings\{/.test(line))).toEqual([]);
    expect(after).toContain('aisha_submits_ambiguous_total 0');
    expect(own.at('warn')).toHaveLength(1);
    works = true;
    expect(await lines(metrics)).toContain('aisha_workers_alive 2');
  });

  it('does not wait long for a database that hangs, nor ask it twice at once', async () => {
    let asked = 0;
    let answer: () => void = () => undefined;
    const answered = new Promise<StatsSnapshot>((resolve) => {
      answer = () => resolve(snapshot);
    });
    const count = () => {
      asked += 1;
      return answered;
    };
    const metrics = new PrometheusMetrics({ log, stats: { count }, statsMilliseconds: 5 });
    expect(await lines(metrics)).toContain('aisha_census_up 0');
    expect(await lines(metrics)).toContain('aisha_census_up 0');
    expect(asked).toBe(1);
    answer();
    expect(await lines(metrics)).toContain('aisha_census_up 1');
  });

  it('keeps to itself: two of them count apart', async () => {
    const [one, other] = [new PrometheusMetrics({ log }), new PrometheusMetrics({ log })];
    one.boughtAgain();
    expect(await lines(other)).toContain('aisha_submits_bought_again_total 0');
  });
});
