import type { Logger } from '../../application/ports/logger.js';

/** What a handler begins and does not wait for: other people's servers, large uploads. */
export class Background {
  private readonly ending = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly log: Logger) {}

  start(name: string, work: (signal: AbortSignal) => Promise<void>): void {
    const task = work(this.ending.signal)
      .catch((error: unknown) => this.log.warn(`${name} did not succeed`, { error }))
      .finally(() => this.running.delete(task));
    this.running.add(task);
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.running);
  }
}
