import type { Ids } from '../../src/application/ports/ids.js';

/** `00000000-0000-4000-8000-000000000001` and so on; seeds 1, 2, 3. */
export class SequentialIds implements Ids {
  private uuids = 0;
  private seeds = 0;

  uuid(): string {
    this.uuids += 1;
    return `00000000-0000-4000-8000-${this.uuids.toString(16).padStart(12, '0')}`;
  }

  seed(): number {
    this.seeds += 1;
    return this.seeds;
  }
}
