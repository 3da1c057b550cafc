import type { Logger } from '../../application/ports/logger.js';

const quietMilliseconds = 60_000;

/** Tells the log of refused webhooks, at most once a minute for each reason: anybody can send forged ones. */
export class RefusalLog {
  private readonly told = new Map<string, { at: number; untold: number }>();

  constructor(
    private readonly log: Logger,
    private readonly now: () => number = Date.now,
  ) {}

  note(reason: string): void {
    const last = this.told.get(reason);
    if (last !== undefined && this.now() - last.at < quietMilliseconds) {
      last.untold += 1;
      return;
    }
    this.log.warn('refused a webhook', { reason, moreSinceLastTime: last?.untold ?? 0 });
    this.told.set(reason, { at: this.now(), untold: 0 });
  }
}
