import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { within } from '../../application/jobs/within.js';
import type { DiskSpace } from '../../application/policy/disk-space.js';
import type { Logger } from '../../application/ports/logger.js';
import type { Metrics } from '../../application/ports/metrics.js';
import type { StatsSnapshot, SystemStats } from '../../application/ports/system-stats.js';
import { type FailureKind, failureKinds } from '../../domain/failure.js';
import type { GenerationStatus } from '../../domain/generation/generation.js';
import { statsMetrics } from './stats-metrics.js';

/** From a local hand-over to the deadline of a slow job. */
const stateBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 90, 120, 300, 600, 1800];

export interface PrometheusMetricsSettings {
  /** Counts what the database knows, on each scrape; without it those metrics are left out. */
  readonly stats?: SystemStats | undefined;
  /** Free bytes of the disk; without it, or while they cannot be found out, the gauge is left out. */
  readonly disk?: Pick<DiskSpace, 'freeBytes'> | undefined;
  readonly log: Logger;
  /** A scrape does not wait longer for the statistics; 5000 unless given. */
  readonly statsMilliseconds?: number | undefined;
}

/** What the scraper gets. */
export interface Scrape {
  readonly contentType: string;
  readonly body: string;
}

/**
 * Counters of this process and, read on each scrape, the numbers of the whole installation. The counters begin at
 * zero with the process; the usual `process_…` and `nodejs_…` metrics are there too, of the time since the first scrape.
 */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new Registry();
  private readonly byTransport = this.counter('generations_accepted_total', 'Jobs accepted', 'transport');
  private readonly failures = this.counter('generations_failed_total', 'Jobs failed', 'kind');
  private readonly doubts = this.counter(
    'submits_ambiguous_total',
    'Submits that may or may not have bought an image',
  );
  private readonly repeats = this.counter(
    'submits_bought_again_total',
    'Submits repeated after such a doubt: at most so many images were paid for twice',
  );
  private readonly found = this.counter(
    'submits_found_after_all_total',
    'First of two purchases that came after all; the second was called off',
  );
  private readonly refusals = this.counter(
    'webhooks_refused_total',
    'Webhooks of the provider refused',
    'reason',
  );
  private readonly deadLetters = this.counter(
    'gave_up_total',
    'Jobs and updates tried for the last time',
    'what',
  );
  private readonly retries = this.counter(
    'delivery_retries_total',
    'Deliveries put off after a failure',
    'transport',
  );
  private readonly aside = this.counter(
    'updates_set_aside_total',
    'Updates that could not be stored: nobody was answered',
  );
  private readonly chores = this.counter(
    'chore_failures_total',
    'What a worker looks after, failed',
    'chore',
  );
  private readonly seconds = new Histogram({
    name: 'aisha_generation_state_seconds',
    help: 'Time a generation spent in a state, observed when it left it',
    labelNames: ['state'],
    buckets: stateBuckets,
    registers: [this.registry],
  });
  private counting: Promise<StatsSnapshot> | null = null;
  private isProcessWatched = false;

  constructor(private readonly settings: PrometheusMetricsSettings) {
    const { disk } = settings;
    if (disk !== undefined) this.showFreeBytes(disk);
    // There from the start, so that the first failure is seen as a rise.
    for (const kind of failureKinds) this.failures.inc({ kind }, 0);
    for (const what of ['generation', 'training', 'update']) this.deadLetters.inc({ what }, 0);
  }

  private showFreeBytes(disk: Pick<DiskSpace, 'freeBytes'>): void {
    new Gauge({
      name: 'aisha_disk_free_bytes',
      help: 'Free on the disk of the data folder',
      registers: [this.registry],
      async collect() {
        const free = await disk.freeBytes();
        if (free === null) this.remove();
        else this.set(free);
      },
    });
  }

  accepted(transport: string): void {
    this.byTransport.inc({ transport });
  }

  left(status: GenerationStatus, seconds: number): void {
    this.seconds.observe({ state: status }, seconds);
  }

  failed(kind: FailureKind): void {
    this.failures.inc({ kind });
  }

  ambiguousSubmit(): void {
    this.doubts.inc();
  }

  boughtAgain(): void {
    this.repeats.inc();
  }

  foundAfterAll(): void {
    this.found.inc();
  }

  webhookRefused(reason: string): void {
    this.refusals.inc({ reason });
  }

  deliveryRetried(transport: string): void {
    this.retries.inc({ transport });
  }

  updateSetAside(): void {
    this.aside.inc();
  }

  choreFailed(chore: string): void {
    this.chores.inc({ chore });
  }

  gaveUp(what: 'generation' | 'training' | 'update'): void {
    this.deadLetters.inc({ what });
  }

  /** Never fails: without the database, `aisha_census_up` is 0 and this process's own metrics are there. */
  async scrape(): Promise<Scrape> {
    this.watchProcess();
    const own = await this.registry.metrics();
    const { stats } = this.settings;
    const body = stats === undefined ? own : `${own}\n${await statsMetrics(await this.snapshot(stats))}`;
    return { contentType: this.registry.contentType, body };
  }

  /** It wakes the process a hundred times a second: where nobody scrapes that is a third of what resting costs. */
  private watchProcess(): void {
    if (!this.isProcessWatched) collectDefaultMetrics({ register: this.registry });
    this.isProcessWatched = true;
  }

  private async snapshot(stats: SystemStats): Promise<StatsSnapshot | null> {
    // One at a time: a database that hangs is not asked again by every scrape.
    this.counting ??= stats.count().finally(() => {
      this.counting = null;
    });
    const { statsMilliseconds = 5000, log } = this.settings;
    try {
      return await within(statsMilliseconds, this.counting, () => {
        throw new Error(`the database did not answer within ${statsMilliseconds} ms`);
      });
    } catch (error) {
      log.warn('no numbers of the database for this scrape', { error });
      return null;
    }
  }

  private counter<Label extends string = never>(name: string, help: string, label?: Label): Counter<Label> {
    const labelNames = label === undefined ? [] : [label];
    return new Counter<Label>({ name: `aisha_${name}`, help, labelNames, registers: [this.registry] });
  }
}
