import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';
import type { BroadcastProgress } from '../../ports/stores/operator/broadcast-store.js';

/** Nobody else gets it: what is not in Telegram's hands by now stays here, in every process. */
export class StopBroadcast {
  constructor(private readonly parts: Needs<'broadcasts' | 'operatorActs', 'clock'>) {}

  /** Changes nothing about one that is over. @throws DomainError `not_found` */
  async execute(id: string, { admin }: { readonly admin: Operator }): Promise<BroadcastProgress> {
    const { database, clock } = this.parts;
    return database.transaction(async ({ broadcasts, operatorActs }) => {
      const at = clock.now();
      const isStopped = await broadcasts.end(id, 'stopped', at);
      const progress = await broadcasts.find(id);
      if (progress === null) throw new DomainError({ code: 'not_found', what: 'broadcast' });
      const details = { id, left: progress.counts.left };
      if (isStopped)
        await operatorActs.write({ at, admin, act: 'broadcast-stop', subject: null, why: null, details });
      return progress;
    });
  }
}
