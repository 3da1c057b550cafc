import type { StepGuard } from '../jobs/step-guard.js';
import type { DiskSpace } from '../policy/disk-space.js';
import type { SubmitNext } from './submit-next.js';

interface Parts {
  readonly next: Pick<SubmitNext, 'execute'>;
  readonly guard: Pick<StepGuard, 'submit'>;
  readonly disk: Pick<DiskSpace, 'isShort'>;
}

/** Buys the next generation unless there is no room for what it brings: then all wait in the queue as they are. */
export class SubmitNextWithRoom {
  constructor(private readonly parts: Parts) {}

  /** @param spare stands for tokens that were lost, however many: it goes on until none is left that may begin */
  async execute(spare = false): Promise<void> {
    const { next, guard, disk } = this.parts;
    let goesOn = true;
    while (goesOn && !(await disk.isShort()))
      goesOn = (await guard.submit((taken) => next.execute(taken))) && spare;
  }
}
