import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transformer } from 'grammy';

/** Asks right before each message of a delivery whether it is still this process's to hand over. */
export class OnlyWhileOurs {
  private readonly current = new AsyncLocalStorage<() => Promise<void>>();

  /** What `work` sends is sent only while `stillOurs` does not throw. What `work` leaves for later is sent without asking. */
  during<Result>(stillOurs: (() => Promise<void>) | undefined, work: () => Promise<Result>): Promise<Result> {
    return stillOurs === undefined ? work() : this.current.run(stillOurs, work);
  }

  /** Must be the innermost transformer: waiting for the rate limit comes before it. */
  readonly transformer: Transformer = async (previous, method, payload, signal) => {
    if (method.startsWith('send')) await this.current.getStore()?.();
    return previous(method, payload, signal);
  };
}
