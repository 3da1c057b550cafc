import type { GenerationId } from '../../domain/ids.js';
import type { Sleep } from '../jobs/retry-write.js';
import type { Needs } from '../ports/needs.js';
import type { Glance } from '../ports/stores/generation-store.js';

/** As soon as a person would notice. */
const lookMilliseconds = 300;

type Told = (glance: Glance | null) => void;
interface Watched {
  seen: Glance;
  readonly listeners: Set<Told>;
}

type Parts = Needs<'generations', 'log'> & { readonly sleep: Sleep };

/**
 * Tells of changes of jobs, whichever process works on them. One question for all that are followed by this process,
 * however many listen: a listener costs a place in a set.
 */
export class FollowGenerations {
  private readonly watched = new Map<GenerationId, Watched>();
  private isLooking = false;
  private isOver = false;

  constructor(private readonly parts: Parts) {}

  /**
   * How a job is, at once and at each change, until nothing changes any more or `signal` aborts. Ends early, without an
   * error, when this process stops; `null`: the job is gone.
   */
  async *execute(first: Glance, signal: AbortSignal): AsyncGenerator<Glance, void> {
    const changes: (Glance | null)[] = [first];
    let wake = () => {};
    const told: Told = (glance) => {
      changes.push(glance);
      wake();
    };
    const stop = () => told(null);
    signal.addEventListener('abort', stop, { once: true });
    const unfollow = this.follow(first, told);
    try {
      for (;;) {
        while (changes.length === 0 && !signal.aborted)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        const glance = changes.shift();
        if (glance === undefined || glance === null || signal.aborted) return;
        yield glance;
        if (isFinal(glance)) return;
      }
    } finally {
      unfollow();
      signal.removeEventListener('abort', stop);
    }
  }

  /** Lets everybody go. */
  close(): void {
    this.isOver = true;
    for (const { listeners } of this.watched.values()) for (const told of listeners) told(null);
  }

  private follow(first: Glance, told: Told): () => void {
    const { id } = first;
    const watched = this.watched.get(id) ?? { seen: first, listeners: new Set() };
    // Somebody else may have seen more of it already.
    if (isOther(watched.seen, first)) told(watched.seen);
    watched.listeners.add(told);
    this.watched.set(id, watched);
    if (this.isOver) told(null);
    else void this.look();
    return () => {
      watched.listeners.delete(told);
      if (watched.listeners.size === 0 && this.watched.get(id) === watched) this.watched.delete(id);
    };
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    while (this.watched.size > 0 && !this.isOver) {
      await this.parts.sleep(lookMilliseconds);
      const ids = [...this.watched.keys()];
      if (ids.length === 0) break;
      try {
        this.tell(ids, await this.parts.database.stores.generations.glance(ids));
      } catch (error) {
        this.parts.log.warn('jobs that are followed could not be looked at', { error });
      }
    }
    this.isLooking = false;
  }

  private tell(ids: readonly GenerationId[], found: readonly Glance[]): void {
    const byId = new Map(found.map((glance) => [glance.id, glance]));
    for (const id of ids) {
      const watched = this.watched.get(id);
      const glance = byId.get(id) ?? null;
      if (watched === undefined || (glance !== null && !isOther(watched.seen, glance))) continue;
      if (glance !== null) watched.seen = glance;
      for (const told of watched.listeners) told(glance);
    }
  }
}

const isOther = (one: Glance, other: Glance): boolean =>
  one.status !== other.status ||
  one.progress?.phase !== other.progress?.phase ||
  one.progress?.position !== other.progress?.position;

/** Images are here, or there will be none: being handed over changes nothing for who follows it. */
const isFinal = ({ status }: Glance): boolean =>
  status !== 'accepted' && status !== 'submitting' && status !== 'submitted';
