import type { Generation } from '../../domain/generation/generation.js';
import { secondsAfter } from '../../domain/time.js';
import type { Training } from '../../domain/training/training.js';
import type { Needs } from '../ports/needs.js';
import type { Job } from '../ports/stores/jobs/job-queue.js';
import type { DeadWorker, WorkerRegistry } from '../ports/stores/jobs/worker-registry.js';

const rowsAtOnce = 200;
/** A row that was nudged is left in peace for so long. */
const graceSeconds = 10;
/** Submit tokens are handed out by those who add jobs and free places; these few make up for any that were lost, each of them for many. */
const spareTokens = 4;
/** Jobs of the queue that nobody runs are looked for in every so manieth sweep: half a minute apart. */
const orphansEvery = 15;
/** Clocks are corrected by less than this all the time. */
const leastJumpSeconds = 5;

type Parts = Needs<
  'broadcasts' | 'generations' | 'jobs' | 'trainings' | 'updates' | 'workers',
  'clock' | 'log'
> & {
  readonly workers: WorkerRegistry;
};

/** Frees what dead processes held and nudges what stands still. Runs every few seconds in every worker. */
export class Sweep {
  /** Nobody knows what was missed: at the start, and after a time without the database. */
  private isBlind = true;
  private sweeps = 0;
  /** The clock's lead over the ticks, as it was last seen. */
  private lead: number | null = null;

  constructor(private readonly parts: Parts) {}

  /** Returns how many rows were nudged. */
  async execute(): Promise<number> {
    this.lookAtClock();
    try {
      const dead = await this.parts.workers.findDead();
      if (dead.length > 0) await this.takeOver(dead);
      if (this.isBlind) await this.lookAtEverything();
      this.isBlind = false;
      if (this.sweeps % orphansEvery === 0) await this.freeOrphans();
      this.sweeps += 1;
      return await this.nudgeWhatStands();
    } catch (error) {
      this.isBlind = true;
      throw error;
    }
  }

  /** A clock that was set, back or forward, decides nothing: everything is asked about once more. */
  private lookAtClock(): void {
    const lead = this.parts.clock.now().getTime() / 1000 - this.parts.clock.ticks();
    const jump = this.lead === null ? 0 : lead - this.lead;
    this.lead = lead;
    if (Math.abs(jump) < leastJumpSeconds) return;
    this.parts.log.warn('the clock of this machine was set', { seconds: Math.round(jump) });
    this.isBlind = true;
  }

  /** All of it or nothing: a connection that breaks in between leaves no row with a worker that nobody looks for. */
  private async takeOver(dead: readonly DeadWorker[]): Promise<void> {
    await this.parts.database.transaction(
      async ({ workers, generations, trainings, updates, broadcasts }) => {
        const reaped = await workers.lockDead(dead);
        if (reaped.length === 0) return;
        const rows = (await generations.dropLeases(reaped)) + (await trainings.dropLeases(reaped));
        const given = await updates.dropClaims(reaped);
        const copies = await broadcasts.dropClaims(reaped);
        // Jobs of the queue come after the rows they are about, as with everybody who adds one.
        await workers.reap(dead);
        this.parts.log.warn('took over from dead workers', { workers: reaped, rows, updates: given, copies });
      },
    );
    // What is at the provider was watched by a process that is gone.
    this.isBlind = true;
  }

  private async lookAtEverything(): Promise<void> {
    this.sweeps = 0;
    const { generations, trainings } = this.parts.database.stores;
    await generations.recheck(this.parts.clock.now());
    await trainings.recheck(this.parts.clock.now());
  }

  private async freeOrphans(): Promise<void> {
    const unlocked = await this.parts.database.stores.workers.unlockOrphans();
    if (unlocked > 0)
      this.parts.log.warn('freed jobs of the queue that nobody runs any more', { jobs: unlocked });
  }

  /**
   * Each job is added alone. The queue reports the ends of several jobs at once: whoever keeps the row of one while it
   * waits for that of another meets it in a circle. What is not nudged for an error now is found again.
   */
  private async nudgeWhatStands(): Promise<number> {
    const now = this.parts.clock.now();
    const { generations, trainings, jobs, workers } = this.parts.database.stores;
    const again = secondsAfter(now, graceSeconds);
    const overdue = await workers.whatStands(now);
    const rows = overdue.generations ? await generations.stalled(now, again, rowsAtOnce) : [];
    for (const job of rows.flatMap(nudges)) await jobs.add(job);
    const inTraining = overdue.trainings ? await trainings.stalled(now, again, rowsAtOnce) : [];
    for (const job of inTraining.flatMap(trainingNudges)) await jobs.add(job);
    if (overdue.waiting)
      for (let token = 0; token < spareTokens; token += 1)
        await jobs.add({ task: 'submit-next', spare: token });
    return rows.length + inTraining.length;
  }
}

function nudges({ status, id: generation }: Generation): Job[] {
  switch (status) {
    case 'submitting':
      return [{ task: 'resolve-submit', generation }];
    case 'submitted':
      return [{ task: 'collect', generation }];
    case 'collected':
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return [{ task: 'deliver', generation }];
    case 'accepted':
    case 'delivered':
      return [];
    default:
      return status satisfies never;
  }
}

function trainingNudges(state: Training): Job[] {
  const training = state.id;
  switch (state.status) {
    case 'accepted':
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
