import type { DiskSpace } from '../policy/disk-space.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { SubmitNext } from './submit-next.js';

type Parts = Needs<'jobs'> & {
  readonly next: Pick<SubmitNext, 'execute'>;
  readonly disk: Pick<DiskSpace, 'isShort'>;
  readonly policy: Pick<Policy, 'inFlightTotal'>;
};

/** Buys the next generation unless there is no room for what it brings: then all wait in the queue as they are. */
export class SubmitNextWithRoom {
  private hasWaited = false;

  constructor(private readonly parts: Parts) {}

  async execute(): Promise<boolean> {
    if (await this.parts.disk.isShort()) {
      this.hasWaited = true;
      return false;
    }
    if (this.hasWaited) {
      this.hasWaited = false;
      // The jobs that would have taken each from the queue came while it stood still. Each is added alone, as in the sweep.
      for (let spare = 0; spare < this.parts.policy.inFlightTotal; spare += 1)
        await this.parts.database.stores.jobs.add({ task: 'submit-next', spare });
    }
    return this.parts.next.execute();
  }
}
