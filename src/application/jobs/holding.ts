import type { Clock } from '../ports/clock.js';

/**
 * Nobody takes a row over from a process that answered within this: who is silent is given three seconds at least.
 */
const trustedSeconds = 2;
/** A database that needs longer than that for each answer is trusted after so many. */
const mostQuestions = 3;

/** Knows whether a row is still this process's, by time that passed: a process may be paused at any moment. */
export class Holding {
  /**
   * @param renew writes the lease anew, and throws StaleWrite when the row is no longer ours
   * @param sureAt ticks of the moment before the row was acquired
   */
  constructor(
    private readonly clock: Clock,
    private readonly renew: () => Promise<unknown>,
    private sureAt: number,
  ) {}

  /** Right before something that cannot be taken back. @throws StaleWrite when the row is no longer ours */
  async confirm(): Promise<void> {
    for (let question = 0; question < mostQuestions; question += 1) {
      if (this.clock.ticks() - this.sureAt <= trustedSeconds) return;
      const asked = this.clock.ticks();
      await this.renew();
      // Also the answer may have lain there while the process was paused.
      this.sureAt = asked;
    }
  }
}
