import { generationId, trainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { generationKind } from '../generation/generation-kind.js';
import { type JobKind, type JobRow, lostNudgeSeconds } from '../jobs/job-kind.js';
import { leaseFor } from '../jobs/lease.js';
import { leaseSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { ProviderEvent } from '../ports/provider-webhooks.js';
import type { Stores } from '../ports/stores/stores.js';
import { trainingKind } from '../training/training-kind.js';

type Touched = 'avatars' | 'generations' | 'jobs' | 'ledger' | 'trainings' | 'webhookInbox';

/**
 * Keeps verified events of the provider until their job has use for them. The same event twice has one effect.
 * False for an event that claims to be about a submit of ours whose ticket is another: nobody but the provider should
 * know the address it came to, so it is refused and changes nothing.
 */
export class ReceiveWebhook {
  constructor(private readonly parts: Needs<Touched, 'clock' | 'worker' | 'log'>) {}

  async execute(event: ProviderEvent): Promise<boolean> {
    const [kind, id = ''] = event.reference.split(':');
    switch (id === '' ? '' : kind) {
      case 'generation':
        return this.keep(generationKind, generationId(id), event);
      case 'training':
        return this.keep(trainingKind, trainingId(id), event);
      default:
        this.parts.log.warn('a webhook for something unknown', { reference: event.reference });
        return false;
    }
  }

  private keep<Row extends JobRow>(
    kind: JobKind<Row, never, Touched>,
    id: Row['id'],
    event: ProviderEvent,
  ): Promise<boolean> {
    return this.parts.database.transaction(async (stores) => {
      const rows = kind.rows(stores);
      // Locked, so that a submit that writes its ticket at this moment either sees the event or is seen by it.
      const row = await rows.lock(id);
      if (row === null) return false;
      const isOfThisSubmit = kind.reference(row) === event.reference;
      // What was bought twice has two tickets, and may have taken the one that came first.
      const hasOtherTicket = row.ticket != null && row.ticket !== event.ticket;
      if (row.doubts === 0 && isOfThisSubmit && hasOtherTicket) return false;
      const now = this.parts.clock.now();
      if (!(await stores.webhookInbox.add(event, now))) return true;
      const isBegun = row.status === 'submitting' && isOfThisSubmit;
      // Who submits may be paused, or dead: the event names the submit, so its ticket need not be waited for.
      if (isBegun) {
        const { status, submits } = row;
        const { next } = kind.begun(row, event.ticket, now);
        await rows.save(next, { status, submits }, { checkAfter: secondsAfter(now, lostNudgeSeconds) });
      } else if (row.status === 'submitting' && row.ambiguousAt !== null)
        await stores.jobs.add(kind.jobs.resolve(id));
      if (isBegun) await stores.jobs.add(kind.jobs.collect(id));
      else if (row.status === kind.atProvider) await this.collect(stores, kind, id, event);
      return true;
    });
  }

  /** By this process, which takes the row at once; or by whoever the queue hands it to. */
  private async collect<Row extends JobRow>(
    stores: Pick<Stores, Touched>,
    kind: JobKind<Row, never, Touched>,
    id: Row['id'],
    event: ProviderEvent,
  ): Promise<void> {
    const { clock, worker } = this.parts;
    const job = kind.jobs.collect(id);
    if (job.task !== 'collect' || !stores.jobs.begins(job)) return stores.jobs.add(job);
    const now = clock.now();
    const lease = leaseFor(clock, worker, leaseSeconds);
    const row = await stores.generations.acquire(job.generation, 'submitted', lease, now);
    // Somebody asks fal about it at this moment, and may have been told that it is not done.
    if (row?.status !== 'submitted') return stores.jobs.add(job, secondsAfter(now, 1));
    await stores.jobs.add({ ...job, held: { row, event } });
  }
}
