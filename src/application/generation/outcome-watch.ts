import type { GenerationIn } from '../../domain/generation/generation.js';
import type { Clock } from '../ports/clock.js';
import type { ImageGenerator, Pending } from '../ports/image-generator.js';
import type { Logger } from '../ports/logger.js';
import type { Database } from '../ports/stores/stores.js';
import type { TellProgress } from './tell-progress.js';

/** Events of jobs in this process's hands: a faster way to know than the sweep's polling, never the only one. */
export interface OutcomeWatch {
  follow(generation: GenerationIn<'submitted'>): void;
  /** Lets go of everything; resolves when nothing is being watched any more. */
  stop(): Promise<void>;
}

/** Follows the provider's status stream of each job and nudges its collection the moment it is over. */
export class StreamWatch implements OutcomeWatch {
  private readonly watched = new Map<string, Promise<void>>();
  private readonly endings = new Set<AbortController>();
  private isStopped = false;

  constructor(
    private readonly database: Database,
    private readonly generator: ImageGenerator,
    private readonly clock: Clock,
    private readonly tellProgress: TellProgress,
    private readonly log: Logger,
  ) {}

  follow(generation: GenerationIn<'submitted'>): void {
    // By ticket: a job that was sent again is followed anew, whatever the stream of its former ticket does.
    const { ticket } = generation;
    if (this.watched.has(ticket) || this.isStopped) return;
    const watching = this.watch(generation)
      .catch((error: unknown) => this.log.warn('lost sight of a job', { generation: generation.id, error }))
      .finally(() => this.watched.delete(ticket));
    this.watched.set(ticket, watching);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const ending of this.endings) ending.abort();
    await Promise.all(this.watched.values());
  }

  private async watch(generation: GenerationIn<'submitted'>): Promise<void> {
    let last: Pending | null = null;
    const ending = new AbortController();
    this.endings.add(ending);
    try {
      for await (const pending of this.generator.watch(generation.ticket, ending.signal)) {
        if (last?.phase === pending.phase && last.position === pending.position) continue;
        last = pending;
        // Quick jobs are over before their progress is worth a write.
        if (this.clock.now().getTime() - generation.submittedAt.getTime() >= 300)
          await this.tellProgress.execute(generation, pending);
      }
    } finally {
      this.endings.delete(ending);
    }
    if (!this.isStopped) await this.database.stores.jobs.add({ task: 'collect', generation: generation.id });
  }
}

/** With webhooks nobody needs watching. */
export const noWatch: OutcomeWatch = { follow: () => undefined, stop: async () => undefined };
