import type pg from 'pg';
import type { Clock } from '../../../../application/ports/clock.js';
import type { WorkerRegistry } from '../../../../application/ports/stores/jobs/worker-registry.js';
import type { QueuedJobs, StatsSnapshot, SystemStats } from '../../../../application/ports/system-stats.js';
import { type GenerationStatus, generationStatuses } from '../../../../domain/generation/generation.js';
import { type EntryKind, entryKinds } from '../../../../domain/ledger.js';
import type { BilledDay, BillLine } from '../../../../domain/operator/bill.js';
import type { StarTotals } from '../../../../domain/payments/star-books.js';
import { type PayWaits, payWaits, unansweredSince } from '../../../../domain/payments/waiting-payment.js';
import { statusWord, type TrainingStatus, trainingStatuses } from '../../../../domain/training/training.js';
import { type WaitingEventsRow, waitingEvents, waitingEventsIn } from '../hooks/waiting-events.js';
import { starTotals, type TotalsRow, totalsIn } from '../payments/star-differences.js';
import {
  bill,
  books,
  dead,
  ended,
  endedTrainings,
  isLarge,
  open,
  openTrainings,
  queued,
  retiredEndpoints,
  waitingPayments,
} from './stats-queries.js';

const endedStatuses: readonly GenerationStatus[] = ['delivered', 'blocked', 'failed', 'cancelled'];
const endedTrainingStatuses: readonly TrainingStatus[] = ['ready', 'failed', 'cancelled'];

/** What costs a look at every row ever written is counted anew after a minute at the earliest… */
const keptSeconds = 60;
/** …and after a hundred times as long as the counting took: it never takes more than 1% of one connection. */
const restFactor = 100;

interface Settled {
  readonly ended: ReadonlyMap<string, number>;
  readonly endedTrainings: ReadonlyMap<string, number>;
  readonly ledger: Readonly<Record<EntryKind, number>>;
  readonly balance: number;
  readonly held: number;
  readonly stars: StarTotals;
  readonly bill: BilledDay | null;
}

/** One that is under way, or was and has not been read yet. */
interface Counting {
  readonly result: Promise<Settled>;
  isOver: boolean;
}

/**
 * Counts open generations, trainings and jobs on every call, by index. Ended ones and the ledger are counted exactly
 * too, but at most once a minute, less often as they grow (see `restFactor`). Where there are many of them nobody waits
 * for that: who asks meanwhile gets what was counted before, and the first nothing of it.
 */
export class PostgresSystemStats implements SystemStats {
  private settled: Settled | null = null;
  private settledUntil = 0;
  private counting: Counting | null = null;

  constructor(
    private readonly pool: pg.Pool,
    private readonly workers: Pick<WorkerRegistry, 'countAlive'>,
    private readonly clock: Clock,
  ) {}

  async count(): Promise<StatsSnapshot> {
    const [unsettled, inTraining, given, waiting, events, jobs, workersAlive, retired] = await Promise.all([
      this.counts(open),
      this.counts(openTrainings),
      this.counts(dead),
      this.waitingPayments(),
      this.pool.query<WaitingEventsRow>(waitingEvents, [this.clock.now()]),
      this.jobs(),
      this.workers.countAlive(),
      this.pool.query<{ endpoint: string }>(retiredEndpoints),
    ]);
    // Begun last: it would take the cores from the others.
    const settled = await this.whatEnded();
    const of = new Map([...(settled?.ended ?? unknown(endedStatuses)), ...unsettled]);
    const trained = new Map([...(settled?.endedTrainings ?? unknown(endedTrainingStatuses)), ...inTraining]);
    const count = (counted: ReadonlyMap<string, number | null>, status: string) => {
      const found = counted.get(status);
      return found === undefined ? 0 : found;
    };
    return {
      generations: record(generationStatuses, (status: GenerationStatus) => count(of, status)),
      trainings: record(trainingStatuses, (status: TrainingStatus) => count(trained, statusWord(status))),
      unannounced: unsettled.get('unannounced') ?? 0,
      dead: record(['generation', 'training', 'update'], (what) => given.get(what) ?? 0),
      waitingPayments: waiting,
      waitingEvents: waitingEventsIn(events.rows[0]),
      ...jobs,
      ledger: settled?.ledger ?? null,
      balance: settled?.balance ?? null,
      held: settled?.held ?? null,
      stars: settled?.stars ?? null,
      bill: settled?.bill ?? null,
      workersAlive,
      retiredEndpoints: retired.rows.map(({ endpoint }) => endpoint),
    };
  }

