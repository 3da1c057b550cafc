import type { IncomingUpdate } from '../../../application/ports/stores/chat/update-inbox.js';
import { secondsAfter } from '../../../domain/time.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';

/**
 * Longer than any handler takes: a process that has an update for longer than this counts as dead. Updates of a dead
 * worker are free as soon as its death is noticed; this is for processes without the worker role, and for one that hangs.
 */
export const abandonedAfterSeconds = 60;
/** One that waited here for longer is claimed anew before it is handled: soon others may take it. Seconds. */
const trustedFor = 20;
/** An end is written with what comes next, and at the latest after this; after a failure later. Milliseconds. */
const endsWaitFor = 500;
const failedEndsWaitFor = 1000;

/**
 * The updates that this process has in hand. They are taken as they are kept, and their ends are written together:
 * one costs a statement, or less, instead of three. A process that dies with an end unwritten has it handled again.
 */
export class HeldUpdates {
  /** Those that have not had their turn: when they were taken, by the clock and by ticks, which nobody sets. */
  private readonly taken = new Map<number, { readonly at: Date; readonly ticks: number }>();
  private finished = new Set<number>();
  private due: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: string,
    private readonly parts: Pick<
      TelegramDependencies,
      'database' | 'clock' | 'log' | 'workerId' | 'endsWaitMilliseconds'
    >,
  ) {}

  /** Keeps what came and takes what nobody has. @throws ContentRefused */
  async take(updates: readonly IncomingUpdate[]): Promise<void> {
    const finished = this.finishedNow();
    const held = { at: this.parts.clock.now(), ticks: this.parts.clock.ticks() };
    try {
      const ours = await this.inbox.take(
        this.source,
        updates,
        { owner: this.parts.workerId, at: held.at },
        { abandonedBefore: secondsAfter(held.at, -abandonedAfterSeconds), finished: [...finished] },
      );
      for (const id of ours) this.taken.set(id, held);
    } catch (error) {
      this.again(finished);
      throw error;
    }
  }

  /** Taken, and not handled yet. */
  has(id: number): boolean {
    return this.taken.has(id);
  }

  /** The right to handle one now. False: it was dealt with, or somebody is at it. */
  async claim(id: number): Promise<boolean> {
    if (this.finished.has(id)) return false;
    const held = this.taken.get(id);
    this.taken.delete(id);
    if (held !== undefined && this.parts.clock.ticks() - held.ticks < trustedFor) return true;
    const at = this.parts.clock.now();
    const abandoned = secondsAfter(at, -abandonedAfterSeconds);
    // What was taken here is still ours unless somebody has taken it since.
    const ownTake = held === undefined ? abandoned : new Date(held.at.getTime() + 1);
    const before = ownTake > abandoned ? ownTake : abandoned;
    return this.inbox.claim(this.source, id, { owner: this.parts.workerId, at }, before);
  }

  /** It was dealt with. Written a moment later. */
  finish(id: number): void {
    this.finished.add(id);
    this.writeIn(this.parts.endsWaitMilliseconds ?? endsWaitFor);
  }

  /** Resolves when all ends are written, or could not be. */
  async drain(): Promise<void> {
    this.writeFinished();
    await this.writing;
  }

  private get inbox() {
    return this.parts.database.stores.updates;
  }

  private writeFinished(): void {
    const finished = this.finishedNow();
    if (finished.size === 0) return;
    const write = this.inbox.finish(this.source, ...finished).catch((error: unknown) => {
      this.parts.log.warn('what was dealt with could not be noted; it is tried again', { error });
      this.again(finished);
    });
    this.writing = Promise.all([this.writing, write]).then(() => undefined);
  }

  private again(finished: ReadonlySet<number>): void {
    for (const id of finished) this.finished.add(id);
    if (finished.size > 0) this.writeIn(failedEndsWaitFor);
  }

  private writeIn(milliseconds: number): void {
    this.due ??= setTimeout(() => this.writeFinished(), milliseconds).unref();
  }

  private finishedNow(): ReadonlySet<number> {
    const { finished } = this;
    this.finished = new Set();
    if (this.due !== null) clearTimeout(this.due);
    this.due = null;
    return finished;
  }
}
