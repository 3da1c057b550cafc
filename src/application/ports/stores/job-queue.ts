import type { GenerationId } from '../../../domain/ids.js';

/** A nudge to look at a row. Losing one or running it twice does no harm: the row's state is the truth. */
export type Job =
  /** Submit the next generation in line, whichever it is. A numbered spare is not added while the same one waits. */
  | { readonly task: 'submit-next'; readonly spare?: number }
  /** A submit ended in doubt: decide. */
  | { readonly task: 'resolve-submit'; readonly generation: GenerationId }
  /** Ask what became of it and fetch the images. */
  | { readonly task: 'collect'; readonly generation: GenerationId }
  /** Hand the result, or the news of its end, to the person. */
  | { readonly task: 'deliver'; readonly generation: GenerationId }
  /** Tell the provider to stop. */
  | { readonly task: 'cancel-at-provider'; readonly ticket: string };

export type TaskName = Job['task'];
export type JobOf<Name extends TaskName> = Extract<Job, { task: Name }>;

export interface JobQueue {
  /** Adds the job in the current transaction. A waiting job with the same content is not added twice. */
  add(job: Job, runAt?: Date): Promise<void>;
}
