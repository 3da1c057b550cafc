import type { DiskSpace } from '../policy/disk-space.js';
import type { Database } from '../ports/stores/stores.js';
import type { SubmitNext } from './submit-next.js';

/** Buys the next generation unless there is no room for what it brings: then all wait in line as they are. */
export class SubmitNextWithRoom {
  private hasWaited = false;

  /** @param places jobs in flight at once, at most */
  constructor(
    private readonly next: Pick<SubmitNext, 'execute'>,
    private readonly disk: Pick<DiskSpace, 'isShort'>,
    private readonly database: Database,
    private readonly places: number,
  ) {}

  async execute(): Promise<boolean> {
    if (await this.disk.isShort()) {
      this.hasWaited = true;
      return false;
    }
    if (this.hasWaited) {
      this.hasWaited = false;
      await this.callAll();
    }
    return this.next.execute();
  }

  /** The jobs that would have taken each from the line came while it stood still. Each is added alone, as in the sweep. */
  private async callAll(): Promise<void> {
    const { jobs } = this.database.stores;
    for (let spare = 0; spare < this.places; spare += 1) await jobs.add({ task: 'submit-next', spare });
  }
}
