import type { Logger } from '../ports/logger.js';
import type { Job } from '../ports/stores/jobs/job-queue.js';
import type { Database } from '../ports/stores/stores.js';

/** Events of jobs in this process's hands: a faster way to know than polling, never the only one. */
export interface ProviderWatch<Row> {
  follow(row: Row): void;
  /** Lets go of everything; resolves when nothing is being watched any more. */
  stop(): Promise<void>;
}

/** Where nobody needs watching. */
export const noWatch: ProviderWatch<unknown> = { follow: () => undefined, stop: async () => undefined };

/** What is to be known of a kind of job to follow it at the provider. */
export interface Followed<Row extends { readonly id: string }, Pending> {
  readonly kind: { readonly name: string; readonly jobs: { collect(id: Row['id']): Job } };
  /** Ends when the job is over, when `signal` aborts or when the connection is lost. */
  watch(ticket: string, signal: AbortSignal): AsyncIterable<Pending>;
  /** Is told of each change. */
  onPending(row: Row, pending: Pending): Promise<void>;
}

/** Follows the provider's stream of each job, and nudges its collection the moment it is over. */
export class StreamWatch<Row extends { readonly id: string; readonly ticket: string }, Pending>
  implements ProviderWatch<Row>
{
  /** By ticket: a job that was sent again is followed anew, whatever the stream of its former ticket does. */
  private readonly watched = new Map<string, Promise<void>>();
  /** One for each stream: hundreds of listeners on one signal would look like a leak. */
  private readonly endings = new Set<AbortController>();
  private isStopped = false;

  constructor(
    private readonly database: Database<'jobs'>,
    private readonly followed: Followed<Row, Pending>,
    private readonly log: Logger,
  ) {}

  follow(row: Row): void {
    const { ticket } = row;
    if (this.watched.has(ticket) || this.isStopped) return;
    const watching = this.watch(row)
      .catch((error: unknown) => {
        this.log.warn('lost sight of a job', { [this.followed.kind.name]: row.id, error });
      })
      .finally(() => this.watched.delete(ticket));
    this.watched.set(ticket, watching);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const ending of this.endings) ending.abort();
    await Promise.all(this.watched.values());
  }

  private async watch(row: Row): Promise<void> {
    let last = '';
    const ending = new AbortController();
    this.endings.add(ending);
    try {
      for await (const pending of this.followed.watch(row.ticket, ending.signal)) {
        const told = JSON.stringify(pending);
        if (told === last) continue;
        last = told;
        await this.followed.onPending(row, pending);
      }
    } finally {
      this.endings.delete(ending);
    }
    if (!this.isStopped) await this.database.stores.jobs.add(this.followed.kind.jobs.collect(row.id));
  }
}
