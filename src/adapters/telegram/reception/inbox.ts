import type { Update } from 'grammy/types';
import type { IncomingUpdate } from '../../../application/ports/stores/chat/update-inbox.js';
import { ContentRefused } from '../../../application/ports/stores/content-refused.js';
import { storableData } from '../../../domain/text/storable-text.js';
import { secondsAfter } from '../../../domain/time.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';
import { abandonedAfterSeconds, type HeldUpdates } from './held-updates.js';
import { InTurns } from './in-turns.js';
import { fetchedOfEach, personOf, UpdateQueue } from './update-queue.js';

/** How long the process that received an update has to begin with it. */
const graceSeconds = 3;
const atOnce = 1000;
/** A database that only restarts is back sooner. */
const troubleAfterSeconds = 20;

interface InboxParts extends Pick<TelegramDependencies, 'database' | 'clock' | 'log' | 'metrics'> {
  readonly held: HeldUpdates;
}

/** Stores updates before they are acknowledged to Telegram, so that none is lost with the process that received it. */
export class Inbox {
  private readonly queue: UpdateQueue;
  /** Since when what comes cannot be kept. */
  private troubleSince: Date | null = null;
  private readonly arrivals = new InTurns((came: readonly (readonly Update[])[]) =>
    this.keepAll(came.flat()),
  );

  constructor(
    handle: (update: Update) => Promise<void>,
    private readonly source: string,
    private readonly dependencies: InboxParts,
    private readonly admit: (update: Update) => Promise<void> = async () => undefined,
    /** Until then updates are only stored, and handled afterwards. */
    private readonly isReady: () => boolean = () => true,
  ) {
    this.queue = new UpdateQueue(handle, () => this.takeUp(), dependencies.log);
  }

  /** Returns them as they were stored. One that can never be stored is set aside. */
  async keep(received: readonly Update[]): Promise<Update[]> {
    const updates = received.map((update) => storableData(update));
    await this.arrivals.add(updates);
    return updates;
  }

  private async keepAll(updates: readonly Update[]): Promise<void> {
    try {
      await this.write(updates).catch((error: unknown) => this.writeEach(updates, error));
      this.troubleSince = null;
    } catch (error) {
      this.troubleSince ??= this.dependencies.clock.now();
      throw error;
    }
  }

  /** Why updates cannot be stored, for readiness; `null` when they can. */
  complaint(): string | null {
    if (this.troubleSince === null) return null;
    const seconds = Math.floor(
      (this.dependencies.clock.now().getTime() - this.troubleSince.getTime()) / 1000,
    );
    return seconds < troubleAfterSeconds ? null : `messages have come and not been kept for ${seconds} s`;
  }

  /** Deals with one that was kept, when it is its sender's turn. */
  deal(update: Update): void {
    if (!this.isReady()) return;
    if (this.dependencies.held.has(update.update_id)) this.queue.addTaken(update);
    else this.queue.add(update);
  }

  /** Deals with those that nobody deals with: their process died, or could not. */
  async takeUp(): Promise<void> {
    if (!this.isReady()) return;
    const { database, clock } = this.dependencies;
    const now = clock.now();
    const before = {
      received: secondsAfter(now, -graceSeconds),
      claimed: secondsAfter(now, -abandonedAfterSeconds),
    };
    await this.giveUp(before.claimed);
    const left = await database.stores.updates.unfinished(this.source, before, {
      all: atOnce,
      each: fetchedOfEach,
    });
    // What was kept is what Telegram sent.
    this.queue.addKept(left.map(({ body }) => body as Update));
  }

  /** Gives up updates that failed too often, or whose process died with them each time. */
  private async giveUp(claimedBefore: Date): Promise<void> {
    const { database, clock, log, metrics } = this.dependencies;
    const dead = await database.stores.updates.giveUp(this.source, claimedBefore, clock.now());
    for (const { id, body, error } of dead) {
      log.error('an update was tried too often and is given up', { update: id, trouble: error });
      metrics.gaveUp('update');
      // What was kept is what Telegram sent.
      await this.admit(body as Update).catch((refusal: unknown) =>
        log.warn('nobody could be told that an update was given up', { update: id, error: refusal }),
      );
    }
  }

  /** Resolves when nothing is in hand any more. */
  async drain(): Promise<void> {
    await this.queue.drain();
    await this.dependencies.held.drain();
  }

  /** One of them was refused for its content: the others are stored one by one. */
  private async writeEach(updates: readonly Update[], error: unknown): Promise<void> {
    if (!(error instanceof ContentRefused)) throw error;
    for (const update of updates)
      await this.write([update]).catch((refusal: unknown) => this.setAside(update, refusal));
  }

  private async setAside(update: Update, error: unknown): Promise<void> {
    if (!(error instanceof ContentRefused)) throw error;
    const { database, clock, log, metrics } = this.dependencies;
    const { update_id: id } = update;
    await database.stores.updates.setAside(this.source, { id, body: update }, clock.now());
    log.error('an update cannot be stored and was set aside; whoever sent it is not answered', {
      update: id,
      error,
    });
    metrics.updateSetAside();
  }

  /** Those that are handled at once are taken with it; the others of a flood wait in the inbox. */
  private async write(updates: readonly Update[]): Promise<void> {
    const { database, clock, held } = this.dependencies;
    const here: IncomingUpdate[] = [];
    const later: IncomingUpdate[] = [];
    const room = new Map<string, number>();
    for (const update of updates) {
      const person = personOf(update);
      const left = room.get(person) ?? (this.isReady() ? this.queue.room(person) : 0);
      room.set(person, left - 1);
      (left > 0 ? here : later).push({ id: update.update_id, body: update, person });
    }
    if (here.length > 0) await held.take(here);
    if (later.length > 0) await database.stores.updates.keep(this.source, later, clock.now());
  }
}
