import type { GenerationId, TrainingId } from '../../domain/ids.js';
import type { Needs } from '../ports/needs.js';
import type { LeasedStore, StepFailure } from '../ports/stores/jobs/leased-store.js';

/** What went wrong once a generation had been taken from the fair queue, and which one that was. */
export class SubmitFailed extends Error {
  override readonly name = 'SubmitFailed';

  constructor(
    readonly generation: GenerationId,
    cause: unknown,
  ) {
    super(`could not be submitted: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** The machine has no room or no more open files: that says nothing about this row. */
const everybodysTrouble = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);

/** Longer than any step may take, by ticks: nobody else takes a row from a process that lives. */
const endlessSeconds = 1800;

/** A row that steps of this process work on. */
interface AtHand {
  readonly steps: number;
  readonly since: number;
  readonly free: () => Promise<unknown>;
}

/**
 * Runs steps so that no error leaves a row in the hands of a process that has let go of it. What cannot be freed,
 * because the database is away, is freed when it is back.
 */
export class StepGuard {
  private readonly atHand = new Map<string, AtHand>();
  private readonly unfreed = new Map<string, () => Promise<unknown>>();
  /** Seen once to be held by this process and in nobody's hands here. */
  private forgotten: ReadonlySet<string> = new Set();

  constructor(
    private readonly parts: Needs<'generations' | 'trainings' | 'workers', 'clock' | 'worker' | 'log'>,
  ) {}

  /** Throws what the step threw only when its row could not be put back: then the queue tries again. */
  generation(id: GenerationId, step: () => Promise<unknown>): Promise<void> {
    return this.guard(this.parts.database.stores.generations, id, step);
  }

  training(id: TrainingId, step: () => Promise<unknown>): Promise<void> {
    return this.guard(this.parts.database.stores.trainings, id, step);
  }

  /**
   * Returns what the step returns; false when it came to no end.
   * @param step says which row it has taken
   */
  async submit(step: (taken: (id: GenerationId) => void) => Promise<boolean>): Promise<boolean> {
    const { generations } = this.parts.database.stores;
    const ids: GenerationId[] = [];
    const taken = (id: GenerationId) => {
      ids.push(id);
      this.begin(generations, id);
    };
    try {
      return await step(taken);
    } catch (error) {
      if (!(error instanceof SubmitFailed)) throw error;
      // It is in the fair queue as before, or in our hands: the write may have been carried out though its answer was lost.
      const free = async () => {
        const failure = this.failureOf(error.cause);
        if ((await generations.putBack(error.generation, this.parts.worker, failure)) === null)
          await generations.putOff(error.generation, failure);
      };
      await this.free(error.generation, free, error.cause);
      return false;
    } finally {
      for (const id of ids) this.end(id);
    }
  }

  /** Frees what could not be freed when its step failed, and what a step holds that never ends. */
  async freeLeftovers(): Promise<void> {
    for (const [id, row] of this.atHand) {
      if (this.parts.clock.ticks() - row.since <= endlessSeconds) continue;
      this.parts.log.error('a step does not end; its row is tried again', { row: id });
      await row.free();
      this.atHand.set(id, { ...row, since: this.parts.clock.ticks() });
    }
    for (const [id, free] of [...this.unfreed]) {
      // It may be the one that holds the row.
      if (this.atHand.has(id)) continue;
      await free();
      this.unfreed.delete(id);
    }
  }

  /**
   * Frees what is ours and what nobody here works on: the database took a row for us, and the connection broke before it
   * could say so. Only what was so at the last look as well, since an answer may be under way.
   */
  async freeForgotten(): Promise<void> {
    const { database, worker, clock, log } = this.parts;
    const { workers, generations, trainings } = database.stores;
    const held = await workers.overdueOf(worker, clock.now());
    const failure = {
      ...this.failureOf(new Error('the answer was lost that it had been taken')),
      counts: false,
    };
    const seen = new Set<string>();
    const free = async <Id extends string>(id: Id, rows: Pick<LeasedStore<Id, never>, 'putBack'>) => {
      if (this.atHand.has(id)) return;
      if (!this.forgotten.has(id)) return void seen.add(id);
      log.warn('held by this process, and in nobody’s hands; it is tried again', { row: id });
      await rows.putBack(id, worker, failure);
    };
    for (const id of held.generations) await free(id, generations);
    for (const id of held.trainings) await free(id, trainings);
    this.forgotten = seen;
  }

  private async guard<Id extends string>(
    rows: Pick<LeasedStore<Id, never>, 'putBack'>,
    id: Id,
    step: () => Promise<unknown>,
  ): Promise<void> {
    this.begin(rows, id);
    let failure: { readonly error: unknown } | null = null;
    try {
      await step();
    } catch (error) {
      failure = { error };
    } finally {
      this.end(id);
    }
    if (failure === null) return;
    const { error } = failure;
    const free = () => rows.putBack(id, this.parts.worker, this.failureOf(error));
    // Another step of this process may hold the row under the same name, and so may this one.
    if (this.atHand.has(id)) {
      this.unfreed.set(id, free);
      throw error;
    }
    await this.free(id, free, error);
  }

  private begin<Id extends string>(rows: Pick<LeasedStore<Id, never>, 'putBack'>, id: Id): void {
    const before = this.atHand.get(id);
    const free = () => rows.putBack(id, this.parts.worker, this.failureOf(new Error('a step did not end')));
    const first = before ?? { since: this.parts.clock.ticks(), free };
    this.atHand.set(id, { ...first, steps: (before?.steps ?? 0) + 1 });
  }

  private end(id: string): void {
    const row = this.atHand.get(id);
    if (row === undefined || row.steps === 1) this.atHand.delete(id);
    else this.atHand.set(id, { ...row, steps: row.steps - 1 });
  }

  private async free(id: string, free: () => Promise<unknown>, error: unknown): Promise<void> {
    try {
      const tries = await free();
      // It was never ours: the queue has to ask again.
      if (tries === null) throw error;
      this.parts.log.warn('a step came to no end; its row is tried again', { row: id, tries, error });
    } catch (trouble) {
      if (trouble !== error) this.unfreed.set(id, free);
      throw error;
    }
  }

  private failureOf(error: unknown): StepFailure {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { now: this.parts.clock.now(), error: String(error), counts: !everybodysTrouble.has(code) };
  }
}