  private async counts(query: string): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ status: string; count: string }>(query);
    return new Map(rows.map(({ status, count }) => [status, Number(count)]));
  }

  private async waitingPayments(): Promise<StatsSnapshot['waitingPayments']> {
    const { rows } = await this.pool.query<{ waits: PayWaits; payments: string; stars: string }>(
      waitingPayments,
      [unansweredSince(this.clock.now())],
    );
    return record(payWaits, (waits: PayWaits) => {
      const row = rows.find((each) => each.waits === waits);
      return { payments: Number(row?.payments ?? 0), stars: Number(row?.stars ?? 0) };
    });
  }

  private async jobs(): Promise<Pick<StatsSnapshot, 'jobs' | 'oldestReadySeconds'>> {
    const { rows } = await this.pool.query<Omit<QueuedJobs, 'count'> & { count: string; oldest: number }>(
      queued,
    );
    return {
      jobs: rows.map(({ task, state, count }) => ({ task, state, count: Number(count) })),
      oldestReadySeconds: Math.max(
        0,
        ...rows.filter(({ state }) => state === 'ready').map(({ oldest }) => oldest),
      ),
    };
  }

  /** One counting at a time, shared by all who ask meanwhile; one that failed is told of once, and begun anew. */
  private async whatEnded(): Promise<Settled | null> {
    if (this.counting === null && this.clock.now().getTime() >= this.settledUntil)
      this.counting = this.begin();
    const { counting } = this;
    if (counting === null) return this.settled;
    try {
      if (!counting.isOver && (await this.isLarge())) return this.settled;
      this.settled = await counting.result;
      this.counting = null;
      return this.settled;
    } catch (error) {
      this.counting = null;
      throw error;
    }
  }

  private begin(): Counting {
    const counting = { result: this.countSettled(), isOver: false };
    const end = () => {
      counting.isOver = true;
    };
    // Whoever asks next hears of a failure.
    counting.result.then(end, end);
    return counting;
  }

  private async isLarge(): Promise<boolean> {
    const { rows } = await this.pool.query<{ large: boolean }>(isLarge);
    return rows[0]?.large ?? false;
  }

  private async countSettled(): Promise<Settled> {
    const started = this.clock.now().getTime();
    const [statuses, trainings, { rows }, stars, billed] = await Promise.all([
      this.counts(ended),
      this.counts(endedTrainings),
      this.pool.query<{ kinds: Record<string, number>; balance: string; held: string }>(books),
      this.pool.query<TotalsRow>(starTotals),
      this.pool.query<BillLine & { day: string }>(bill),
    ]);
    const now = this.clock.now().getTime();
    this.settledUntil = now + Math.max(keptSeconds * 1000, restFactor * (now - started));
    const kinds = rows[0]?.kinds ?? {};
    return {
      ended: statuses,
      endedTrainings: trainings,
      ledger: record(entryKinds, (kind: EntryKind) => kinds[kind] ?? 0),
      balance: Number(rows[0]?.balance ?? 0),
      held: Number(rows[0]?.held ?? 0),
      stars: totalsIn(stars.rows[0]),
      bill: billIn(billed.rows),
    };
  }
}

function billIn(rows: readonly (BillLine & { day: string })[]): BilledDay | null {
  const [first] = rows;
  return first === undefined ? null : { day: first.day, lines: rows.map(({ day: _, ...line }) => line) };
}

const unknown = (statuses: readonly string[]): [string, null][] => statuses.map((status) => [status, null]);

function record<Key extends string, Value>(
  keys: readonly Key[],
  value: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}
