import { createHash } from 'node:crypto';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long because they wait for real processes, servers and trainings, the longest first. */
const long = [/journeys\//, /embedded\/killed|cli\/program/, /adapters\/(telegram|postgres|photos|media)\//];

/**
 * Every run has an order of its own (`--sequence.seed` repeats one), but long files come before short ones: else a run
 * would end with all but one core waiting for the last.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence;
    const place = ({ moduleId }: TestSpecification) => {
      const rank = long.findIndex((pattern) => pattern.test(moduleId));
      const chance = createHash('sha256').update(`${seed} ${moduleId}`).digest('hex');
      return `${rank === -1 ? long.length : rank} ${chance}`;
    };
    return files.toSorted((one, other) => place(one).localeCompare(place(other)));
  }
}
