import { EventEmitter } from 'node:events';
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

/** What to do for each kind of job. A handler that throws is called again later by the queue. */
export type JobHandlers = { readonly [Name in TaskName]: (job: JobOf<Name>) => Promise<unknown> };

/** Runs the jobs of the queue with graphile-worker. */
export class JobRunner {
  private runner: Runner | null = null;
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
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => this.poolIds.push(workerPool.id));
    this.runner = await run({
      pgPool: this.pool,
      taskList: taskList(this.handlers),
      concurrency: this.concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      events,
      parsedCronItems: [],
      logger: new GraphileLogger(() => (level, message) => {
        if (level === 'error') this.log.error(`queue: ${message}`);
        if (level === 'warning') this.log.warn(`queue: ${message}`);
      }),
    });
    // It ends by itself only when the database stays away: the queue's own reconnecting has given up.
    this.runner.promise.catch((error: unknown) => this.log.error('the queue runner ended', { error }));
  }

  /** Resolves once the jobs at hand are done. */
  async stop(): Promise<void> {
    const { runner } = this;
    this.runner = null;
    await runner?.stop();
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
