import type { Generation } from '../domain/generation.js';
import type { Training } from '../domain/training.js';
import { secondsAfter } from './policy.js';
import type { Clock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';
import type { Job } from './ports/stores/job-queue.js';
import type { Database } from './ports/stores/stores.js';
import type { WorkerRegistry } from './ports/worker-registry.js';

const rowsAtOnce = 200;
/** A row that was nudged is left in peace for so long. */
const graceSeconds = 10;
/** Submit tokens are handed out by those who add jobs and free places; these few make up for any that were lost. */
const spareTokens = 4;

/** Frees what dead processes held and nudges what stands still. Runs every few seconds in every worker. */
export class Sweep {
  private isFirst = true;
  /** Buried, and their rows not yet freed: the database may go away in between. */
  private dead: readonly string[] = [];

  constructor(
    private readonly database: Database,
    private readonly workers: WorkerRegistry,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Returns how many rows were nudged. */
  async execute(): Promise<number> {
    const now = this.clock.now();
    this.dead = [...this.dead, ...(await this.workers.buryDead())];
    const { dead } = this;
    const { generations, trainings, updates } = this.database.stores;
    if (dead.length > 0) {
      const freed = (await generations.dropLeases(dead)) + (await trainings.dropLeases(dead));
      const given = await updates.dropClaims(dead);
      this.log.warn('took over from dead workers', { workers: dead, rows: freed, updates: given });
    }
    // What is at the provider was watched by a process that may be gone: all of it is asked about now.
    if (this.isFirst || dead.length > 0) await generations.recheck(now);
    this.isFirst = false;
    this.dead = [];
    return this.database.transaction(async (stores) => {
      const rows = await stores.generations.stalled(now, secondsAfter(now, graceSeconds), rowsAtOnce);
      for (const row of rows) {
        const job = nudge(row);
        if (job !== null) await stores.jobs.add(job);
      }
      const again = secondsAfter(now, graceSeconds);
      const trainings = await stores.trainings.stalled(now, again, rowsAtOnce);
      for (const job of trainings.flatMap(trainingNudges)) await stores.jobs.add(job);
      if (await stores.generations.hasWaiting())
        for (let token = 0; token < spareTokens; token += 1)
          await stores.jobs.add({ task: 'submit-next', spare: token });
      return rows.length + trainings.length;
    });
  }
}

function nudge({ status, id }: Generation): Job | null {
  switch (status) {
    case 'submitting':
      return { task: 'resolve-submit', generation: id };
    case 'submitted':
      return { task: 'collect', generation: id };
    case 'collected':
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return { task: 'deliver', generation: id };
    case 'accepted':
    case 'delivered':
      return null;
    default:
      return status satisfies never;
  }
}

function trainingNudges(state: Training): Job[] {
  const training = state.id;
  switch (state.status) {
    case 'collecting':
      return [{ task: 'submit-training', training }];
    case 'submitting':
      return [{ task: 'resolve-training', training }];
    case 'training':
      return [{ task: 'collect-training', training }];
    case 'ready':
      return [
        { task: 'deliver-training', training },
        ...(state.proof.status === 'rendering' ? [{ task: 'make-proof', training } as const] : []),
      ];
    case 'failed':
    case 'cancelled':
      return [{ task: 'deliver-training', training }];
    default:
      return state satisfies never;
  }
}
