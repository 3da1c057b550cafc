import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger as GraphileLogger,
  type RunnerOptions,
  run,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from '../../application/ports/logger.js';
import type { JobDispatcher } from '../../application/ports/stores/jobs/job-dispatcher.js';
import type { Job, JobHandlers } from '../../application/ports/stores/jobs/job-queue.js';

const pauseMilliseconds = 1000;

/**
 * Steps that somebody waits for, and that find out by themselves whether another has taken them. Those nearest to their
 * end go first: else more would be bought and fetched than goes out.
 */
const urgent: readonly Job['task'][] = ['deliver', 'collect', 'submit-next'];
/**
 * A process with more than this at hand leaves the rest to the queue, if others share it. Nearly all of them wait for fal or Telegram; the
 * more there are, the more pictures lie in memory at once.
 */
const atHandAtMost = 64;
/** A process alone keeps so many more in line itself: through the queue each would cost it half as much again. */
const inLineAtMost = 1000;

/** One run of graphile-worker. */
interface Run {
  /** Names under which it locks jobs. */
  readonly queueIds: readonly string[];
  /** Takes no more jobs; resolves once those at hand are done. */
  stop(): Promise<unknown>;
  /** Over, by our will or by its own. Never rejects. */
  readonly ended: Promise<void>;
}

interface InLine {
  /** Its place among the urgent ones. */
  readonly rank: number;
  readonly begin: () => void;
  readonly turnAway: (why: Error) => void;
}

/** Runs the jobs of the queue with graphile-worker. */
export class JobRunner implements JobDispatcher {
  private current: Run | null = null;
  private running: Promise<void> = Promise.resolve();
  /** Of this run, and of those before it whose jobs may still be locked. */
  private queueNames: readonly string[] = [];
  private readonly atHand = new Set<Promise<unknown>>();
  /** Begin once a place is free, in this order. */
  private readonly inLine: InLine[] = [];

  constructor(
    private readonly pool: pg.Pool,
    private readonly handlers: JobHandlers,
    private readonly concurrency: number,
    private readonly log: Logger,
    private readonly isAlone: () => boolean = () => false,
    private readonly patienceMilliseconds = 5000,
  ) {}

  /** Names under which jobs are locked by this process. */
  get queueIds(): readonly string[] {
    return this.queueNames;
  }

  async start(): Promise<void> {
    await this.nameTasks();
    this.current = await this.run();
    this.running = this.keepRunning(this.current);
  }

  /** Resolves once the jobs at hand are done. */
  async stop(): Promise<void> {
    const { current } = this;
    this.current = null;
    for (const { turnAway } of this.inLine.splice(0)) turnAway(takesNoMore());
    await current?.stop();
    await this.running;
    // Also what the queue does not know to be at hand.
    await Promise.allSettled(this.atHand);
  }

  wants(job: Job): boolean {
    return (
      this.current !== null &&
      (this.hasRoom() || (this.isAlone() && this.inLine.length < inLineAtMost)) &&
      urgent.includes(job.task) &&
      !('spare' in job && job.spare !== undefined)
    );
  }

  async begin(job: Job): Promise<void> {
    if (this.current === null) throw takesNoMore();
    if (!this.hasRoom()) await this.lineUp(urgent.indexOf(job.task));
    try {
      await this.handle(job);
    } catch (error) {
      this.log.warn('a job did not succeed; it is left to the queue', { task: job.task, error });
      throw error;
    }
  }

  lost({ task }: Job, error: unknown): void {
    this.log.warn('a job could not be left to the queue either; its row is found later', { task, error });
  }

  /**
   * The queue names its tasks when it first looks for jobs, and whoever adds a job of a task that has no name yet names it
   * too: a transaction that adds two would meet the queue in a circle.
   */
  private async nameTasks(): Promise<void> {
    await this.pool.query(
      'insert into graphile_worker._private_tasks (identifier) select unnest($1::text[]) on conflict do nothing',
      [Object.keys(this.handlers).sort()],
    );
  }

