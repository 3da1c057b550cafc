import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger as GraphileLogger,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from '../../application/ports/logger.js';
import type { JobOf, TaskName } from '../../application/ports/stores/job-queue.js';

const pauseMilliseconds = 1000;

/** What to do for each kind of job. A handler that throws is called again later by the queue. */
export type JobHandlers = { readonly [Name in TaskName]: (job: JobOf<Name>) => Promise<unknown> };

/** Runs the jobs of the queue with graphile-worker. */
export class JobRunner {
  private runner: Runner | null = null;
  private running: Promise<void> = Promise.resolve();
  private poolIds: string[] = [];

  constructor(
    private readonly pool: pg.Pool,
    private readonly handlers: JobHandlers,
    private readonly concurrency: number,
    private readonly log: Logger,
  ) {}

  /** Names under which jobs are locked by this process. */
  get queueIds(): readonly string[] {
    return this.poolIds;
  }

  async start(): Promise<void> {
    this.runner = await this.run();
    this.running = this.keepRunning(this.runner);
  }

  /** Resolves once the jobs at hand are done. */
  async stop(): Promise<void> {
    const { runner } = this;
    this.runner = null;
    await runner?.stop();
    await this.running;
  }

  private run(): Promise<Runner> {
    const events: WorkerEvents = new EventEmitter();
    // Those of an earlier run stay in the list: jobs may still be locked under their names.
    events.on('pool:create', ({ workerPool }) => this.poolIds.push(workerPool.id));
    return run({
      pgPool: this.pool,
      taskList: taskList(this.handlers),
      concurrency: this.concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
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
        if (level === 'warning') this.log.warn(`queue: ${message}`);
      }),
    });
  }

  /** The queue's runner gives up when the database stays away for long. We do not. */
  private async keepRunning(first: Runner): Promise<void> {
    let current: Runner | null = first;
    while (current !== null) {
      try {
        await current.promise;
      } catch (error) {
        this.log.error('the queue runner ended', { error });
      }
      if (this.runner === null) return;
      await sleep(pauseMilliseconds);
      current = await this.startAgain();
    }
  }

  private async startAgain(): Promise<Runner | null> {
    while (this.runner !== null) {
      try {
        const runner = await this.run();
        if (this.runner === null) await runner.stop();
        else this.runner = runner;
        return this.runner;
      } catch (error) {
        this.log.warn('the queue runner cannot start again yet', { error });
        await sleep(pauseMilliseconds);
      }
    }
    return null;
  }
}

function taskList(handlers: JobHandlers): TaskList {
  return Object.fromEntries(
    Object.entries(handlers).map(([task, handle]: [string, (job: never) => Promise<unknown>]) => [
      task,
      async (payload: unknown) => {
        await handle({ task, ...(payload as object) } as never);
      },
    ]),
  );
}
