import type { Update } from 'grammy/types';
import { FairSemaphore } from '../../../application/policy/fair-semaphore.js';
import type { Logger } from '../../../application/ports/logger.js';

/** Handlers wait for Telegram and the database most of their time. */
const limits = { atOnce: 500, each: 1 } as const;
/** More of one person are not held in memory: they stay in the inbox and are fetched when these are done. */
const mostWaiting = 100;
/** How many of one person are fetched: enough to know that there are more than fit. */
export const fetchedOfEach = mostWaiting + limits.each + 1;

/**
 * Handles updates: those of one person one after another, those of different people at the same time. Whoever sends
 * thousands keeps nobody else waiting.
 */
export class UpdateQueue {
  private readonly semaphore = new FairSemaphore(limits);
  private readonly inHand = new Map<number, Promise<void>>();
  /** People who have more waiting than is kept here. */
  private readonly behind = new Set<string>();
  private isClosing = false;

  /** `fetchMore` is called when somebody who was behind has been dealt with. */
  constructor(
    private readonly handle: (update: Update) => Promise<void>,
    private readonly fetchMore: () => Promise<void>,
    private readonly log: Logger,
  ) {}

  /** How many more of this person's fit. None while earlier ones wait in the inbox: they come first. */
  room(person: string): number {
    return this.behind.has(person) ? 0 : mostWaiting - this.semaphore.waiting(person);
  }

  /** Adds a new update. Returns at once; one that does not fit stays in the inbox. */
  add(update: Update): void {
    const person = personOf(update);
    // Not before what this person said earlier.
    if (!this.behind.has(person)) this.take(person, update);
  }

  /** Adds one that there was room for when it came. */
  addTaken(update: Update): void {
    this.take(personOf(update), update, Number.POSITIVE_INFINITY);
  }

  /** Adds updates from the inbox, in their order. */
  addKept(updates: readonly Update[]): void {
    for (const update of updates) this.take(personOf(update), update);
  }

  /** Resolves when nothing is being handled; what is in the inbox waits for the next start. */
  async drain(): Promise<void> {
    this.isClosing = true;
    while (this.inHand.size > 0) await Promise.all(this.inHand.values());
  }

  private take(person: string, update: Update, most = mostWaiting): void {
    const { update_id: id } = update;
    if (this.inHand.has(id)) return;
    if (this.semaphore.waiting(person) >= most) return void this.behind.add(person);
    const work = this.semaphore
      .run(person, () => this.handle(update))
      .catch((error: unknown) => this.log.error('an update could not be dealt with', { update: id, error }))
      .finally(() => {
        this.inHand.delete(id);
        if (this.semaphore.waiting(person) === 0 && this.behind.delete(person) && !this.isClosing)
          this.goOn();
      });
    this.inHand.set(id, work);
  }

  private goOn(): void {
    this.fetchMore().catch((error: unknown) =>
      this.log.warn('what somebody sent could not be fetched; the regular look finds it', { error }),
    );
  }
}

/** Who sent it; for what nobody did, the chat it is about. */
export function personOf(update: Update): string {
  for (const part of Object.values(update) as unknown[]) {
    if (typeof part !== 'object' || part === null) continue;
    for (const key of ['from', 'user', 'chat'])
      if (key in part) {
        const { id } = (part as Record<string, { id?: unknown } | undefined>)[key] ?? {};
        if (typeof id === 'number') return String(id);
      }
  }
  return `update ${update.update_id}`;
}