  private async run(): Promise<Run> {
    const events: WorkerEvents = new EventEmitter();
    const queueIds: string[] = [];
    events.on('pool:create', ({ workerPool }) => {
      queueIds.push(workerPool.id);
      this.queueNames = [...this.queueNames, workerPool.id];
    });
    // graphile-worker 0.17 cannot give back what it has fetched and not begun when it does nothing else just then: it throws,
    // and fails what is at hand. So it has something to do while it stops.
    events.on('localQueue:init', ({ localQueue }) => {
      // biome-ignore lint/complexity/useLiteralKeys: it is private, and only this spelling reaches it.
      events.once('pool:gracefulShutdown', () => localQueue['background'](Promise.resolve()));
    });
    // graphile-worker 0.17 counts the reports it still has to make wrongly once two of them have failed (a database
    // that was away), and then its shutdown never ends. It is not waited for longer than it can need.
    const overdue = new Promise<void>((resolve) => {
      events.once('pool:gracefulShutdown', () => void this.patience().then(resolve));
    });
    const runner = await run(this.settings(events));
    const unclean = (error: unknown) => this.log.warn('the queue runner did not end cleanly', { error });
    const ended = runner.promise.catch(unclean);
    return {
      queueIds,
      stop: () => Promise.race([runner.stop().catch(unclean), this.handsFree()]),
      ended: Promise.race([ended, overdue]),
    };
  }

  private settings(events: WorkerEvents): RunnerOptions {
    return {
      pgPool: this.pool,
      taskList: this.taskList(),
      concurrency: this.concurrency,
      noHandleSignals: true,
      // What is for now announces itself.
      pollInterval: 2000,
      events,
      parsedCronItems: [],
      // Batches are reported with retries. Without them a lost connection at the end of a job would be an
      // unhandled rejection, and the end of this process.
      preset: {
        worker: {
          completeJobBatchDelay: 20,
          failJobBatchDelay: 0,
          // One question fetches for all: without it every new job wakes each idle slot to ask for itself.
          localQueue: { size: this.concurrency, ttl: 5000 },
        },
      },
      logger: new GraphileLogger(() => (level, message) => {
        if (level === 'error') this.log.error(`queue: ${message}`);
        // That there are fewer connections than jobs at a time is meant so: most of a job is waiting for others.
        if (level === 'warning' && !message.includes('maxPoolSize')) this.log.warn(`queue: ${message}`);
      }),
    };
  }

  private patience(): Promise<void> {
    return sleep(this.patienceMilliseconds, undefined, { ref: false });
  }

  /** All handlers are through, and had time to be reported. */
  private async handsFree(): Promise<void> {
    await Promise.allSettled(this.atHand);
    await this.patience();
  }

  /** The queue's runner gives up when the database stays away for long. We do not. */
  private async keepRunning(first: Run): Promise<void> {
    let current: Run | null = first;
    while (current !== null) {
      await current.ended;
      if (this.current === null) return;
      this.log.warn('the queue runner has ended; another is started');
      // Its timers would go on and keep this process from ending.
      void current.stop();
      await sleep(pauseMilliseconds);
      current = await this.startAgain(current);
    }
  }

  private async startAgain(before: Run): Promise<Run | null> {
    while (this.current !== null) {
      try {
        await this.unlock(before);
        const next = await this.run();
        if (this.current === null) await next.stop();
        else this.current = next;
        return this.current;
      } catch (error) {
        this.log.warn('the queue runner cannot start again yet', { error });
        await sleep(pauseMilliseconds);
      }
    }
    return null;
  }

  /** What an ended run had locked nobody would take up for hours; whoever still works on one holds its row on lease. */
  private async unlock({ queueIds }: Run): Promise<void> {
    await this.pool.query('select unlock_jobs($1)', [queueIds]);
    this.queueNames = this.queueNames.filter((name) => !queueIds.includes(name));
  }

  private taskList(): TaskList {
    return Object.fromEntries(
      Object.keys(this.handlers).map((task) => [
        task,
        // What was added under this name.
        (payload: unknown) => this.handle({ task, ...(payload as object) } as Job),
      ]),
    );
  }

  private async handle(job: Job): Promise<void> {
    const handler: (job: never) => Promise<unknown> = this.handlers[job.task];
    const work = handler(job as never);
    this.atHand.add(work);
    try {
      await work;
    } finally {
      this.atHand.delete(work);
      if (this.hasRoom()) this.inLine.shift()?.begin();
    }
  }

  private lineUp(rank: number): Promise<void> {
    return new Promise((begin, turnAway) => {
      const behind = this.inLine.findIndex((other) => other.rank > rank);
      const place = behind === -1 ? this.inLine.length : behind;
      this.inLine.splice(place, 0, { rank, begin, turnAway });
    });
  }

  private hasRoom(): boolean {
    return this.atHand.size < atHandAtMost;
  }
}

const takesNoMore = () => new Error('this process takes no more jobs');
