import { DomainError } from '../../domain/errors.js';
import type { GenerationId, TrainingId } from '../../domain/ids.js';
import type { Needs } from '../ports/needs.js';
import { type JobNow, type Moment, momentsOf, nowOf } from './moments.js';

/** How a job stands, and its way there as far as rows tell of it. */
export interface JobStory {
  readonly now: JobNow;
  /** Oldest first. */
  readonly moments: readonly Moment[];
}

/** The operator looks at everything that is kept of one job. Nobody's words are shown. */
export class ShowJob {
  constructor(private readonly parts: Needs<'jobRecords'>) {}

  /** @throws DomainError `not_found` */
  async execute(
    job: { readonly generation: GenerationId } | { readonly training: TrainingId },
  ): Promise<JobStory> {
    const { jobRecords } = this.parts.database.stores;
    const record =
      'generation' in job
        ? await jobRecords.ofGeneration(job.generation)
        : await jobRecords.ofTraining(job.training);
    if (record === null)
      throw new DomainError({ code: 'not_found', what: 'generation' in job ? 'generation' : 'training' });
    return { now: nowOf(record), moments: momentsOf(record) };
  }
}
