import type { ImageGenerator, Pending } from '../../src/application/ports/image-generator.js';
import { ProviderError, type ProviderTrouble } from '../../src/application/ports/provider-error.js';
import { imagesOrdered } from '../../src/domain/generation/generation.js';
import type { Order } from '../../src/domain/generation/order.js';
import type { Outcome } from '../../src/domain/generation/outcome.js';

/** An order that was bought, whether or not its buyer heard so. */
export interface BoughtOrder {
  readonly ticket: string;
  readonly order: Order;
  readonly reference: string;
  readonly label: string | undefined;
}

type Ending = Exclude<Outcome, { kind: 'pending' }>;

interface Job extends BoughtOrder {
  outcome: Outcome;
}

const running: Pending = { kind: 'pending', phase: 'running', position: null };

/** The address under which the fake "serves" an image. */
const fakeImageUrl = (ticket: string, index: number): string =>
  `https://images.example/${ticket}/${index}.jpg`;

/**
 * Buys images from nobody. Jobs run until `finish`, or end at once when `endings` says how. Deterministic: tickets
 * are `ticket-1`, `ticket-2`, …
 */
export class FakeImageGenerator implements ImageGenerator {
  /** Tickets for which `cancel` was called, in order. */
  readonly cancelled: string[] = [];
  /** How often `check` was called. */
  checks = 0;
  /** How new jobs end, at once; without it they run until `finish`. */
  endings: ((bought: BoughtOrder) => Ending | null) | null = null;

  readonly #jobs = new Map<string, Job>();
  #submitErrors: { error: ProviderError; bought: boolean }[] = [];
  #checkErrors: ProviderError[] = [];
  #watchers = new Set<() => void>();

  get bought(): readonly BoughtOrder[] {
    return [...this.#jobs.values()];
  }

  /** The next submit (after those already scripted) throws; with `in_doubt` the order is bought all the same. */
  failNextSubmit(
    trouble: ProviderTrouble,
    {
      retryAfter = null,
      bought = trouble === 'in_doubt',
    }: { retryAfter?: number | null; bought?: boolean } = {},
  ): void {
    this.#submitErrors.push({ error: new ProviderError(trouble, `scripted ${trouble}`, retryAfter), bought });
  }

  failNextCheck(trouble: ProviderTrouble = 'not_taken', retryAfter: number | null = null): void {
    this.#checkErrors.push(new ProviderError(trouble, `scripted ${trouble}`, retryAfter));
  }

  /** Ends a job; without an outcome it is done, with as many images as ordered, none of them flagged. */
  finish(ticket: string, outcome: Ending = doneWith(this.#job(ticket))): void {
    this.#set(ticket, outcome);
  }

  /** News that a watcher sees. */
  progress(ticket: string, pending: Pending): void {
    this.#set(ticket, pending);
  }

  async submit(order: Order, job: { reference: string; label?: string | undefined }): Promise<string> {
    const scripted = this.#submitErrors.shift();
    if (scripted !== undefined && !scripted.bought) throw scripted.error;
    const ticket = `ticket-${this.#jobs.size + 1}`;
    const bought: BoughtOrder = { ticket, order, reference: job.reference, label: job.label };
    this.#jobs.set(ticket, { ...bought, outcome: this.endings?.(bought) ?? running });
    if (scripted !== undefined) throw scripted.error;
    return ticket;
  }

  async check(ticket: string): Promise<Outcome> {
    this.checks += 1;
    const error = this.#checkErrors.shift();
    if (error !== undefined) throw error;
    return this.#job(ticket).outcome;
  }

  async ask(ticket: string): Promise<Pending | null> {
    const outcome = await this.check(ticket);
    return outcome.kind === 'pending' ? outcome : null;
  }

  async *watch(ticket: string, signal: AbortSignal): AsyncGenerator<Pending, void, undefined> {
    let shown: Outcome | null = null;
    while (!signal.aborted) {
      const { outcome } = this.#job(ticket);
      if (outcome.kind !== 'pending') return;
      if (outcome !== shown) {
        shown = outcome;
        yield outcome;
      } else {
        await this.#change(signal);
      }
    }
  }

  async cancel(ticket: string): Promise<void> {
    this.cancelled.push(ticket);
    if (this.#job(ticket).outcome.kind !== 'pending') return;
    this.finish(ticket, { kind: 'failed', failure: { kind: 'cancelled_elsewhere', detail: 'cancelled' } });
  }

  #set(ticket: string, outcome: Outcome): void {
    this.#job(ticket).outcome = outcome;
    for (const wake of this.#watchers) wake();
    this.#watchers.clear();
  }

  #job(ticket: string): Job {
    const job = this.#jobs.get(ticket);
    if (job === undefined) throw new ProviderError('not_taken', `nobody bought ${ticket}`);
    return job;
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      this.#watchers.add(wake);
      signal.addEventListener('abort', () => wake(), { once: true });
    });
  }
}

/** What a job of the fake gives: `count` images, those at `flagged` blacked out. */
export function doneWith(
  { ticket, order }: Pick<BoughtOrder, 'ticket' | 'order'>,
  { flagged = [], seed = 42n }: { flagged?: readonly number[]; seed?: bigint | null } = {},
): Ending {
  const images = Array.from({ length: imagesOrdered(order) }, (_, index) => ({
    url: fakeImageUrl(ticket, index),
    flagged: flagged.includes(index),
  }));
  return { kind: 'done', images, seed };
}
