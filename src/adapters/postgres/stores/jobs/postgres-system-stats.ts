import type pg from 'pg';
import type { Clock } from '../../../../application/ports/clock.js';
import type { WorkerRegistry } from '../../../../application/ports/stores/jobs/worker-registry.js';
import type { QueuedJobs, StatsSnapshot, SystemStats } from '../../../../application/ports/system-stats.js';
import { type GenerationStatus, generationStatuses } from '../../../../domain/generation/generation.js';
import { type EntryKind, entryKinds } from '../../../../domain/ledger.js';
import { statusWord, type TrainingStatus, trainingStatuses } from '../../../../domain/training/training.js';
import {
  books,
  dead,
  ended,
  endedTrainings,
  open,
  openTrainings,
  queued,
  retiredEndpoints,
} from './stats-queries.js';

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
}

/**
 * Counts open generations, trainings and jobs on every call, by index. Ended ones and the ledger are counted exactly
 * too, but at most once a minute, less often as they grow (see `restFactor`).
 */
export class PostgresSystemStats implements SystemStats {
  private settled: Promise<Settled> | null = null;
  private settledUntil = 0;

  constructor(
    private readonly pool: pg.Pool,
    private readonly workers: Pick<WorkerRegistry, 'countAlive'>,
    private readonly clock: Clock,
  ) {}

  async count(): Promise<StatsSnapshot> {
    const [unsettled, inTraining, given, jobs, workersAlive, retired, settled] = await Promise.all([
      this.counts(open),
      this.counts(openTrainings),
      this.counts(dead),
      this.jobs(),
      this.workers.countAlive(),
      this.pool.query<{ endpoint: string }>(retiredEndpoints),
      this.whatEnded(),
    ]);
    const of = new Map([...settled.ended, ...unsettled]);
    const trained = new Map([...settled.endedTrainings, ...inTraining]);
    return {
      generations: record(generationStatuses, (status: GenerationStatus) => of.get(status) ?? 0),
      trainings: record(trainingStatuses, (status: TrainingStatus) => trained.get(statusWord(status)) ?? 0),
      unannounced: of.get('unannounced') ?? 0,
      dead: record(['generation', 'training', 'update'], (what) => given.get(what) ?? 0),
      ...jobs,
      ledger: settled.ledger,
      balance: settled.balance,
      held: settled.held,
      workersAlive,
      retiredEndpoints: retired.rows.map(({ endpoint }) => endpoint),
    };
  }

  private async counts(query: string): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ status: string; count: string }>(query);
    return new Map(rows.map(({ status, count }) => [status, Number(count)]));
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

  /** One counting at a time, shared by all who ask meanwhile; a failed one is not kept. */
  private whatEnded(): Promise<Settled> {
    if (this.settled === null || this.clock.now().getTime() >= this.settledUntil) {
      this.settledUntil = Number.POSITIVE_INFINITY;
      this.settled = this.countSettled().catch((error: unknown) => {
        this.settled = null;
        throw error;
      });
    }
    return this.settled;
  }

  private async countSettled(): Promise<Settled> {
    const started = this.clock.now().getTime();
    const [statuses, trainings, { rows }] = await Promise.all([
      this.counts(ended),
      this.counts(endedTrainings),
      this.pool.query<{ kinds: Record<string, number>; balance: string; held: string }>(books),
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
    };
  }
}

function record<Key extends string>(
  keys: readonly Key[],
  value: (key: Key) => number,
): Readonly<Record<Key, number>> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, number>;
}
