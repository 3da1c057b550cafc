import type { Logger } from '../../application/ports/logger.js';
import type { WorkerRegistry } from '../../application/ports/stores/jobs/worker-registry.js';
import type { JobRunner } from './job-runner.js';

const beatMilliseconds = 1000;
const sweepMilliseconds = 2000;
/** Every question has a limit of its own: what takes this long will never end. */
const patienceWithBeat = 300_000;
const patienceWithSweep = 1_800_000;

/** One worker process: runs jobs, says that it lives, and looks after what others left behind. */
export class Worker {
  private beating: NodeJS.Timeout | null = null;
  private lastBeat: Promise<void> | null = null;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;
  private wake: (() => void) | null = null;
  private beatEnded = Number.POSITIVE_INFINITY;
  private sweepEnded = Number.POSITIVE_INFINITY;

  constructor(
    readonly id: string,
    private readonly registry: WorkerRegistry,
    private readonly runner: Pick<JobRunner, 'start' | 'stop' | 'queueIds'>,
    private readonly sweep: () => Promise<unknown>,
    private readonly log: Logger,
    private readonly milliseconds: () => number = () => performance.now(),
  ) {}

  async start(): Promise<void> {
    await this.registry.join(this.id);
    try {
      await this.runner.start();
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
    await this.runner.stop();
    if (this.beating !== null) clearInterval(this.beating);
    // One that is under way would join again after the leaving.
    await this.lastBeat;
    await this.leave();
  }

  private async leave(): Promise<void> {
    try {
      await this.registry.leave(this.id);
    } catch (error) {
      // Others reap it. This process still has to end what else it has open.
      this.log.warn('left without saying so: the database is out of reach', { error });
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
      await this.registry.beat(this.id, this.runner.queueIds);
    } catch (error) {
      this.log.warn('no heartbeat: the database is out of reach', { error });
    }
  }

  private async keepSweeping(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.sweep();
      } catch (error) {
        this.log.warn('the sweep failed; it comes again', { error });
      }
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
}
