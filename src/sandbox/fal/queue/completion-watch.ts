import type { Attempt, WebhookCourier } from '../webhooks/webhook-courier.js';
import type { RequestFolder } from './request-folder.js';
import { endOf, type RequestRecord, stageOf } from './request-record.js';
import type { ServerRegistry } from './server-registry.js';
import type { Slots } from './slots.js';

const sweepMilliseconds = 1000;
/** The longest that a timer of Node takes; it is set again then. */
const longestTimer = 2 ** 31 - 1;

export interface WatchParts {
  readonly folder: RequestFolder;
  readonly servers: ServerRegistry;
  readonly slots: Slots;
  readonly courier: WebhookCourier;
  readonly now: () => number;
  /** Waits before each further attempt; then it is given up. */
  readonly retryMilliseconds: readonly number[];
  /** Called when a job starts to run, to have its pictures ready at its end. */
  readonly started: (record: RequestRecord) => void;
  /** A webhook could not even be made; it is tried again. */
  readonly failed: (record: RequestRecord, error: unknown) => void;
}

/**
 * Looks after every request that has something to come: waits for its end, sends its webhook until somebody takes
 * it. The requests of servers that died are taken over.
 */
export class CompletionWatch {
  readonly #timers = new Map<string, NodeJS.Timeout | undefined>();
  #sweep: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly parts: WatchParts) {}

  /** Takes over what dead servers left, now and from time to time. */
  start(): void {
    this.parts.servers.register();
    this.#takeOver();
    this.#sweep = setInterval(() => this.#takeOver(), sweepMilliseconds);
    this.#sweep.unref();
  }

  /** How many it looks after. */
  get size(): number {
    return this.#timers.size;
  }

  watch(record: RequestRecord): void {
    const { folder, servers, now } = this.parts;
    if (record.webhookUrl === undefined && stageOf(record, now()) === 'COMPLETED') return;
    folder.markOutstanding(record.id, { owner: servers.token, attempts: 0 });
    this.#wait(record, 0);
  }

  /** A request was cancelled here, whoever has looked after it so far. */
  cancelled(record: RequestRecord): void {
    if (this.parts.folder.outstanding(record.id) !== undefined) this.watch(record);
  }

  close(): void {
    this.#closed = true;
    this.parts.servers.close();
    clearInterval(this.#sweep);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #takeOver(): void {
    const { folder, servers, slots, now } = this.parts;
    for (const id of folder.outstandingIds()) {
      if (this.#timers.has(id)) continue;
      const mark = folder.outstanding(id);
      if (mark === undefined || servers.isAlive(mark.owner)) continue;
      const record = folder.read(id);
      if (record === undefined) {
        folder.settle(id);
        continue;
      }
      if (record.endAt !== null) slots.restore(record.startAt, record.endAt, now());
      folder.markOutstanding(id, { ...mark, owner: servers.token });
      this.#wait(record, mark.attempts);
    }
  }

  #wait(record: RequestRecord, attempts: number): void {
    const now = this.parts.now();
    const stage = stageOf(record, now);
    if (stage === 'IN_PROGRESS') this.parts.started(record);
    const next = stage === 'IN_QUEUE' ? record.startAt : (endOf(record) ?? Number.POSITIVE_INFINITY);
    this.#in(next - now, record.id, attempts);
  }

  #in(milliseconds: number, id: string, attempts: number): void {
    clearTimeout(this.#timers.get(id));
    const timer = setTimeout(
      () => void this.#wake(id, attempts),
      Math.min(Math.max(0, milliseconds), longestTimer),
    );
    this.#timers.set(id, timer);
  }

  async #wake(id: string, attempts: number): Promise<void> {
    const { folder, servers, now, retryMilliseconds } = this.parts;
    const record = folder.read(id);
    const isMine = folder.outstanding(id)?.owner === servers.token;
    if (record === undefined || !isMine) return this.#forget(id);
    if (stageOf(record, now()) !== 'COMPLETED') return this.#wait(record, attempts);
    const outcome = await this.#attempt(record);
    // Left as it is when closing: the next server on this folder goes on from here.
    if (this.#closed) return;
    const wait = retryMilliseconds[attempts];
    if (outcome !== 'again' || wait === undefined) {
      folder.settle(id);
      return this.#forget(id);
    }
    folder.markOutstanding(id, { owner: servers.token, attempts: attempts + 1 });
    this.#in(wait, id, attempts + 1);
  }

  async #attempt(record: RequestRecord): Promise<Attempt> {
    if (record.webhookUrl === undefined) return 'given-up';
    try {
      return await this.parts.courier.attempt(record, record.webhookUrl);
    } catch (error) {
      if (!this.#closed) this.parts.failed(record, error);
      return 'again';
    }
  }

  #forget(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}
