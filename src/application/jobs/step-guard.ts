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

  constructor(private readonly parts: Needs<'generations' | 'trainings', 'clock' | 'worker' | 'log'>) {}

  /** Throws what the step threw only when its row could not be put back: then the queue tries again. */
  generation(id: GenerationId, step: () => Promise<unknown>): Promise<void> {
    return this.guard(this.parts.database.stores.generations, id, step);
  }

  training(id: TrainingId, step: () => Promise<unknown>): Promise<void> {
    return this.guard(this.parts.database.stores.trainings, id, step);
  }

  /** Returns what the step returns; false when it came to no end. */
  async submit(step: () => Promise<boolean>): Promise<boolean> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof SubmitFailed)) throw error;
      const { generations } = this.parts.database.stores;
      // It is in the fair queue as before, or in our hands: the write may have been carried out though its answer was lost.
      const free = async () => {
        const failure = this.failureOf(error.cause);
        if ((await generations.putBack(error.generation, this.parts.worker, failure)) === null)
          await generations.putOff(error.generation, failure);
      };
      await this.free(error.generation, free, error.cause);
      return false;
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
      if (!this.atHand.has(id)) await free();
      this.unfreed.delete(id);
    }
  }

  private async guard<Id extends string>(
    rows: Pick<LeasedStore<Id, { readonly status: string }>, 'putBack'>,
    id: Id,
    step: () => Promise<unknown>,
  ): Promise<void> {
    const before = this.atHand.get(id);
    const giveUp = () => rows.putBack(id, this.parts.worker, this.failureOf(new Error('a step did not end')));
    const first = before ?? { since: this.parts.clock.ticks(), free: giveUp };
    this.atHand.set(id, { ...first, steps: (before?.steps ?? 0) + 1 });
    let failure: { readonly error: unknown } | null = null;
    try {
      await step();
    } catch (error) {
      failure = { error };
    } finally {
      const row = this.atHand.get(id);
      if (row === undefined || row.steps === 1) this.atHand.delete(id);
      else this.atHand.set(id, { ...row, steps: row.steps - 1 });
    }
    if (failure === null) return;
    // Another step of this process may hold the row under the same name.
    if (this.atHand.has(id)) throw failure.error;
    const { error } = failure;
    await this.free(id, () => rows.putBack(id, this.parts.worker, this.failureOf(error)), error);
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
