import { randomInt } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Collection, Journal } from '../state/journal.js';

export type UpdateType = Exclude<keyof Update, 'update_id'>;

/** Sent only when asked for by name. Source: `getUpdates`, field `allowed_updates`. */
const onlyOnRequest: readonly string[] = [
  'chat_member',
  'message_reaction',
  'message_reaction_count',
] satisfies UpdateType[];

/** What happened and was not yet confirmed by the bot, oldest first. Survives restarts. */
export class UpdateQueue {
  private readonly pending: Collection<Update>;
  private readonly counters: Collection<number>;
  private readonly allowed: Collection<readonly string[]>;
  private readonly latest = new Map<UpdateType, Omit<Update, 'update_id'>>();
  private readonly listeners = new Set<() => void>();

  constructor(journal: Journal) {
    this.pending = journal.collection('updates');
    this.counters = journal.collection('counters');
    this.allowed = journal.collection('allowed_updates');
  }

  get size(): number {
    return this.pending.size;
  }

  /** An empty list means the default: everything that needs no asking for. */
  get allowedUpdates(): readonly string[] {
    return this.allowed.get('now') ?? [];
  }

  allowOnly(types: readonly string[]): void {
    if (types.join() !== this.allowedUpdates.join()) this.allowed.set('now', types);
  }

  /** Queues an update unless the bot said that it does not want this type. */
  push(type: UpdateType, content: Omit<Update, 'update_id'>): void {
    const allowed = this.allowedUpdates;
    if (allowed.length === 0 ? onlyOnRequest.includes(type) : !allowed.includes(type)) return;
    this.latest.set(type, content);
    const id = (this.counters.get('update') ?? firstNumber()) + 1;
    this.counters.set('update', id);
    this.pending.set(id, { update_id: id, ...content });
    for (const listener of [...this.listeners]) listener();
  }

  /** Queues the newest update of a type once more. */
  pushAgain(type: UpdateType): void {
    const content = this.latest.get(type);
    if (content === undefined) throw new Error(`There was no update of type ${type}`);
    this.push(type, content);
  }

  /** At most `limit` of the oldest. */
  oldest(limit: number): Update[] {
    const found: Update[] = [];
    for (const update of this.pending.values()) {
      if (found.length >= limit) break;
      found.push(update);
    }
    return found;
  }

  confirm(updateId: number): void {
    this.pending.delete(updateId);
  }

  confirmBefore(updateId: number): void {
    for (const update of [...this.pending.values()]) {
      if (update.update_id >= updateId) break;
      this.pending.delete(update.update_id);
    }
  }

  keepLast(count: number): void {
    for (const update of [...this.pending.values()].slice(0, -count)) this.pending.delete(update.update_id);
  }

  clear(): void {
    for (const update of [...this.pending.values()]) this.pending.delete(update.update_id);
  }

  /** Returns the function that stops listening. */
  onPush(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/**
 * As with Telegram it can be anything. A fresh folder must not begin where an older one did: the bot's database knows
 * those numbers, and takes what comes under them for known.
 */
const firstNumber = (): number => randomInt(100_000_000, 2_000_000_000);
