import { type GenerationId, generationId, trainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { generationKind } from '../generation/generation-kind.js';
import { type JobKind, type JobRow, lostNudgeSeconds } from '../jobs/job-kind.js';
import { leaseFor } from '../jobs/lease.js';
import { leaseSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { ProviderEvent } from '../ports/provider-webhooks.js';
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
        return (
          (await this.take(generationId(id), event)) || this.keep(generationKind, generationId(id), event)
        );
      case 'training':
        return this.keep(trainingKind, trainingId(id), event);
      default:
        this.parts.log.warn('a webhook for something unknown', { reference: event.reference });
        return false;
    }
  }

  /** The usual case, where this process goes on with the job itself. */
  private async take(id: GenerationId, event: ProviderEvent): Promise<boolean> {
    const { database, clock, worker } = this.parts;
    const { generations, jobs } = database.stores;
    const collect = { task: 'collect', generation: id } as const;
    if (!jobs.begins(collect)) return false;
    const row = await generations.hear(id, event, leaseFor(clock, worker, leaseSeconds), clock.now());
    if (row?.status !== 'submitted') return false;
    await jobs.add({ ...collect, held: { row, event } });
    return true;
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
      const collect = kind.jobs.collect(id);
      if (isBegun) await stores.jobs.add(collect);
      else if (row.status === kind.atProvider) {
        // Not taken above: somebody may be asking at this moment, and be told that it is not done.
        const isHeld = row.ticket === event.ticket && stores.jobs.begins(collect);
        await stores.jobs.add(collect, isHeld ? secondsAfter(now, 1) : undefined);
      }
      return true;
    });
  }
}
