import type { Update } from 'grammy/types';
import { BotApiError } from '../bot-api-error.js';
import type { UpdateQueue } from './update-queue.js';

export interface Poll {
  /** Confirms everything before it; negative: keep only that many of the newest. */
  readonly offset: number;
  /** 1-100. */
  readonly limit: number;
  /** Seconds to wait when there is nothing. */
  readonly timeout: number;
}

/** `getUpdates`: one consumer at a time; when a second one comes, the one that waits gets the 409. */
export class LongPolling {
  private waiting: ((error: BotApiError) => void) | undefined;

  constructor(private readonly queue: UpdateQueue) {}

  /** A consumer holds a connection and waits. */
  get isWaiting(): boolean {
    return this.waiting !== undefined;
  }

  async take({ offset, limit, timeout }: Poll, connectionClosed: AbortSignal): Promise<Update[]> {
    this.waiting?.(conflict());
    if (offset > 0) this.queue.confirmBefore(offset);
    if (offset < 0) this.queue.keepLast(-offset);
    if (this.queue.size === 0 && timeout > 0) await this.nextUpdate(timeout, connectionClosed);
    return this.queue.oldest(limit);
  }

  /** Ends a waiting consumer, e.g. because a webhook was set. */
  interrupt(error: BotApiError): void {
    this.waiting?.(error);
  }

  private async nextUpdate(seconds: number, connectionClosed: AbortSignal): Promise<void> {
    let stopListening = () => {};
    let timer: NodeJS.Timeout | undefined;
    let mine: typeof this.waiting;
    try {
      await new Promise<void>((resolve, reject) => {
        mine = this.waiting = reject;
        // One turn later, so that what one action causes (an album, a burst) arrives in one answer.
        stopListening = this.queue.onPush(() => setImmediate(resolve));
        timer = setTimeout(resolve, seconds * 1000);
        connectionClosed.addEventListener('abort', () => resolve(), { once: true });
      });
    } finally {
      if (this.waiting === mine) this.waiting = undefined;
      stopListening();
      clearTimeout(timer);
    }
  }
}

const conflict = (): BotApiError =>
  new BotApiError(
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  );
