import type { HostedService } from '../../application/ports/hosted-service.js';
import type { Ports } from '../../application/ports/needs.js';
import type { WorkerRegistry } from '../../application/ports/stores/jobs/worker-registry.js';
import type { JobRunner } from './job-runner.js';

const beatMilliseconds = 1000;
const sweepMilliseconds = 2000;
/** Every question has a limit of its own: what takes this long will never end. */
const patienceWithBeat = 300_000;
const patienceWithSweep = 1_800_000;

/** What is done over and over, by name and in this order. */
export type Chores = Readonly<Record<string, () => Promise<unknown>>>;

interface Watch {
  stop(): Promise<void>;
}

type Parts = Pick<Ports, 'worker' | 'metrics' | 'log'> & {
  readonly registry: WorkerRegistry;
  readonly runner: Pick<JobRunner, 'start' | 'stop' | 'queueIds'>;
  readonly chores: Chores;
  /** What the jobs have watched at the provider. */
  readonly generationWatch: Watch;
  readonly trainingWatch: Watch;
  readonly milliseconds?: () => number;
};

/** One worker process: runs jobs, says that it lives, and looks after what others left behind. */
export class Worker implements HostedService {
  readonly role = 'worker';
  private beating: NodeJS.Timeout | null = null;
  private lastBeat: Promise<void> | null = null;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;
  private wake: (() => void) | null = null;
  private beatEnded = Number.POSITIVE_INFINITY;
  private sweepEnded = Number.POSITIVE_INFINITY;

  constructor(private readonly parts: Parts) {}

  async start(): Promise<void> {
    await this.parts.registry.join(this.parts.worker);
    try {
      await this.parts.runner.start();
    } catch (error) {
      await this.leave();
      throw error;
    }
    await this.beat();
    this.beating = setInterval(() => void this.beat(), beatMilliseconds);
    this.sweeping = this.keepSweeping();
  }

  /** What stands still and will not move again by itself, or `null`. */
  needsRestart(): string | null {
    const now = this.milliseconds();
    if (now - this.beatEnded > patienceWithBeat) return 'the heartbeat of the worker stands still';
    return now - this.sweepEnded > patienceWithSweep ? 'the upkeep of the worker stands still' : null;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.sweeping;
    await this.parts.runner.stop();
    if (this.beating !== null) clearInterval(this.beating);
    // One that is under way would join again after the leaving.
    await this.lastBeat;
    await this.leave();
    await this.parts.generationWatch.stop();
    await this.parts.trainingWatch.stop();
  }

  private milliseconds(): number {
    return this.parts.milliseconds?.() ?? performance.now();
  }

  private async leave(): Promise<void> {
    try {
      await this.parts.registry.leave(this.parts.worker);
    } catch (error) {
      // Others reap it. This process still has to end what else it has open.
      this.parts.log.warn('left without saying so: the database is out of reach', { error });
    }
  }

  /** One at a time: while the database hangs they would pile up. */
  private beat(): Promise<void> {
    this.lastBeat ??= this.sayAlive().finally(() => {
      this.beatEnded = this.milliseconds();
      this.lastBeat = null;
    });
    return this.lastBeat;
  }

  private async sayAlive(): Promise<void> {
    try {
      await this.parts.registry.beat(this.parts.worker, this.parts.runner.queueIds);
    } catch (error) {
      this.parts.log.warn('no heartbeat: the database is out of reach', { error });
    }
  }

  private async keepSweeping(): Promise<void> {
    while (!this.stopped) {
      await this.doChores();
      this.sweepEnded = this.milliseconds();
      if (this.stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, sweepMilliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** If one fails, the others are still done. */
  private async doChores(): Promise<void> {
    for (const [chore, execute] of Object.entries(this.parts.chores)) {
      if (this.stopped) return;
      try {
        await execute();
      } catch (error) {
        this.parts.log.warn('a chore of the worker failed; it comes again', { chore, error });
        this.parts.metrics.choreFailed(chore);
      }
    }
  }
}
