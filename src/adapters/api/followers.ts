import { ApiProblem } from './problems.js';

/** Of one key, in one process. Whoever has more orders than that is told by a webhook, or lists them. */
const most = 100;
const soonSeconds = '5';

/** Counts the answers that stay open: each takes a connection and a place among those that are told. */
export class Followers {
  private readonly open = new Map<string, number>();

  /** @returns gives the place back. @throws ApiProblem `too_many_followers` */
  enter(key: string): () => void {
    const now = this.open.get(key) ?? 0;
    if (now >= most)
      throw new ApiProblem('too_many_followers', `A key follows ${most} orders at once.`, {
        'retry-after': soonSeconds,
      });
    this.open.set(key, now + 1);
    return () => {
      const left = (this.open.get(key) ?? 0) - 1;
      if (left > 0) this.open.set(key, left);
      else this.open.delete(key);
    };
  }
}
